import type { BalanceProtocol } from "./balance-answer";
import { parseSicsLine, sicsCommand } from "./sics-lines";

/**
 * KERN Communications Protocol: the commands and answers of MT-SICS. The time from one question to the next must be longer than 100 ms
 * (KERN KIB-TM manual, section 1.4).
 */
export const KCP: BalanceProtocol = {
  name: "kcp",
  title: "KERN KCP",
  pauseMs: 100,
  ask: sicsCommand,
  parse: parseSicsLine,
};

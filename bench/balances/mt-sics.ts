import type { BalanceProtocol } from "./balance-answer";
import { parseSicsLine, sicsCommand } from "./sics-lines";

/**
 * Mettler Toledo's Standard Interface Command Set, level 0 and 1. As delivered usually 9600 baud, 8N1. The weight stands right-aligned after
 * `S S` (stable) or `S D` (dynamic), its unit after it: `S S     100.00 g`.
 */
export const MT_SICS: BalanceProtocol = {
  name: "mt-sics",
  title: "Mettler Toledo MT-SICS",
  pauseMs: 0,
  ask: sicsCommand,
  parse: parseSicsLine,
};

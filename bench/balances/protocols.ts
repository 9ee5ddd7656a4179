import { AND } from "./and";
import type { BalanceProtocol } from "./balance-answer";
import { KCP } from "./kcp";
import { MT_SICS } from "./mt-sics";
import { OHAUS } from "./ohaus";
import { SBI } from "./sbi";

/** All protocols, the usual one first. */
export const PROTOCOLS: readonly BalanceProtocol[] = [MT_SICS, SBI, OHAUS, AND, KCP];

/** Their names, as `--protocol` takes them. */
export const PROTOCOL_NAMES: readonly string[] = PROTOCOLS.map(({ name }) => name);

/** The protocol of that name; undefined when there is none. */
export function protocolNamed(name: string): BalanceProtocol | undefined {
  return PROTOCOLS.find((one) => one.name === name);
}

import type { BalanceProtocol, MassUnit } from "../../bench/balances/balance-answer";
import { ConnectionFailure } from "../../bench/balances/balance-connection";
import { protocolNamed } from "../../bench/balances/protocols";
import { serialText } from "../../bench/balances/serial-settings";
import { SYSTEM_TIMERS } from "../../bench/balances/timers";
import { USUAL_PATIENCE, Weigher } from "../../bench/balances/weigher";
import type { WeigherEvent } from "../../bench/balances/weigher-event";
import { escapedLine } from "../../bench/record/raw-text";
import { BadInput } from "../../config/bad-input";
import { BadUsage } from "../bad-usage";
import type { RecordedBench } from "./record-bench";
import type { RecordSettings } from "./record-settings";

/** A balance that has answered. */
export interface FoundBalance {
  readonly weigher: Weigher;
  readonly protocol: BalanceProtocol;
  /** As it said it; undefined: it does not say. */
  readonly identity: string | undefined;
  /** That its first weight was in; undefined: it did not say, or there was none. */
  readonly unit: MassUnit | undefined;
  /** From here on `hear` is told what happens; before, nobody. */
  tellTo(hear: (event: WeigherEvent) => void): void;
}

const LEAST_PATIENCE_MS = 1000;
const MOST_SHOWN = 60;

/** Opens the connection and makes sure that a balance answers. Throws `BadInput` that names the address when none does, or it refuses. */
export async function findBalance(bench: RecordedBench, settings: RecordSettings): Promise<FoundBalance> {
  const { address, protocol: name } = settings.balance;
  const protocol = protocolNamed(name);
  if (protocol === undefined) throw new BadUsage(`--protocol ${name}: there is no such protocol`);
  const unreadable: string[] = [];
  let hear = (event: WeigherEvent): void => {
    if (event.kind === "line" && event.answer.kind === "unknown") unreadable.push(event.answer.raw);
  };
  const weightMs = Math.min(USUAL_PATIENCE.weightMs, Math.max(LEAST_PATIENCE_MS, settings.intervalMs));
  const weigher = new Weigher({
    connection: bench.connection,
    protocol,
    clock: bench.clock,
    timers: SYSTEM_TIMERS,
    patience: { ...USUAL_PATIENCE, weightMs },
    hear: (event) => hear(event),
  });
  try {
    await weigher.open();
    const identity = await weigher.identify();
    const answer = await weigher.weigh();
    if (bench.connection.takesQuestions && answer === undefined)
      throw new BadInput(address, 0, `${whatWasHeard(unreadable)}; ${whatToTry(settings)}`);
    if (answer?.kind === "refused")
      throw new BadInput(address, 0, `the balance refuses: ${answer.what}; ${whatToTry(settings)}`);
    const unit = answer?.kind === "weight" ? answer.unit : undefined;
    return { weigher, protocol, identity, unit, tellTo: (other) => (hear = other) };
  } catch (error) {
    await weigher.close();
    if (error instanceof ConnectionFailure) throw new BadInput(address, 0, error.message);
    throw error;
  }
}

function whatWasHeard(unreadable: readonly string[]): string {
  const [first] = unreadable;
  if (first === undefined) return "no balance answers";
  return `what comes from there cannot be read, as ${escapedLine(first).slice(0, MOST_SHOWN)}`;
}

function whatToTry({ balance: { protocol, serial } }: RecordSettings): string {
  if (serial === null) return `it was asked in ${protocol}: is it on, and is this its protocol?`;
  return `it was asked in ${protocol} at ${serialText(serial)}: is it on, and does its menu say the same (--protocol, --baud, --parity)?`;
}

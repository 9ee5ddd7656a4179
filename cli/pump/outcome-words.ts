import { AlarmKind } from "../../src/safety/alarm-kind";
import type { Entry } from "../../link/entries";
import { LinkLost } from "../../link/link-errors";
import type { OrderOutcome } from "../../link/orders";
import type { PumpLink } from "../../link/pump-link";
import type { PumpState } from "../../link/registers";
import { labelOf } from "../../sim/interrogation/readable";
import { commandLine } from "./ask-again";
import type { PumpOptions } from "./pump-options";
import { refusalText, statusText } from "./refusal-words";

/** What is known when it is told why an order was not carried out. */
export interface OutcomeFacts {
  readonly link: PumpLink;
  readonly options: PumpOptions;
  /** What the reservoir holds when it is full, in nL. */
  readonly capacityNl: number;
  /** The entry by which the pump refuses. */
  readonly refusal: Entry | undefined;
  /** `undefined`: the link was lost behind the order. */
  readonly state: PumpState | undefined;
  /** It was taken before, and refused then. */
  readonly isRefusedBefore: boolean;
  /** The command that asks again. */
  readonly again: string;
}

/** Why an order was not carried out, or what is known of it. */
export async function whyNot(outcome: OrderOutcome, facts: OutcomeFacts): Promise<string> {
  const { link, options, refusal, state, capacityNl, again } = facts;
  const journal = commandLine(["log"], options);
  switch (outcome.kind) {
    case "taken": {
      if (refusal === undefined) return "refused";
      const active = (await link.alarms().catch(nothingMore))?.active ?? [];
      const alarms = active.map((alarm) => labelOf(AlarmKind[alarm]));
      return refusalText(refusal, { coreMs: state?.coreMs, alarms, capacityNl });
    }
    case "takenBefore":
      if (facts.isRefusedBefore)
        return (
          "an order of this kind reached the pump under this id before, once, and was refused then; the journal says why: " +
          journal
        );
      return `an order of this kind reached the pump under this id before, once; whether it was carried out or refused then, its journal says: ${journal}`;
    case "overtaken":
      return `another client has given orders meanwhile: it was carried out once or not at all; the journal says which: ${journal}`;
    case "notTaken":
      return `${statusText(outcome.status)}; nothing has changed`;
    case "pending":
      return `the pump was busy and may still take it; ask again by: ${again}`;
  }
}

/** A lost link behind what was asked for: that is told all the same. */
export function nothingMore(error: unknown): undefined {
  if (!(error instanceof LinkLost)) throw error;
}

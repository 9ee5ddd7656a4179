import { EventKind } from "../../src/events";

/** An order of one word, and what it does. */
export interface PlainOrder {
  readonly kind: EventKind;
  readonly about: string;
  /** It sets something in motion that a simulated pump does only while it runs. */
  readonly goesOn?: true;
}

/** The orders of one word, by the command that gives them. */
export const PLAIN_ORDERS = {
  start: { kind: EventKind.start, about: "begin therapy, or go on with it after a hold", goesOn: true },
  stop: { kind: EventKind.stop, about: "end therapy and every bolus, and silence the alarms" },
  hold: { kind: EventKind.hold, about: "hold therapy at the minimum rate", goesOn: true },
  silence: { kind: EventKind.silence, about: "silence the alarms for 10 min at most" },
  acknowledge: { kind: EventKind.acknowledge, about: "clear the alarms whose cause has gone" },
  "tube-changed": { kind: EventKind.tubeChanged, about: "the tube set in the pump head is new; only while stopped" },
} as const satisfies Readonly<Record<string, PlainOrder>>;

/** A command that gives an order of one word. */
export type PlainOrderName = keyof typeof PLAIN_ORDERS;

import { Confirm, EventKind } from "../../src/events";
import type { StrokeVolume } from "../../src/motion/stroke";
import type { Prescription } from "../../src/prescription/prescription";
import { plainInput } from "../engines/engine";
import { UNKNOWN_EVENT } from "../log/entry-words";
import type { FaultText } from "./event-schema";
import type { PlannedFault, PlannedInput } from "./scenario";

/** One input of an event, before its time, its name and its request's id are known. */
export type EventInput = Pick<PlannedInput, "input" | "digest" | "movesClockMs" | "fault">;

/** What the words mean that have no keys of their own. */
export const PLAIN_KINDS = {
  start: EventKind.start,
  stop: EventKind.stop,
  hold: EventKind.hold,
  requestBolus: EventKind.requestBolus,
  silence: EventKind.silence,
  acknowledge: EventKind.acknowledge,
  changeTube: EventKind.tubeChanged,
  loseClock: EventKind.clockLost,
  interrogate: EventKind.interrogate,
} as const;

/** What the words mean that have only a volume. */
export const VOLUME_KINDS = {
  deadVolumeEmpty: EventKind.deadVolumeEmpty,
  prime: EventKind.prime,
  confirmPrime: EventKind.confirmPrime,
} as const;

/** Both bits of a confirmation. */
const CONFIRMS_ALL = Confirm.softLimits + Confirm.largeChanges;

/** The two inputs by which a prescription that is right comes into force. */
export function programInputs(prescription: Prescription): EventInput[] {
  return [
    { input: plainInput(EventKind.stage, { prescription }) },
    { input: plainInput(EventKind.confirm, { detail: CONFIRMS_ALL }), digest: "staged" },
  ];
}

/** What a fault does to the pump, of which `stroke` is the smallest volume. */
export function faultInput(event: FaultText, stroke: StrokeVolume): EventInput {
  const input = plainInput(UNKNOWN_EVENT);
  return event.fault === "unknownEvent" ? { input } : { input, fault: plannedFault(event, stroke) };
}

function plannedFault(event: Exclude<FaultText, { fault: "unknownEvent" }>, stroke: StrokeVolume): PlannedFault {
  const { fault } = event;
  switch (fault) {
    case "late":
      return { fault, forMs: event.by };
    case "powerCut":
    case "rotorStuck":
    case "occlude":
      return { fault, forMs: event.for };
    case "eraseStore":
      return { fault };
    case "corruptStore":
      return { fault, bits: event.bits ?? 1, seed: event.seed ?? 1 };
    case "rotorRuns":
      return { fault, strokes: stroke.wholeStrokesIn(event.volume) };
    case "airBubble":
      return { fault, volumeNl: event.volume };
  }
}

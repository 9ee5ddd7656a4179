import { POWER_CUT } from "../engines/engine";
import { BolusAnswer } from "../../src/delivery/judge-bolus";
import { BolusEnd, BolusKind } from "../../src/delivery/bolus-run";
import { EventKind, Sensor } from "../../src/events";
import { MoveResult } from "../../src/motion/step-driver";
import { PrescriptionFault } from "../../src/prescription/problem";
import { ConfirmRefusal, JournalCode, PrimeRefusal, RefillRefusal, StartRefusal } from "../../src/record/journal";
import { AlarmKind } from "../../src/safety/alarm-kind";
import { AlarmPriority } from "../../src/safety/alarm-table";
import { BoardPart, FaultKind } from "../../src/safety/fault";
import { GuardTrip } from "../../src/safety/guard";
import { AccessKind } from "../../src/service/protocol";

/** How one of an entry's four numbers is written: under a key, as the number itself or as the word of an enum; `null`: not at all. */
export type Field = readonly [key: string, words?: Record<number, string>] | null;

/** A journal entry in words: its event, and its numbers a to d in their order. */
export interface EntryWords {
  readonly event: string;
  readonly fields: readonly Field[];
}

/** A kind of event that no pump knows: the last that an input can have. */
export const UNKNOWN_EVENT = 29 as number as EventKind;

/** The key of the number that a command carries; only shown when it has one. */
export const COMMAND_KEY = "command";

/** Alarms in words, and `none` where none shows. */
const ALARM_OR_NONE: Record<number, string> = { ...AlarmKind, [-1]: "none" };

/** Every entry by its JournalCode or EventKind. */
export const ENTRY_WORDS: Record<number, EntryWords> = {
  // What was handed to the pump; a: id, b: count, c: detail, d: the command's number (see COMMAND_KEY).
  [EventKind.stage]: { event: "stage", fields: [] },
  [EventKind.start]: { event: "start", fields: [] },
  [EventKind.stop]: { event: "stop", fields: [] },
  [EventKind.requestBolus]: { event: "requestBolus", fields: [["id"]] },
  [EventKind.acknowledge]: { event: "acknowledge", fields: [] },
  [EventKind.moved]: { event: "moved", fields: [["strokes"], ["result", MoveResult]] },
  [EventKind.stored]: { event: "stored", fields: [["sequence"]] },
  [EventKind.controlLate]: { event: "controlLate", fields: [["lateMs"]] },
  [EventKind.refill]: { event: "refill", fields: [null, ["contentNl"], ["expiryDay"]] },
  [EventKind.confirm]: { event: "confirm", fields: [["digest"], null, ["overrides"]] },
  [EventKind.hold]: { event: "hold", fields: [] },
  [EventKind.clinicianBolus]: { event: "clinicianBolus", fields: [["id"], ["volumeNl"], ["durationMs"]] },
  [EventKind.measureResidual]: { event: "measureResidual", fields: [null, ["measuredNl"]] },
  [EventKind.prime]: { event: "prime", fields: [null, ["volumeNl"]] },
  [EventKind.confirmPrime]: { event: "confirmPrime", fields: [null, ["volumeNl"]] },
  [EventKind.silence]: { event: "silence", fields: [] },
  [EventKind.setClock]: { event: "setClock", fields: [null, ["clockMs"]] },
  [EventKind.clockLost]: { event: "loseClock", fields: [] },
  [EventKind.detected]: { event: "detected", fields: [null, ["present"], ["alarm", AlarmKind]] },
  [EventKind.reading]: { event: "reading", fields: [null, ["value"], ["sensor", Sensor]] },
  [EventKind.deadVolumeEmpty]: { event: "deadVolumeEmpty", fields: [null, ["volumeNl"]] },
  [EventKind.tubeChanged]: { event: "changeTube", fields: [] },
  [EventKind.interrogate]: { event: "interrogate", fields: [] },
  [EventKind.turned]: { event: "turned", fields: [null, ["counts"]] },
  [EventKind.restartDue]: { event: "restartDue", fields: [null, ["forced"]] },
  [EventKind.withdraw]: { event: "withdraw", fields: [] },
  [EventKind.access]: { event: "access", fields: [null, ["count"], ["access", AccessKind]] },
  [POWER_CUT]: { event: "powerCut", fields: [] },
  [UNKNOWN_EVENT]: { event: "unknownEvent", fields: [] },
  [JournalCode.inputsLost]: { event: "inputsLost", fields: [["count"]] },
  [JournalCode.refillDrugs]: {
    event: "refillDrugs",
    fields: [["firstNgPerUl"], ["secondNgPerUl"], ["thirdNgPerUl"], ["fourthNgPerUl"]],
  },

  // What reached a port.
  [JournalCode.storeWrite]: { event: "store", fields: [["sequence"], ["totalStrokes"]] },
  [JournalCode.annunciate]: {
    event: "annunciate",
    fields: [["priority", AlarmPriority], ["silenced"], ["alarm", ALARM_OR_NONE]],
  },
  [JournalCode.motorOff]: { event: "motorOff", fields: [["atOnce"]] },
  [JournalCode.restart]: { event: "restart", fields: [] },
  [JournalCode.guardTripped]: { event: "guardTripped", fields: [["reason", GuardTrip]] },

  // What the pump says.
  [JournalCode.started]: { event: "started", fields: [] },
  [JournalCode.startRefused]: { event: "startRefused", fields: [["reason", StartRefusal]] },
  [JournalCode.stopped]: { event: "stopped", fields: [] },
  [JournalCode.programmed]: { event: "programmed", fields: [["digest"], ["softLimits"], ["largeChanges"]] },
  [JournalCode.stageRefused]: { event: "stageRefused", fields: [["digest"], ["problems"]] },
  [JournalCode.staged]: { event: "staged", fields: [["digest"], ["softLimits"], ["largeChanges"]] },
  [JournalCode.problem]: {
    event: "problem",
    fields: [["problem", PrescriptionFault], ["given"], ["limit"], ["place"]],
  },
  [JournalCode.confirmRefused]: { event: "confirmRefused", fields: [["reason", ConfirmRefusal], ["digest"]] },
  [JournalCode.bolusGranted]: {
    event: "bolusGranted",
    fields: [["id"], ["volumeNl"], ["durationMs"], ["bolus", BolusKind]],
  },
  [JournalCode.bolusDenied]: { event: "bolusDenied", fields: [["id"], ["answer", BolusAnswer]] },
  [JournalCode.bolusEnded]: {
    event: "bolusEnded",
    fields: [["id"], ["reason", BolusEnd], ["orderedNl"], ["bolus", BolusKind]],
  },
  [JournalCode.bolusSuspended]: { event: "bolusSuspended", fields: [["id"], ["leftNl"], ["bolus", BolusKind]] },
  [JournalCode.bolusResumed]: { event: "bolusResumed", fields: [["id"], ["leftNl"], ["bolus", BolusKind]] },
  [JournalCode.bolusSkipped]: { event: "bolusSkipped", fields: [["for", BolusKind]] },
  [JournalCode.alarmRaised]: { event: "alarmRaised", fields: [["alarm", AlarmKind]] },
  [JournalCode.alarmCleared]: { event: "alarmCleared", fields: [["alarm", AlarmKind]] },
  [JournalCode.forfeited]: { event: "forfeited", fields: [["volumeNl"], ["lateMs"]] },
  [JournalCode.strokeDropped]: { event: "strokeDropped", fields: [["windowMs"], ["drug"]] },
  [JournalCode.fault]: { event: "fault", fields: [["fault", FaultKind], ["a"], ["b"]] },
  [JournalCode.refilled]: { event: "refilled", fields: [["contentNl"], ["expiryDay"]] },
  [JournalCode.refillRefused]: { event: "refillRefused", fields: [["reason", RefillRefusal], ["volumeNl"]] },
  [JournalCode.clockSet]: { event: "clockSet", fields: [["clockMs"], ["movedMs"]] },
  [JournalCode.clockLost]: { event: "clockLost", fields: [] },
  [JournalCode.basalRate]: { event: "basalRate", fields: [["rateNlPerDay"]] },
  [JournalCode.held]: { event: "held", fields: [] },
  [JournalCode.residualMeasured]: {
    event: "residualMeasured",
    fields: [["expectedNl"], ["measuredNl"], ["mostNl"], ["discrepancy"]],
  },
  [JournalCode.flowError]: { event: "flowError", fields: [["sinceFillPerMille"], ["sinceFirstPerMille"]] },
  [JournalCode.primeAsked]: { event: "primeAsked", fields: [["volumeNl"]] },
  [JournalCode.primeRefused]: { event: "primeRefused", fields: [["reason", PrimeRefusal], ["mostNl"]] },
  [JournalCode.oldFluid]: { event: "oldFluid", fields: [["volumeNl"]] },
  [JournalCode.oldFluidPassed]: { event: "oldFluidPassed", fields: [] },
  [JournalCode.programEnded]: { event: "programEnded", fields: [] },
  [JournalCode.deadVolumeEmpty]: { event: "deadVolumeEmptied", fields: [["volumeNl"]] },
  [JournalCode.tubeChanged]: { event: "tubeChanged", fields: [] },
  [JournalCode.orderRefused]: { event: "orderRefused", fields: [["order", EventKind], ["value"]] },
  [JournalCode.interrogated]: { event: "interrogated", fields: [] },
  [JournalCode.poweredOn]: {
    event: "poweredOn",
    fields: [["starts"], ["planned"], ["reservedStrokes"], ["unplannedIn24h"]],
  },
  [JournalCode.commandRepeated]: { event: "commandRepeated", fields: [["order", EventKind], [COMMAND_KEY]] },
  [JournalCode.releaseBolus]: { event: "releaseBolus", fields: [["volumeNl"]] },
  [JournalCode.withdrawn]: { event: "withdrawn", fields: [] },
  [JournalCode.access]: { event: "accessed", fields: [["access", AccessKind], ["count"]] },
  [JournalCode.denialsRepeated]: { event: "denialsRepeated", fields: [["count"], ["answer", BolusAnswer]] },
};

/** What stands in a fault about a part that did not answer at the start: which one. */
const MISSING_PART: readonly Field[] = [
  ["fault", FaultKind],
  ["part", BoardPart],
];

/** How the numbers of an entry are written, by its code and its first number; none for a code that has no words. */
export function entryFields(code: number, first: number | undefined): readonly Field[] {
  if (code === Number(JournalCode.fault) && first === Number(FaultKind.missingPart)) return MISSING_PART;
  return ENTRY_WORDS[code]?.fields ?? [];
}

/** All the ways in which an event's numbers are written. */
export function fieldsOfEvent(event: string): readonly Field[] {
  const codes = Object.keys(ENTRY_WORDS).filter((code) => ENTRY_WORDS[Number(code)]?.event === event);
  const fields = codes.flatMap((code) => entryFields(Number(code), undefined));
  return codes.includes(String(JournalCode.fault)) ? [...fields, ...MISSING_PART] : fields;
}

/** The numbers that an answer carries, in the order c, d of its entry. */
export const ANSWER_FIELDS: Partial<Record<BolusAnswer, readonly NonNullable<Field>[]>> = {
  [BolusAnswer.aboveLimit]: [["mostNl"]],
  [BolusAnswer.outsideHours]: [["opensAtMs"]],
  [BolusAnswer.busy]: [["with", BolusKind]],
  [BolusAnswer.lockedOut]: [["untilMs"]],
  [BolusAnswer.maxPerDay]: [["untilMs"]],
  [BolusAnswer.wouldExceedWindow]: [["windowMs"], ["roomNl"]],
  [BolusAnswer.reservoirLow]: [["usableNl"]],
};

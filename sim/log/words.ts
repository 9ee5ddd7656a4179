import { BolusAnswer } from "../../src/delivery/judge-bolus";
import { BolusEnd } from "../../src/delivery/demand-bolus";
import { EventKind } from "../../src/events";
import { MoveResult } from "../../src/motion/step-driver";
import { PrescriptionFault } from "../../src/prescription/validate";
import { JournalCode, StartRefusal } from "../../src/record/journal";
import { AlarmKind, AlarmPattern } from "../../src/safety/alarms";
import { FaultKind } from "../../src/safety/fault";

/** One line of the event log: first keys `atMs` and `event`, then integers and fixed words only. */
export interface LogLine {
  /** Core time in ms. */
  readonly atMs: number;
  readonly event: string;
  readonly [key: string]: number | string;
}

/** How one of an entry's four numbers is written: under a key, as the number itself or as the word of an enum. */
type Field = readonly [key: string, words?: Record<number, string>];

interface EntryWords {
  readonly event: string;
  readonly fields: readonly Field[];
}

const ENTRY_WORDS: Record<number, EntryWords> = {
  [EventKind.program]: {
    event: "program",
    fields: [["basalNlPerDay"], ["bolusNl"], ["bolusMs"], ["lockoutMs"]],
  },
  [JournalCode.programLimits]: {
    event: "programLimits",
    fields: [["mostPer24h"], ["windowMs"], ["windowLimitNl"]],
  },
  [JournalCode.inputsLost]: { event: "inputsLost", fields: [["count"]] },
  [EventKind.start]: { event: "start", fields: [] },
  [EventKind.stop]: { event: "stop", fields: [] },
  [EventKind.requestBolus]: { event: "requestBolus", fields: [["id"]] },
  [EventKind.acknowledge]: { event: "acknowledge", fields: [] },
  [EventKind.moved]: { event: "moved", fields: [["strokes"], ["result", MoveResult]] },
  [EventKind.stored]: { event: "stored", fields: [["sequence"]] },
  [EventKind.controlLate]: { event: "controlLate", fields: [["lateMs"]] },
  [EventKind.refill]: { event: "refill", fields: [["id"], ["contentNl"]] },
  [JournalCode.storeWrite]: { event: "store", fields: [["sequence"], ["totalStrokes"]] },
  [JournalCode.annunciate]: { event: "annunciate", fields: [["pattern", AlarmPattern], ["silenced"]] },
  [JournalCode.motorOff]: { event: "motorOff", fields: [["atOnce"]] },
  [JournalCode.started]: { event: "started", fields: [] },
  [JournalCode.startRefused]: { event: "startRefused", fields: [["reason", StartRefusal]] },
  [JournalCode.stopped]: { event: "stopped", fields: [] },
  [JournalCode.programmed]: { event: "programmed", fields: [] },
  [JournalCode.programRefused]: {
    event: "programRefused",
    fields: [["reason", PrescriptionFault], ["given"], ["limit"]],
  },
  [JournalCode.bolusGranted]: { event: "bolusGranted", fields: [["id"], ["volumeNl"], ["durationMs"]] },
  [JournalCode.bolusDenied]: { event: "bolusDenied", fields: [["id"], ["answer", BolusAnswer]] },
  [JournalCode.bolusEnded]: { event: "bolusEnded", fields: [["id"], ["reason", BolusEnd], ["orderedNl"]] },
  [JournalCode.alarmRaised]: { event: "alarmRaised", fields: [["alarm", AlarmKind]] },
  [JournalCode.alarmCleared]: { event: "alarmCleared", fields: [["alarm", AlarmKind]] },
  [JournalCode.forfeited]: { event: "forfeited", fields: [["volumeNl"], ["lateMs"]] },
  [JournalCode.strokeDropped]: { event: "strokeDropped", fields: [["windowMs"]] },
  [JournalCode.fault]: { event: "fault", fields: [["fault", FaultKind], ["a"], ["b"]] },
  [JournalCode.refilled]: { event: "refilled", fields: [["contentNl"]] },
  [JournalCode.refillRefused]: { event: "refillRefused", fields: [["contentNl"]] },
};

// The numbers that an answer carries, in the order c, d of its entry.
const ANSWER_KEYS: Partial<Record<BolusAnswer, readonly string[]>> = {
  [BolusAnswer.lockedOut]: ["untilMs"],
  [BolusAnswer.maxPerDay]: ["untilMs"],
  [BolusAnswer.wouldExceedWindow]: ["windowMs", "roomNl"],
  [BolusAnswer.reservoirLow]: ["usableNl"],
};

/** Every word that can stand under `event` in a log, strokes included. */
export const LOG_EVENTS: readonly string[] = ["strokes", ...Object.values(ENTRY_WORDS).map((words) => words.event)];

/** An entry in words. Throws on a code or a value that has no word: the two engines would differ silently otherwise. */
export function describeEntry(code: number, atMs: number, a: number, b: number, c: number, d: number): LogLine {
  const words = ENTRY_WORDS[code];
  if (words === undefined) throw new Error(`no words for journal code ${code}`);
  const line: Record<string, number | string> & { atMs: number; event: string } = { atMs, event: words.event };
  const numbers = [a, b, c, d];
  words.fields.forEach(([key, names], index) => {
    const value = numbers[index] ?? 0;
    const word = names === undefined ? value : names[value];
    if (word === undefined) throw new Error(`no word for ${key} ${value} of ${words.event}`);
    line[key] = word;
  });
  if (code === JournalCode.bolusDenied) {
    const keys = ANSWER_KEYS[b as BolusAnswer] ?? [];
    keys.forEach((key, index) => {
      line[key] = numbers[index + 2] ?? 0;
    });
  }
  return line;
}

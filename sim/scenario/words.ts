import { BolusAnswer } from "../../src/delivery/judge-bolus";
import { EventKind } from "../../src/events";
import { AlarmKind } from "../../src/safety/alarms";
import { LOG_EVENTS } from "../log/words";

/** What `do:` can say, in the order in which it is explained. */
export const DO_WORDS = {
  start: { kind: EventKind.start, tells: "Begin therapy." },
  stop: { kind: EventKind.stop, tells: "End therapy and silence the alarms." },
  requestBolus: { kind: EventKind.requestBolus, tells: "The patient asks for a demand bolus." },
  program: { kind: EventKind.program, tells: "Confirm another prescription." },
  acknowledge: { kind: EventKind.acknowledge, tells: "A person has read the alarms: those whose cause is gone end." },
  refill: { kind: EventKind.refill, tells: "Fill the reservoir. The pump refuses it while it is running." },
} as const;

/** What `fault:` can say. No fault can be simulated yet; the key is kept so that it means nothing else. */
export const FAULT_WORDS: readonly string[] = [];

/** What an entry of `expect` can be about, in the order in which it is explained. */
export const EXPECT_WORDS = {
  request: "How a named request was answered.",
  delivered: "What the pump has delivered since core time 0, at the end of an instant.",
  reservoir: "What the reservoir holds at the end of an instant.",
  occurs: "Something is logged, or an alarm is raised: at least once, or as often as `times` says.",
  never: "Something is not logged, or an alarm is not raised.",
  alarm: "An alarm is active: at the end of an instant, or at some time from one instant to another.",
  state: "What the pump is doing at the end of an instant.",
} as const;

/** A word of {@link EXPECT_WORDS}. */
export type ExpectWord = keyof typeof EXPECT_WORDS;

function wordsOf(words: Record<string, string | number>): string[] {
  return Object.keys(words).filter((word) => !/^[0-9]/.test(word));
}

/** Every answer to a request for a bolus. */
export const ANSWER_WORDS: readonly string[] = wordsOf(BolusAnswer);

/** Every alarm. */
export const ALARM_WORDS: readonly string[] = wordsOf(AlarmKind);

/** Stands for any alarm. */
export const ANY_ALARM = "alarm";

// How strokes are written depends on how the log is wanted; volumes are what can be expected of them.
const STROKE_WORDS = ["strokes", "stroke"];

/** What `occurs` and `never` can look for: the events of a log except strokes, and alarms being raised. */
export const EVENT_WORDS: readonly string[] = [
  ...new Set([ANY_ALARM, ...ALARM_WORDS, ...LOG_EVENTS.filter((word) => !STROKE_WORDS.includes(word))]),
];

/** What the pump can be doing: `running` and `stopped` are as a person ordered it, `fault` is the safe state. */
export const STATE_WORDS = ["running", "stopped", "fault"] as const;

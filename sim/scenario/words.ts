import { BolusAnswer } from "../../src/delivery/judge-bolus";
import { AlarmKind } from "../../src/safety/alarm-kind";
import { AlarmPriority } from "../../src/safety/alarm-table";
import { LOG_EVENTS } from "../log/words";

/** What `do:` can say, in the order in which it is explained. */
export const DO_WORDS = {
  start: { tells: "Begin therapy, or go on with it after `hold`." },
  stop: { tells: "End therapy and silence the alarms." },
  hold: { tells: "Hold therapy at the prescription's minimum rate." },
  requestBolus: { tells: "The patient asks for a demand bolus." },
  clinicianBolus: { tells: "A clinician orders a bolus: a volume, or a dose of the primary drug, over a time." },
  stage: {
    tells:
      "Hand over another prescription. The pump judges it: one that it refuses is no mistake of the file. It is in force only when it is confirmed.",
  },
  confirm: { tells: "Confirm the prescription that was staged last, by its digest." },
  program: { tells: "Stage and confirm another prescription, which this pump must accept." },
  silence: { tells: "Silence the sound of the alarms." },
  acknowledge: { tells: "A person has read the alarms: those whose cause is gone end." },
  measureResidual: {
    tells: "The reservoir was emptied, and so much was in it. The pump refuses it while it is running.",
  },
  refill: { tells: "Fill the reservoir. Only while stopped, and after the residual was measured." },
  deadVolumeEmpty: { tells: "Tubing or catheter was changed, and so much of it is without drug. Only while stopped." },
  prime: { tells: "Ask for a priming bolus. Only while stopped." },
  confirmPrime: { tells: "Confirm the priming bolus: it begins." },
  changeTube: { tells: "The tube set in the pump head is new. Only while stopped." },
  setClock: { tells: "Set the pump's wall clock: to a date and time, or by some time from what it shows." },
  loseClock: { tells: "The pump does not know the wall time any more." },
  read: { tells: "A sensor reads a value: exactly one of the keys below." },
  detect: { tells: "A detector hands the pump its event: the cause of an alarm is there, or has gone." },
  interrogate: { tells: "A clinician reads the pump; `--report` prints what it says." },
} as const;

/** A word of {@link DO_WORDS}. */
export type DoWord = keyof typeof DO_WORDS;

/** What `fault:` can say where `do:` would stand, in the order in which it is explained. */
export const FAULT_WORDS = {
  late: {
    tells:
      "The controller is not woken for some time, and then late. What comes in between reaches it then. More than 2 s are told as *control late*.",
  },
  unknownEvent: {
    tells:
      "An event of a kind that the pump does not know reaches it, as from a host of another version: the pump puts itself into its safe state.",
  },
  powerCut: {
    tells:
      "The pump loses its power, and gets it back later. Until it has started again nothing reaches it: what happens outside is lost.",
  },
  eraseStore: { tells: "The pump's memory is blank from its next start on." },
  corruptStore: { tells: "Bits of the ledger in the pump's memory are the other way round from its next start on." },
  rotorStuck: {
    tells:
      "The pump head does not turn for some time, whatever the motor does: nothing is delivered and no encoder counts.",
  },
  rotorRuns: { tells: "The pump head turns without having been told to." },
  occlude: {
    tells:
      "The outlet is blocked for some time: the pressure in the line rises, and what the line has taken up leaves when it is open again. Needs `plant: { tube: ... }`.",
  },
  airBubble: { tells: "The next volume that the head draws is air, which goes through the line." },
} as const;

/** A word of {@link FAULT_WORDS}. */
export type FaultWord = keyof typeof FAULT_WORDS;

/** What an entry of `expect` can be about, in the order in which it is explained. */
export const EXPECT_WORDS = {
  request: "How a named request was answered: a patient's, or a clinician's bolus.",
  delivered:
    "What the pump has delivered since the start, at the end of an instant; what primed the line counts too, and what the head turned by itself; what it did not turn does not.",
  outlet: "The liquid that has really left the catheter since the start, at the end of an instant.",
  pressure: "The pressure in the line behind the head, above that of the air, at the end of an instant.",
  tip: "The concentration of a drug at the catheter's tip at the end of an instant.",
  charge: "The charge that the battery has left at the end of an instant.",
  reservoir: "What the reservoir holds at the end of an instant.",
  rate: "The basal rate in force at the end of an instant; 0 while stopped.",
  occurs: "Something is logged, or an alarm is raised: at least once, or as often as `times` says.",
  never: "Something is not logged, or an alarm is not raised.",
  alarm: "An alarm is active: at the end of an instant, or at some time from one instant to another.",
  signal: "What the annunciator plays at the end of an instant.",
  state: "What the pump is doing at the end of an instant.",
  report: "What a named interrogation says under one of its keys.",
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

/** Every signal of the annunciator. */
export const SIGNAL_WORDS: readonly string[] = wordsOf(AlarmPriority);

/** Stands for any alarm. */
export const ANY_ALARM = "alarm";

// How strokes are written depends on how the log is wanted; volumes are what can be expected of them.
const STROKE_WORDS = ["strokes", "stroke"];

/** What `occurs` and `never` can look for: the events of a log except strokes, and alarms being raised. */
export const EVENT_WORDS: readonly string[] = [
  ...new Set([ANY_ALARM, ...ALARM_WORDS, ...LOG_EVENTS.filter((word) => !STROKE_WORDS.includes(word))]),
];

/**
 * What the pump can be doing: `running`, `held` and `stopped` are as a person ordered it, `fault` is the safe state, `off` is without power
 * or starting.
 */
export const STATE_WORDS = ["running", "held", "stopped", "fault", "off"] as const;

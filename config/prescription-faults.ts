import { MOST_BOLUSES_PER_24H, MOST_STEPS, ProgramKind } from "../src/prescription/prescription";
import type { Prescription } from "../src/prescription/prescription";
import { PrescriptionFault, Severity } from "../src/prescription/problem";
import { MAX_LOCKOUT_MS, MAX_REFILL_DAYS, MAX_TRIAL_MS, MAX_WINDOW_MS } from "../src/prescription/validate";
import type { KeyPath } from "./document";
import type { LibraryDrug } from "./drug-library";
import {
  concentrationKey,
  concentrationMessage,
  doseMessage,
  largestBolusKey,
  rateKey,
  scheduledKey,
} from "./dose-faults";
import { formatDuration } from "./duration";
import {
  bridgeMessage,
  programMessage,
  PROGRAMS,
  reservoirMessage,
  scheduledWords,
  starvedMessage,
  stepMessage,
} from "./fault-messages";
import type { PrescribedPump } from "./prescribed-pump";
import type { FaultKeys, ToldFault } from "./told-fault";
import type { PrescriptionProblem } from "./prescription-problems";
import { formatRate } from "./rate";
import type { TextProblem } from "./resolve-prescription";
import { formatVolume } from "./volume";
import { formatDays } from "./whole-days";

const NAMELESS: LibraryDrug = { name: "drug without a name", unit: "mg" };

/** One line on a problem of a prescription: what was given and what would be right, with units, and the key of its text that is to blame. */
export function describePrescriptionFault(
  problem: PrescriptionProblem,
  prescription: Prescription,
  pump: PrescribedPump,
  keys: FaultKeys,
): TextProblem {
  const told: ToldFault = {
    ...problem,
    p: prescription,
    config: pump.config,
    keys,
    drug: pump.drugs[problem.at] ?? NAMELESS,
    per: formatDuration(prescription.windowMs),
  };
  const [key, message] = WORDS[problem.fault](told);
  const ask = problem.severity === Severity.soft ? "; lower it, or write override: softLimits if it is meant" : "";
  return { key, message: message + ask };
}

type Words = readonly [key: KeyPath, message: string];

const LIMIT: KeyPath = ["limit", "volume"];
const OVER: KeyPath = ["demandBolus", "over"];

const WORDS: Readonly<Record<PrescriptionFault, (told: ToldFault) => Words>> = {
  [PrescriptionFault.none]: () => [[], "nothing is wrong"],
  [PrescriptionFault.notAnInteger]: ({ given }) => [
    [],
    `number ${given + 1} of the prescription is not a whole number from 0`,
  ],
  [PrescriptionFault.basalAboveMaximum]: ({ given, limit, at, keys }) => [
    keys.basal(at),
    `${formatRate(given)} is above the pump's hard limit of ${formatRate(limit)}`,
  ],
  [PrescriptionFault.bolusAboveMaximum]: ({ given, limit, keys }) => [
    keys.bolus,
    `${formatVolume(given)} is above the pump's hard limit of ${formatVolume(limit)}`,
  ],
  [PrescriptionFault.bolusAboveReservoir]: (told) => [told.keys.bolus, reservoirMessage(told)],
  [PrescriptionFault.bolusBelowStroke]: ({ given, limit, keys }) => [
    keys.bolus,
    `${formatVolume(given)} is less than one stroke of this pump; it must be at least ${formatVolume(limit)}`,
  ],
  [PrescriptionFault.bolusDuration]: ({ given }) => [OVER, `${formatDuration(given)} is not from 1 ms to 24 h`],
  [PrescriptionFault.bolusStarved]: (told) => [told.keys.bolus, starvedMessage(told, told.p.bolusNl, "within 24 h")],
  [PrescriptionFault.lockout]: ({ given }) => [
    ["demandBolus", "lockout"],
    `${formatDuration(given)} is not from 1 ms to ${formatDuration(MAX_LOCKOUT_MS)}`,
  ],
  [PrescriptionFault.mostPer24h]: ({ given }) => [
    ["demandBolus", "mostPer24h"],
    `${given} is not from 1 to ${MOST_BOLUSES_PER_24H}`,
  ],
  [PrescriptionFault.window]: ({ per }) => [
    ["limit", "per"],
    `${per} is not a whole number of minutes from 1 h to 7 days`,
  ],
  [PrescriptionFault.windowAboveHardLimit]: ({ given, limit, per, config }) => [
    LIMIT,
    `${formatVolume(given)} per ${per} is above what the pump's hard limit of ${formatVolume(config.maxWindowNl)} per ` +
      `${formatDuration(config.windowMs)} leaves room for; the most is ${formatVolume(limit)}`,
  ],
  [PrescriptionFault.scheduledAboveWindow]: ({ given, limit, per, p, keys }) => [
    p.scheduledNl === 0 ? keys.basal(0) : keys.scheduled,
    `${scheduledWords(p)} gives up to ${formatVolume(given)} in what is counted as ${per}; the limit is ${formatVolume(limit)}`,
  ],
  [PrescriptionFault.bolusAboveWindow]: ({ given, limit, per, keys }) => [
    keys.bolus,
    `${formatVolume(given)} alone passes the dose limit of ${formatVolume(limit)} per ${per}`,
  ],
  [PrescriptionFault.bolusLongerThanWindow]: ({ given, limit }) => [
    OVER,
    `${formatDuration(given)} is longer than the dose limit's window of ${formatDuration(limit)}`,
  ],
  [PrescriptionFault.program]: ({ p, keys }) => [keys.program, programMessage(p)],
  [PrescriptionFault.stepCount]: ({ given, p, keys }) => [
    keys.program,
    p.program === ProgramKind.flex
      ? `${given} steps are not from 1 to ${MOST_STEPS}`
      : `${given} steps; only flex has another number than 1`,
  ],
  [PrescriptionFault.stepOrder]: (told) => [told.keys.stepStart(told.at), stepMessage(told)],
  [PrescriptionFault.unknownDrug]: ({ given }) => [
    ["drugs"],
    `place ${given + 1} of the drug library is asked for, and no drug of the prescription is there`,
  ],
  [PrescriptionFault.drugCount]: ({ given, limit }) => [
    ["drugs"],
    given === 0 ? "there is no drug in the reservoir" : `${given} drugs are too many; the most is ${limit}`,
  ],
  [PrescriptionFault.concentrationBelowLibrary]: (told) => [
    concentrationKey(told),
    concentrationMessage(told, "below"),
  ],
  [PrescriptionFault.concentrationAboveLibrary]: (told) => [
    concentrationKey(told),
    concentrationMessage(told, "above"),
  ],
  [PrescriptionFault.rateAboveHardDose]: (told) => [rateKey(told), doseMessage(told, "an hour at the highest rate")],
  [PrescriptionFault.rateAboveSoftDose]: (told) => [rateKey(told), doseMessage(told, "an hour at the highest rate")],
  [PrescriptionFault.bolusAboveHardDose]: (told) => [largestBolusKey(told), doseMessage(told, "one bolus")],
  [PrescriptionFault.bolusAboveSoftDose]: (told) => [largestBolusKey(told), doseMessage(told, "one bolus")],
  [PrescriptionFault.dayAboveHardDose]: (told) => [
    scheduledKey(told),
    doseMessage(told, "what is scheduled for 24 h (counted as 24 h 30 min and one stroke)"),
  ],
  [PrescriptionFault.totalAboveHardDose]: (told) => [told.keys.bolus, doseMessage(told, TOTAL)],
  [PrescriptionFault.totalAboveSoftDose]: (told) => [
    told.p.bolusNl === 0 ? scheduledKey(told) : told.keys.bolus,
    doseMessage(told, told.p.bolusNl === 0 ? "24 h" : TOTAL),
  ],
  [PrescriptionFault.scheduledVolume]: ({ given, limit, keys }) => [
    keys.scheduled,
    given > limit
      ? `${formatVolume(given)} is above the pump's hard limit of ${formatVolume(limit)}`
      : `${formatVolume(given)} is less than one stroke of this pump; it must be at least ${formatVolume(limit)}`,
  ],
  [PrescriptionFault.scheduledDuration]: ({ given, p, keys }) => [
    [...keys.program, "over"],
    `${formatDuration(given)} is not from 1 ms to ${formatDuration(p.scheduledEveryMs)}, when the next bolus begins`,
  ],
  [PrescriptionFault.scheduledInterval]: ({ given, keys }) => [
    [...keys.program, "every"],
    `${formatDuration(given)} is not from 1 min to ${formatDuration(MAX_WINDOW_MS)}`,
  ],
  [PrescriptionFault.scheduledStarved]: (told) => [
    told.keys.scheduled,
    starvedMessage(told, told.p.scheduledNl, `before the next, after ${formatDuration(told.p.scheduledEveryMs)}`),
  ],
  [PrescriptionFault.shotCount]: ({ given, limit, p, keys }) => [
    [...keys.program, "count"],
    `${given} boluses; ${PROGRAMS[p.program]} has ${p.program === ProgramKind.severalShots ? "at least " : ""}${limit === 0 ? "no count" : limit}`,
  ],
  [PrescriptionFault.trialEnd]: ({ given, p, keys }) => [
    [...keys.program, "for"],
    p.program === ProgramKind.continuousTrial
      ? `${formatDuration(given)} is not from 1 min to ${formatDuration(MAX_TRIAL_MS)}`
      : `${PROGRAMS[p.program]} has no end; leave out ${formatDuration(given)}`,
  ],
  [PrescriptionFault.hours]: ({ given }) => [
    ["demandBolus", "hours"],
    `${formatDuration(given)} from midnight is not within a day of 24 h`,
  ],
  [PrescriptionFault.minimumRate]: ({ given, limit, config }) => [
    ["minimumRate"],
    `${formatRate(given)} is above ${limit === config.maxRateNlPerDay ? "the pump's hard limit" : "the lowest basal rate"}; the most is ${formatRate(limit)}`,
  ],
  [PrescriptionFault.catheterVolume]: ({ given, limit }) => [
    ["catheter"],
    `${formatVolume(given)} is too large for a catheter; the most is ${formatVolume(limit)}`,
  ],
  [PrescriptionFault.lowMark]: ({ given, config }) => [
    ["lowReservoir"],
    `${formatVolume(given)} is not from ${formatVolume(config.emptyNl)}, where the pump is empty, to ${formatVolume(config.capacityNl)}, where it is full`,
  ],
  [PrescriptionFault.refillDays]: ({ given }) => [
    ["refillAfter"],
    `${formatDays(given)} are too many; the most is ${formatDays(MAX_REFILL_DAYS)}`,
  ],
  [PrescriptionFault.bridge]: (told) => [["bridge"], bridgeMessage(told)],
  [PrescriptionFault.reservoirTooSmall]: ({ given, limit, p, config }) => [
    ["refillAfter"],
    `a full reservoir of ${formatVolume(config.capacityNl)} reaches its low mark of ${formatVolume(p.lowNl)} after ` +
      `${formatDays(given)} when every permitted bolus is taken; the refill is due after ${formatDays(limit)}`,
  ],
};

const TOTAL = "24 h when every permitted bolus is taken";

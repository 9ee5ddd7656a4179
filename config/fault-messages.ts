import { ProgramKind } from "../src/prescription/prescription";
import type { Prescription } from "../src/prescription/prescription";
import { highestNlPerDay } from "../src/prescription/scheduled-volume";
import { formatDuration } from "./duration";
import { formatRate } from "./rate";
import { formatTimeOfDay } from "./time-of-day";
import type { ToldFault } from "./told-fault";
import { formatVolume } from "./volume";

/** Programs as people write them. */
export const PROGRAMS: Readonly<Record<ProgramKind, string>> = {
  [ProgramKind.continuous]: "basal",
  [ProgramKind.flex]: "flex",
  [ProgramKind.periodic]: "periodic",
  [ProgramKind.singleShot]: "singleShot",
  [ProgramKind.severalShots]: "severalShots",
  [ProgramKind.continuousTrial]: "continuousTrial",
};

/** A demand bolus that the reservoir does not give. */
export function reservoirMessage({ given, limit, config, p }: ToldFault): string {
  const capacity = formatVolume(config.capacityNl);
  if (given > config.capacityNl) return `${formatVolume(given)} is more than the reservoir holds (${capacity})`;
  return (
    `${formatVolume(given)} is more than a full reservoir of ${capacity} gives above its low mark of ` +
    `${formatVolume(p.lowNl)}; the most is ${formatVolume(limit)}`
  );
}

/** A bolus that cannot end in time beside the basal. */
export function starvedMessage({ p, config, given }: ToldFault, bolusNl: number, when: string): string {
  return (
    `${formatVolume(bolusNl)} cannot end ${when}: a basal of ${formatRate(highestNlPerDay(p))} ` +
    `leaves ${formatRate(given)} below the pump's hard limit of ${formatRate(config.maxRateNlPerDay)}`
  );
}

/** What is scheduled, in a few words. */
export function scheduledWords(p: Prescription): string {
  if (p.scheduledNl !== 0) return `${formatVolume(p.scheduledNl)} every ${formatDuration(p.scheduledEveryMs)}`;
  return p.program === ProgramKind.flex ? "the flex schedule" : formatRate(p.stepNlPerDay[0] ?? 0);
}

/** A program with numbers that it does not have. */
export function programMessage({ program, bolusNl, scheduledNl }: Prescription): string {
  const name = PROGRAMS[program] as string | undefined;
  if (name === undefined) return `there is no program ${program}`;
  const isShots = program === ProgramKind.singleShot || program === ProgramKind.severalShots;
  if (isShots && scheduledNl !== 0)
    return `${name} gives its boluses and nothing else: leave out ${bolusNl === 0 ? "the basal rate" : "demandBolus"}`;
  return isShots || program === ProgramKind.periodic ? `${name} needs a bolus` : `${name} has no scheduled bolus`;
}

/** A step out of order. */
export function stepMessage({ given, at, p }: ToldFault): string {
  const before = p.stepStartMs[at - 1] ?? 0;
  const begins = `step ${at + 1} begins at ${formatTimeOfDay(given)}`;
  if (at === 0 || given > before) return `${begins}, which is not within a day of 24 h`;
  const last = `step ${at}, which begins at ${formatTimeOfDay(before)}`;
  if (given === before) return `${begins}, as step ${at} does: step ${at} is empty; steps begin in rising order`;
  return `${begins} and overlaps ${last}; steps begin in rising order`;
}

/** A bridge that cannot be. */
export function bridgeMessage({ p, config }: ToldFault): string {
  if (p.scheduledNl !== 0) return "a bridge goes with basal rates only, not with scheduled boluses";
  if (config.tubingNl === 0)
    return "a bridge needs the dead volume of the pump's tubing; give tubing in the pump's file";
  if (p.catheterNl === 0) return "a bridge needs the dead volume of the catheter; give catheter, for example 0.18 mL";
  return `${p.bridge} is neither 0 nor 1`;
}

import { MOST_LIBRARY_DRUGS } from "../../src/config";
import type { PumpConfig } from "../../src/config";
import { StrokeVolume } from "../../src/motion/stroke";
import { MOST_DRUGS, MOST_STEPS, ProgramKind, prescriptionNumbers } from "../../src/prescription/prescription";
import type { Prescription } from "../../src/prescription/prescription";
import { PrescriptionProblems } from "../../src/prescription/problem";
import { prescribableWindowNl, validatePrescription } from "../../src/prescription/validate";
import { MS_PER_DAY, MS_PER_HOUR, MS_PER_MIN } from "../../src/units";
import type { Random } from "./random";

/** How often a kind of program is drawn. */
const PROGRAMS = [
  ProgramKind.continuous,
  ProgramKind.continuous,
  ProgramKind.flex,
  ProgramKind.flex,
  ProgramKind.flex,
  ProgramKind.periodic,
  ProgramKind.periodic,
  ProgramKind.singleShot,
  ProgramKind.severalShots,
  ProgramKind.continuousTrial,
];

/** What a random prescription keeps of another, or has to keep to. */
export interface Wish {
  /** Concentrations that the reservoir holds. */
  readonly fluid?: readonly number[];
  /** The dose limit's window does not change. */
  readonly windowMs?: number;
  /** Only programs that go on for ever. */
  readonly endless?: boolean;
}

/** A prescription that the pump accepts, of any kind. */
export function validPrescription(random: Random, config: PumpConfig, wish: Wish = {}): Prescription {
  for (;;) {
    const prescription = drawPrescription(random, config, wish);
    if (isAccepted(prescription, config)) return prescription;
  }
}

/** True when nothing refuses it. */
export function isAccepted(prescription: Prescription, config: PumpConfig): boolean {
  const problems = new PrescriptionProblems();
  validatePrescription(prescription, prescriptionNumbers(prescription), config, new StrokeVolume(config), problems);
  return problems.hard === 0;
}

/** A prescription that may be refused. */
export function drawPrescription(random: Random, config: PumpConfig, wish: Wish = {}): Prescription {
  const windowMs = wish.windowMs ?? random.pick([MS_PER_HOUR, 4 * MS_PER_HOUR, 24 * MS_PER_HOUR, 90 * MS_PER_MIN]);
  const mostNl = prescribableWindowNl(config, windowMs);
  const windowLimitNl = random.integer(Math.floor(mostNl / 20), mostNl);
  const fluid = wish.fluid ?? drawFluid(random, config);
  const present = fluid.flatMap((ngPerUl, place) => (ngPerUl === 0 ? [] : [place]));
  const limits = present.map((place) => ((config.library[place]?.hardDayNg ?? 0) * 1000) / (fluid[place] ?? 1));
  const dayNl = Math.min((windowLimitNl * MS_PER_DAY) / windowMs, ...limits);
  const hasDead = config.tubingNl !== 0 && random.chance(85);
  const program = random.pick(PROGRAMS.filter((kind) => wish.endless !== true || kind <= ProgramKind.periodic));
  const scheduled = drawScheduled(random, program, dayNl, config);
  const isShots = program === ProgramKind.singleShot || program === ProgramKind.severalShots;
  const noBolus = isShots || random.chance(8);
  const hours = random.chance(20);
  const steps = drawSteps(random, program, isShots ? 0 : Math.min(dayNl, config.maxRateNlPerDay));
  return {
    program,
    primaryDrug: random.pick(present),
    concentrationNgPerUl: fluid,
    ...steps.inForce,
    ...scheduled,
    endsAfterMs: program === ProgramKind.continuousTrial ? random.integer(MS_PER_MIN, 2 * MS_PER_DAY) : 0,
    ...(noBolus ? NO_BOLUS : drawBolus(random, config, dayNl)),
    hoursFromMs: hours && !noBolus ? drawTimeOfDay(random) : 0,
    hoursToMs: hours && !noBolus ? drawTimeOfDay(random) : 0,
    minimumNlPerDay: random.chance(50) ? random.integer(1, Math.max(1, Math.floor(steps.leastNlPerDay))) : 0,
    windowMs,
    windowLimitNl,
    catheterNl: hasDead ? random.integer(1, 500) * random.pick([10, 1000]) : 0,
    lowNl: random.chance(70) ? config.lowNl : random.integer(config.emptyNl, config.capacityNl / 4),
    refillDays: random.pick([0, 0, 1, 90]),
    bridge: hasDead && scheduled.scheduledNl === 0 && random.chance(60) ? 1 : 0,
  };
}

/** One to four drugs of the library, each in its range. */
export function drawFluid(random: Random, config: PumpConfig): number[] {
  const fluid = new Array<number>(MOST_LIBRARY_DRUGS).fill(0);
  const wanted = random.integer(1, Math.min(MOST_DRUGS, config.library.length));
  for (let drawn = 0; drawn < wanted; drawn++) {
    const place = random.integer(0, config.library.length - 1);
    const drug = config.library[place];
    if (drug !== undefined) fluid[place] = random.integer(drug.minNgPerUl, drug.maxNgPerUl);
  }
  return fluid;
}

const NO_BOLUS = { bolusNl: 0, bolusMs: 0, lockoutMs: 0, mostPer24h: 0 };

function drawBolus(random: Random, config: PumpConfig, dayNl: number) {
  const mostPer24h = random.integer(1, 12);
  const most = Math.min(config.maxBolusNl, 200000, Math.floor((dayNl * random.integer(5, 60)) / (100 * mostPer24h)));
  return {
    bolusNl: random.integer(Math.min(1000, most), most),
    bolusMs: random.integer(1, 60) * random.pick([1000, MS_PER_MIN, 61234]),
    lockoutMs: random.integer(1, 8 * 60) * random.pick([1, 1000, MS_PER_MIN, 60001]),
    mostPer24h,
  };
}

/** Rates of the day: often 0 in some step; odd times, the first not always at midnight. */
function drawSteps(random: Random, program: ProgramKind, mostNlPerDay: number) {
  const steps = program === ProgramKind.flex ? random.integer(1, MOST_STEPS) : 1;
  const share = random.integer(1, 100) / 110;
  const starts = Array.from({ length: steps }, () => drawTimeOfDay(random)).sort((a, b) => a - b);
  if (random.chance(60)) starts[0] = 0;
  const rates = starts.map(() =>
    random.chance(12) ? 0 : Math.floor((mostNlPerDay * share * random.integer(steps > 1 ? 20 : 60, 100)) / 100),
  );
  const filled = (numbers: readonly number[]): number[] =>
    Array.from({ length: MOST_STEPS }, (_, step) => numbers[step] ?? 0);
  const positive = rates.filter((rate) => rate > 0);
  return {
    inForce: { steps, stepStartMs: steps === 1 ? filled([]) : filled(starts), stepNlPerDay: filled(rates) },
    leastNlPerDay: positive.length === 0 ? mostNlPerDay / 10 : Math.min(...positive),
  };
}

function drawTimeOfDay(random: Random): number {
  if (random.chance(10)) return random.pick([0, MS_PER_DAY - 1, 1]);
  if (random.chance(60)) return random.integer(0, 24 * 4 - 1) * 15 * MS_PER_MIN;
  return random.integer(0, MS_PER_DAY - 1);
}

function drawScheduled(random: Random, program: ProgramKind, dayNl: number, config: PumpConfig) {
  if (program === ProgramKind.continuous || program === ProgramKind.flex || program === ProgramKind.continuousTrial)
    return { scheduledNl: 0, scheduledMs: 0, scheduledEveryMs: 0, scheduledCount: 0 };
  const everyMs = random.integer(1, 12) * random.pick([5 * MS_PER_MIN, MS_PER_HOUR, 3660001]);
  const most = Math.floor(Math.min(config.maxBolusNl, (dayNl * everyMs * random.integer(5, 70)) / (100 * MS_PER_DAY)));
  const counts = { [ProgramKind.singleShot]: 1, [ProgramKind.severalShots]: random.integer(2, 5) } as const;
  return {
    scheduledNl: random.integer(Math.floor(most / 3), most),
    scheduledMs: random.chance(10) ? everyMs : random.integer(1, Math.floor(everyMs / random.pick([1, 4, 20]))),
    scheduledEveryMs: everyMs,
    scheduledCount: program === ProgramKind.periodic ? 0 : counts[program as keyof typeof counts],
  };
}

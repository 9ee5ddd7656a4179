import { breathe } from "./breath";
import { isWhole, MS_PER_DAY, MS_PER_MIN, NEVER_MS, wholeQuotient } from "./units";

/**
 * What the core must know of this pump: integers only. Made from a pump file by the host, compiled into a board's
 * program or handed to it by the simulator. Validation has happened before; the core's assertions are the last gate.
 */
export interface PumpNumbers {
  /** Volume of one revolution of the pump head, in pL; 1 to 10^9. */
  readonly plPerRevolution: number;
  /** Full steps of the motor in one revolution of the head (a gear counts in); 1 to 100,000. */
  readonly fullStepsPerRevolution: number;
  /** Full steps in one stroke; 1 to MAX_STROKE_PL / plPerRevolution. */
  readonly fullStepsPerStroke: number;
  /** Microsteps in one full step: a power of two, 1 to 256. */
  readonly microsteps: number;
  /** Time from one pulse to the next inside a stroke, in ms; 1 to MAX_PULSE_INTERVAL_MS. */
  readonly pulseIntervalMs: number;
  /** Longest time that one stroke takes, from the command to the motor at rest, in ms (see `motion/stroke-time`). */
  readonly strokeMs: number;
  /** Hard limit of the rate, basal and bolus together, in nL/day; the pump head can reach it. */
  readonly maxRateNlPerDay: number;
  /** Hard limit of one bolus, in nL. */
  readonly maxBolusNl: number;
  /** Length of the hard limit's rolling window, in ms: a whole number of minutes. */
  readonly windowMs: number;
  /** Hard limit of the volume in any such window, in nL. */
  readonly maxWindowNl: number;
  /** What the reservoir holds when full, in nL. */
  readonly capacityNl: number;
  /** Content at which *low reservoir* is raised, in nL. */
  readonly lowNl: number;
  /** Content below which the pump does not draw, in nL. */
  readonly emptyNl: number;
  /** Dead volume of the pump's own tubing, from the reservoir to the catheter port, in nL; 0: not known. */
  readonly tubingNl: number;
  /** Bound of the flow error that the maker states, in thousandths; 0 to 1000. */
  readonly accuracyPerMille: number;
  /** Strokes that a tube set lasts; 0: no bound is declared. */
  readonly tubeLifeStrokes: number;
  /** Days that a tube set lasts; 0: no bound is declared. */
  readonly tubeLifeDays: number;
  /** Age at which the pump is at the end of its service, in days of core time; 0: no bound is declared. */
  readonly serviceLifeDays: number;
  /** How long before the end of service replacement is announced (ERI), in days. */
  readonly replacementLeadDays: number;
  /** Charge left at which replacement is announced, in thousandths; 0: the charge is not measured. */
  readonly replacementPerMille: number;
  /** Charge left at which the pump is at the end of its service, in thousandths. */
  readonly endOfServicePerMille: number;
  /** Supply voltage at and below which *battery low* is raised, in mV; 0: it is not measured. */
  readonly batteryLowMv: number;
  /** Supply voltage at and below which the motor is switched off, in mV. */
  readonly batteryOutMv: number;
  /** Highest temperature of the motor, in tenths of a degree Celsius; 0: it is not measured. */
  readonly motorMaxDeciC: number;
  /** Counts of the roller index or encoder in one revolution of the head; 0: the motion is not watched. */
  readonly countsPerRevolution: number;
  /** What a blocked line stores until the occlusion is detected, and gives when it is released, in nL; 0: not known. */
  readonly releaseNl: number;
  /** Model number of this pump. */
  readonly model: number;
  /** Serial number of this pump. */
  readonly serial: number;
  /** Number of the build that the program is of: 48 bits of a hash of all it was made of; 0: of none, as in a simulated pump. */
  readonly program: number;
}

/** The whole configuration: the pump's numbers and its drug library. */
export interface PumpConfig extends PumpNumbers {
  /** The drug library: up to {@link MOST_LIBRARY_DRUGS} drugs. A prescription names a drug by its place here. */
  readonly library: readonly DrugLimits[];
}

/** Most drugs in a library: the core keeps a rolling window of mass for each. */
export const MOST_LIBRARY_DRUGS = 8;

/** What the library allows of one drug. Masses in ng, concentrations in ng/µL (= µg/mL); soft limits lie inside hard ones. */
export interface DrugLimits {
  /** Lowest concentration that is handled, in ng/µL; 1 or more. */
  readonly minNgPerUl: number;
  /** Highest concentration that is handled, in ng/µL; to MOST_NG_PER_UL. */
  readonly maxNgPerUl: number;
  /** Most in any rolling 24 h without an override, in ng. */
  readonly softDayNg: number;
  /** Most in any rolling 24 h, in ng. */
  readonly hardDayNg: number;
  /** Most in one bolus without an override, in ng. */
  readonly softBolusNg: number;
  /** Most in one bolus, in ng. */
  readonly hardBolusNg: number;
  /** Highest scheduled rate without an override, in ng/h. */
  readonly softHourNg: number;
  /** Highest scheduled rate, in ng/h. */
  readonly hardHourNg: number;
}

/** The numbers of one entry of the library, in the order in which they cross from host to board. */
export function drugNames(): readonly (keyof DrugLimits)[] {
  return [
    "minNgPerUl",
    "maxNgPerUl",
    "softDayNg",
    "hardDayNg",
    "softBolusNg",
    "hardBolusNg",
    "softHourNg",
    "hardHourNg",
  ];
}

/** The numbers of a configuration, in the order in which they cross from host to board; the library follows them. */
export function configNames(): readonly (keyof PumpNumbers)[] {
  return [
    "plPerRevolution",
    "fullStepsPerRevolution",
    "fullStepsPerStroke",
    "microsteps",
    "pulseIntervalMs",
    "strokeMs",
    "maxRateNlPerDay",
    "maxBolusNl",
    "windowMs",
    "maxWindowNl",
    "capacityNl",
    "lowNl",
    "emptyNl",
    "tubingNl",
    "accuracyPerMille",
    "tubeLifeStrokes",
    "tubeLifeDays",
    "serviceLifeDays",
    "replacementLeadDays",
    "replacementPerMille",
    "endOfServicePerMille",
    "batteryLowMv",
    "batteryOutMv",
    "motorMaxDeciC",
    "countsPerRevolution",
    "releaseNl",
    "model",
    "serial",
    "program",
  ];
}

/** Highest concentration of any drug, in ng/µL: 1 g/mL. */
export const MOST_NG_PER_UL = 1000000;

/** Most of a drug that a limit can speak of, in ng: 100 g. */
export const MOST_DRUG_NG = 100000000000;

/** Most that plPerRevolution x fullStepsPerStroke may be, in pL: the step plan's units stay under 2^53. */
export const MAX_STROKE_PL = 100000000000;

/** Longest time between pulses, in ms: the circuit that gates EN takes it away about 300 ms after a pulse. */
export const MAX_PULSE_INTERVAL_MS = 200;

// The least and the most that each number can be, in the order of configNames, so far as it does not depend on the others; a most of 0:
// not above the number before it. Among them are MAX_STROKE_PL and MAX_PULSE_INTERVAL_MS; a part lasts 100 years at most. As texts they are
// data; as lists they would be code.
const LEAST = "[1,1,1,1,1,50,1,1,60000,1,1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]";
const MOST = `[1000000000, 100000, 100000000000, 256, 200, 2000, 1000000000, 100000000, 604800000, 1000000000,
  100000000, 0, 0, 10000000, 1000, 9007199254740991, 36525, 36525, 0, 1000, 0, 100000, 0, 2000,
  1000000, 10000000, 9007199254740991, 9007199254740991, 281474976710655]`;

/**
 * The core's own look at its configuration, before anything can move: each number whole and inside the range in which the arithmetic
 * is exact. Returns the place of the first wrong number, from 1 in the order of {@link configNames}; after them the drugs of the
 * library count; 0: none is wrong.
 */
export function wrongConfigField(config: PumpConfig): number {
  const library = config.library;
  const perRevolution = config.fullStepsPerRevolution;
  const leasts = JSON.parse(LEAST) as number[];
  const mosts = JSON.parse(MOST) as number[];
  const names = configNames();
  const limits = drugNames();
  let before = 0;
  for (let i = 0; i < mosts.length; i++) {
    const value = config[names[i]];
    let most = mosts[i];
    if (most === 0) most = before;
    if (!isWhole(value, leasts[i], most)) return i + 1;
    before = value;
  }
  breathe();
  const strokePlTimesSteps = config.plPerRevolution * config.fullStepsPerStroke;
  if (strokePlTimesSteps > MAX_STROKE_PL) return 3;
  if ((config.microsteps & (config.microsteps - 1)) !== 0) return 4;
  // A stroke of less than 10 nL, or a rate that the head cannot reach, would make several strokes fall due at once.
  if (strokePlTimesSteps < 10000 * perRevolution) return 1;
  const strokesPerDay = wholeQuotient(MS_PER_DAY, config.strokeMs);
  const reachable = wholeQuotient(wholeQuotient(strokePlTimesSteps, perRevolution) * strokesPerDay, 1000);
  if (config.maxRateNlPerDay > reachable + strokesPerDay) return 7;
  if (wholeQuotient(config.windowMs, MS_PER_MIN) * MS_PER_MIN !== config.windowMs) return 9;
  // Volumes are compared with strokes in 1/fullStepsPerRevolution pL.
  const countableNl = wholeQuotient(NEVER_MS, 1000 * perRevolution);
  if (config.maxWindowNl > countableNl) return 10;
  if (config.capacityNl > countableNl) return 11;
  if (library.length > MOST_LIBRARY_DRUGS) return 30;
  for (let place = 0; place < library.length; place++) {
    const drug = library[place];
    // Lowest and highest concentration, then soft and hard limits: each pair in order, and none of them 0.
    let least = 1;
    for (let i = 0; i < limits.length; i++) {
      const value = drug[limits[i]];
      if (!isWhole(value, least, MOST_DRUG_NG)) return 30 + place;
      // Every second number is the upper one of its pair.
      least = 1;
      if ((i & 1) === 0) least = value;
    }
    if (drug.maxNgPerUl > MOST_NG_PER_UL) return 30 + place;
  }
  return 0;
}

/** Makes a configuration of the numbers of {@link configNames} and, behind them, those of {@link drugNames} for each drug. */
export function readConfig(numbers: readonly number[]): PumpConfig {
  const config: Record<string, unknown> = {};
  const library: DrugLimits[] = [];
  const names = configNames();
  const limits = drugNames();
  let at = 0;
  for (; at < names.length; at++) config[names[at]] = numbers[at];
  while (at < numbers.length) {
    const drug: Record<string, unknown> = {};
    for (let i = 0; i < limits.length; i++) {
      drug[limits[i]] = numbers[at];
      at++;
    }
    library.push(drug as unknown as DrugLimits);
    breathe();
  }
  config["library"] = library;
  return config as unknown as PumpConfig;
}

/** A configuration for a pump whose own is wrong: it holds nothing and can order nothing. */
export function noPump(): PumpConfig {
  return readConfig(
    JSON.parse(
      "[60000000, 200, 1, 1, 100, 2000, 1, 1, 3600000, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]",
    ) as number[],
  );
}

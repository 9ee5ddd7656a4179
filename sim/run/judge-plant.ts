import { formatConcentration, formatVolume } from "../../config/quantities";
import { formatPhysical, PERCENT, PRESSURE } from "../../config/physical-quantity";
import { StrokeVolume } from "../../src/motion/stroke";
import type { Expected, Tolerance } from "../scenario/expectation";
import type { FluidRecord } from "./fluid-record";
import type { RunRecord, Shortfall } from "./run-record";

/** Floats that should be equal differ by rounding: this much of what is compared, and never less than the least. */
const ROUNDING = 1e-9;
const LEAST_ROUNDING = 1e-6;

/** What an entry about the plant expects. */
type Of<A extends Expected["about"]> = Extract<Expected, { about: A }>;

/** Judges the liquid that had left the outlet at the end of the instant `atMs`. */
export function judgeOutlet(
  record: RunRecord,
  atMs: number,
  { volumeNl, within }: Of<"outlet">,
): Shortfall | undefined {
  const { liquidNl } = fluidOf(record).path.at(atMs);
  const text = (nl: number): string => formatVolume(Math.round(nl));
  const wanted = `${text(volumeNl)} within ${toleranceText(within)}`;
  return judged(liquidNl, volumeNl, toleranceNl(record, within), atMs, wanted, text);
}

/** Judges the pressure in the line at the end of the instant `atMs`. */
export function judgePressure(
  record: RunRecord,
  atMs: number,
  { kpa, withinKpa }: Of<"pressure">,
): Shortfall | undefined {
  const { pressureKpa } = fluidOf(record).path.at(atMs);
  const text = (value: number): string => formatPhysical(PRESSURE, value);
  return judged(pressureKpa, kpa, withinKpa, atMs, `${text(kpa)} within ${text(withinKpa)}`, text);
}

/** Judges the concentration of a drug at the catheter's tip at the end of the instant `atMs`. */
export function judgeTip(
  record: RunRecord,
  atMs: number,
  { drug, ngPerUl, withinNgPerUl }: Of<"tip">,
): Shortfall | undefined {
  const tip = fluidOf(record).tips[drug];
  if (tip === undefined) throw new Error("an expectation of a drug that the library has no place for");
  const actual = tip.at(atMs);
  const text = (value: number): string => formatConcentration(Math.round(value));
  return judged(actual, ngPerUl, withinNgPerUl, atMs, `${text(ngPerUl)} within ${text(withinNgPerUl)}`, text);
}

/** Judges the charge that the battery has left at the end of the instant `atMs`. */
export function judgeCharge(
  record: RunRecord,
  atMs: number,
  { percent, withinPercent }: Of<"charge">,
): Shortfall | undefined {
  const { battery, motorTimes } = fluidOf(record);
  if (battery === undefined) throw new Error("a run without a battery has no charge");
  const actual = battery.chargePercent(motorTimes.countUntil(atMs), atMs);
  const text = (value: number): string => formatPhysical(PERCENT, value);
  return judged(actual, percent, withinPercent, atMs, `${text(percent)} within ${text(withinPercent)}`, text);
}

function judged(
  actual: number,
  wanted: number,
  within: number,
  atMs: number,
  expected: string,
  text: (value: number) => string,
): Shortfall | undefined {
  const rounding = Math.max(LEAST_ROUNDING, Math.abs(wanted) * ROUNDING);
  return Math.abs(actual - wanted) <= within + rounding ? undefined : { expected, actual: text(actual), atMs };
}

function toleranceNl(record: RunRecord, within: Tolerance): number {
  if (!("strokes" in within)) return within.volumeNl;
  const { plNumerator, plDenominator } = new StrokeVolume(record.scenario.config);
  return (within.strokes * plNumerator) / plDenominator / 1000;
}

function toleranceText(within: Tolerance): string {
  if (!("strokes" in within)) return formatVolume(within.volumeNl);
  return within.strokes === 1 ? "1 stroke" : `${within.strokes} strokes`;
}

function fluidOf({ fluid }: RunRecord): FluidRecord {
  if (fluid === undefined) throw new Error("an expectation of the plant in a run without one");
  return fluid;
}

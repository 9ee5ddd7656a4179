import { StrokeVolume } from "../../src/motion/stroke";
import { formatVolume } from "../../config/quantities";
import type { Tolerance } from "../scenario/expectation";
import type { RunRecord, Shortfall } from "./run-record";

// Volumes are compared in 1/plDenominator of a pL, where a stroke and a nL are both whole. They can pass 2^53.
const PL_PER_NL = 1000n;

/** Judges what was delivered until the end of the instant `atMs`, exactly. `undefined`: as expected. */
export function judgeDelivered(
  record: RunRecord,
  atMs: number,
  volumeNl: number,
  within: Tolerance,
): Shortfall | undefined {
  const stroke = new StrokeVolume(record.scenario.config);
  const strokes = record.strokeTimes.countUntil(atMs);
  const delivered = BigInt(strokes) * BigInt(stroke.plNumerator);
  if (isWithin(stroke, delivered, volumeNl, within)) return undefined;
  const actual = `${formatVolume(stroke.volumeNl(strokes))} (${strokes} strokes)`;
  return { expected: expectedText(stroke, volumeNl, within), actual, atMs };
}

/** Judges what the reservoir holds at the end of the instant `atMs`, exactly. `undefined`: as expected. */
export function judgeReservoir(
  record: RunRecord,
  atMs: number,
  volumeNl: number,
  within: Tolerance,
): Shortfall | undefined {
  const stroke = new StrokeVolume(record.scenario.config);
  const { filledNl, filledAtMs } = lastFill(record, atMs);
  // A pump that is being filled is stopped: no stroke is due at that instant or before the next start.
  const drawn = record.strokeTimes.countUntil(atMs) - (filledAtMs < 0 ? 0 : record.strokeTimes.countUntil(filledAtMs));
  const left = inUnits(stroke, filledNl) - BigInt(drawn) * BigInt(stroke.plNumerator);
  if (isWithin(stroke, left, volumeNl, within)) return undefined;
  const leftNl = Math.max(0, filledNl - stroke.volumeRoundedUpNl(drawn));
  const actual = `${formatVolume(leftNl)} (${drawn} strokes drawn from ${formatVolume(filledNl)})`;
  return { expected: expectedText(stroke, volumeNl, within), actual, atMs };
}

function lastFill(record: RunRecord, atMs: number): { filledNl: number; filledAtMs: number } {
  let fill = { filledNl: record.scenario.reservoirNl, filledAtMs: -1 };
  for (const { line } of record.lines) {
    if (line.atMs > atMs) break;
    if (line.event === "refilled") fill = { filledNl: Number(line["contentNl"]), filledAtMs: line.atMs };
    // A residual that was measured is what is counted from.
    if (line.event === "residualMeasured") fill = { filledNl: Number(line["measuredNl"]), filledAtMs: line.atMs };
  }
  return fill;
}

function inUnits(stroke: StrokeVolume, volumeNl: number): bigint {
  return BigInt(volumeNl) * PL_PER_NL * BigInt(stroke.plDenominator);
}

function isWithin(stroke: StrokeVolume, actual: bigint, volumeNl: number, within: Tolerance): boolean {
  const off = actual - inUnits(stroke, volumeNl);
  const most =
    "strokes" in within ? BigInt(within.strokes) * BigInt(stroke.plNumerator) : inUnits(stroke, within.volumeNl);
  return (off < 0n ? -off : off) <= most;
}

function expectedText(stroke: StrokeVolume, volumeNl: number, within: Tolerance): string {
  if (!("strokes" in within)) return `${formatVolume(volumeNl)} within ${formatVolume(within.volumeNl)}`;
  const strokes = within.strokes === 1 ? "1 stroke" : `${within.strokes} strokes`;
  return `${formatVolume(volumeNl)} within ${strokes} (${formatVolume(stroke.volumeNl(within.strokes))})`;
}

import { MAX_STROKE_PL } from "../src/config";
import { StrokeVolume } from "../src/motion/stroke";
import { decimalText } from "./exact-decimal";
import { strokeTimeMs, toPumpConfig } from "./pump-config";
import type { PumpFile } from "./pump-file";
import type { PumpProblem } from "./pump-problem";
import { formatDuration } from "./duration";
import { formatVolumePl } from "./volume";

/** Largest volume of one revolution, in pL: the core's products stay exact up to it. */
const MAX_REVOLUTION_PL = 1000000000;

/** Smallest stroke, in pL: finer than any peristaltic head that could be measured. */
const MIN_STROKE_PL = 10000;

/** Largest stroke, in pL: a dose of a few µL must still be several strokes. */
const MAX_STROKE_VOLUME_PL = 10000000;

/** A stroke must end before a waiting one would be dropped as stale, in ms. */
const STROKE_BOUND_MS = 2000;

/** Volume that must be countable in strokes without rounding, in pL: 10 L, years of therapy. */
const COUNTED_PL = 10000000000000;

const MS_PER_DAY = 86400000;

/** The first thing wrong with the pump head and its motor, or `undefined`. */
export function headProblem(file: PumpFile): PumpProblem | undefined {
  return revolutionProblem(file) ?? strokeVolumeProblem(file) ?? countingProblem(file) ?? strokeTimeProblem(file);
}

function revolutionProblem({ head }: PumpFile): PumpProblem | undefined {
  if (head.plPerRevolution > MAX_REVOLUTION_PL)
    return {
      keys: [["head", "volumePerRevolution"]],
      message: `${formatVolumePl(head.plPerRevolution)} is too large; the most is ${formatVolumePl(MAX_REVOLUTION_PL)}`,
    };
  const most = Math.floor(MAX_STROKE_PL / head.plPerRevolution);
  if (head.fullStepsPerStroke > most)
    return {
      keys: [["head", "fullStepsPerStroke"]],
      message: `${head.fullStepsPerStroke} is too large for ${formatVolumePl(head.plPerRevolution)} a revolution; the most is ${most}`,
    };
  return undefined;
}

function strokeVolumeProblem({ head }: PumpFile): PumpProblem | undefined {
  const strokePl = (head.plPerRevolution * head.fullStepsPerStroke) / head.fullStepsPerRevolution;
  if (strokePl >= MIN_STROKE_PL && strokePl <= MAX_STROKE_VOLUME_PL) return undefined;
  const steps = `${head.fullStepsPerStroke} of ${head.fullStepsPerRevolution} steps of ${formatVolumePl(head.plPerRevolution)}`;
  const bounds = `${formatVolumePl(MIN_STROKE_PL)} to ${formatVolumePl(MAX_STROKE_VOLUME_PL)}`;
  return {
    keys: [
      ["head", "fullStepsPerStroke"],
      ["head", "volumePerRevolution"],
      ["head", "fullStepsPerRevolution"],
    ],
    message: `one stroke (${steps}) is ${aboutVolume(strokePl)}; it must be ${bounds}`,
  };
}

/** A volume that need not be whole pL, to a thousandth of a nL. */
function aboutVolume(pl: number): string {
  return pl < 1000 ? `${decimalText(Math.round(pl), 3)} nL` : formatVolumePl(Math.round(pl));
}

/** The core counts strokes as fractions of whole pL; a fraction with a large denominator leaves the exact numbers. */
function countingProblem(file: PumpFile): PumpProblem | undefined {
  const { head } = file;
  const stroke = new StrokeVolume(toPumpConfig(file));
  const strokesADay = Math.floor(MS_PER_DAY / toPumpConfig(file).strokeMs);
  const mostPl = Math.max(COUNTED_PL, (strokesADay * stroke.plNumerator) / stroke.plDenominator);
  if (mostPl * stroke.plDenominator <= Number.MAX_SAFE_INTEGER) return undefined;
  const times = Math.floor(head.plPerRevolution / head.fullStepsPerRevolution);
  const nearest = [times, times + 1].map((n) => formatVolumePl(n * head.fullStepsPerRevolution));
  return {
    keys: [
      ["head", "volumePerRevolution"],
      ["head", "fullStepsPerRevolution"],
    ],
    message:
      `${formatVolumePl(head.plPerRevolution)} over ${head.fullStepsPerRevolution} steps cannot be counted exactly over years; ` +
      `the nearest that divide evenly are ${nearest.join(" and ")}`,
  };
}

function strokeTimeProblem(file: PumpFile): PumpProblem | undefined {
  const { head } = file;
  const pulses = head.microsteps * head.fullStepsPerStroke;
  const takesMs = strokeTimeMs(file, pulses);
  if (takesMs < STROKE_BOUND_MS) return undefined;
  let most = pulses - 1;
  while (most > 1 && strokeTimeMs(file, most) >= STROKE_BOUND_MS) most--;
  return {
    keys: [
      ["head", "microsteps"],
      ["head", "fullStepsPerStroke"],
      ["head", "maxMicrostepsPerSecond"],
    ],
    message:
      `one stroke of ${pulses} microsteps takes ${formatDuration(takesMs)} on ${file.board}; ` +
      `it must take less than 2 s: at most ${most} microsteps a stroke`,
  };
}

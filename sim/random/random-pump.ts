import type { PumpConfig } from "../../src/config";
import { StrokeVolume } from "../../src/motion/stroke";
import { highestRateNlPerDay, longestStrokeMs } from "../../src/motion/stroke-time";
import { MS_PER_HOUR, MS_PER_MIN } from "../../src/units";
import type { Random } from "./random";

/** Smallest and largest stroke of a random pump, in nL. */
const LEAST_STROKE_NL = 40;
const MOST_STROKE_NL = 5000;
/** About four times the 24 mL/day of an implanted pump. */
const MOST_THERAPY_NL_PER_DAY = 100000000;
/** The core's own bound of a rate. */
const MOST_RATE_NL_PER_DAY = 1000000000;

/** A pump that could be built: odd volumes per revolution, many motors, small and large reservoirs. */
export function randomPump(random: Random): PumpConfig {
  for (;;) {
    const config = drawPump(random);
    const stroke = new StrokeVolume(config);
    const strokeNl = stroke.volumeRoundedUpNl(1);
    const reachable = Math.min(MOST_RATE_NL_PER_DAY, highestRateNlPerDay(stroke, config.strokeMs));
    if (strokeNl < LEAST_STROKE_NL || strokeNl > MOST_STROKE_NL || config.strokeMs > 2000) continue;
    // Mostly the rates of therapy; sometimes all that the head can do.
    const most = random.chance(85) ? Math.min(MOST_THERAPY_NL_PER_DAY, reachable) : reachable;
    return { ...config, maxRateNlPerDay: random.integer(Math.ceil(most / 50), most) };
  }
}

function drawPump(random: Random): PumpConfig {
  const fullStepsPerRevolution = random.pick([20, 48, 200, 200, 400, 3200, 5181]);
  const fullStepsPerStroke = random.integer(1, 8);
  const microsteps = random.pick([1, 2, 4, 8, 16, 32]);
  const wakeGridMs = random.pick([1, 10]);
  const pulseIntervalMs = random.integer(1, 12);
  const capacityNl = random.pick([20, 40]) * 1000000;
  const lowNl = random.integer(500000, 4000000);
  const windowMs = random.pick([MS_PER_HOUR, 4 * MS_PER_HOUR, 24 * MS_PER_HOUR, 61 * MS_PER_MIN]);
  return {
    plPerRevolution: random.integer(3000000, 250000000),
    fullStepsPerRevolution,
    fullStepsPerStroke,
    microsteps,
    pulseIntervalMs,
    strokeMs: longestStrokeMs(microsteps * fullStepsPerStroke, pulseIntervalMs, wakeGridMs),
    maxRateNlPerDay: 1,
    maxBolusNl: random.integer(100000, 1000000),
    windowMs,
    maxWindowNl: random.integer(5000000, 60000000),
    capacityNl,
    lowNl,
    emptyNl: random.integer(0, lowNl - 1),
  };
}

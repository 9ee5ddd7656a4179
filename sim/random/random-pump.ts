import type { DrugLimits, PumpConfig } from "../../src/config";
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

/** A pump that could be built: odd volumes per revolution, many motors, small and large reservoirs, any library. */
export function randomPump(random: Random): PumpConfig {
  for (;;) {
    const config = drawPump(random);
    const stroke = new StrokeVolume(config);
    const strokeNl = stroke.volumeRoundedUpNl(1);
    const reachable = Math.min(MOST_RATE_NL_PER_DAY, highestRateNlPerDay(stroke, config.strokeMs));
    if (strokeNl < LEAST_STROKE_NL || strokeNl > MOST_STROKE_NL || config.strokeMs > 2000) continue;
    // Mostly the rates of therapy; sometimes all that the head can do.
    const most = random.chance(85) ? Math.min(MOST_THERAPY_NL_PER_DAY, reachable) : reachable;
    const maxRateNlPerDay = random.integer(Math.ceil(most / 50), most);
    return { ...config, maxRateNlPerDay, library: drawLibrary(random, config) };
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
    ...drawService(random),
    library: [],
  };
}

/** What is declared of lives, sensors and dead volume; each may be absent. */
function drawService(random: Random) {
  const serviceLifeDays = random.chance(10) ? random.integer(1, 3) : random.pick([0, 2555]);
  const replacementPerMille = random.chance(70) ? random.integer(50, 300) : 0;
  const batteryLowMv = random.chance(70) ? random.integer(2500, 3300) : 0;
  return {
    tubingNl: random.chance(85) ? random.integer(10, 400) * random.pick([10, 1000]) : 0,
    accuracyPerMille: random.pick([0, 50, 145]),
    tubeLifeStrokes: random.chance(30) ? random.integer(50, 1000) : 0,
    tubeLifeDays: random.chance(30) ? random.integer(1, 5) : 0,
    serviceLifeDays,
    replacementLeadDays: Math.min(serviceLifeDays, random.integer(0, 90)),
    replacementPerMille,
    endOfServicePerMille: Math.floor(replacementPerMille / 3),
    batteryLowMv,
    batteryOutMv: Math.max(0, batteryLowMv - 200),
    motorMaxDeciC: random.chance(70) ? random.integer(450, 700) : 0,
    // The encoder is a plant's: without one, strokes that nothing counts would be a stall.
    countsPerRevolution: 0,
    releaseNl: random.chance(50) ? random.integer(1, 100000) : 0,
    model: random.integer(1, 9999),
    serial: random.integer(1, 999999),
    program: 0,
  };
}

/** Drugs from weak to strong. What their limits leave is about what the pump's own limit leaves: sometimes this binds, sometimes that. */
function drawLibrary(random: Random, config: PumpConfig): DrugLimits[] {
  const dayNl = (config.maxWindowNl * 24 * MS_PER_HOUR) / config.windowMs;
  return Array.from({ length: random.integer(1, 8) }, () => {
    const maxNgPerUl = random.integer(10, 1000) * random.pick([1, 10, 100]);
    const share = random.integer(2, 100) / 100;
    const hardDayNg = limitNg((Math.min(dayNl, 200000000) * share * maxNgPerUl) / 1000);
    const hardBolusNg = limitNg((config.maxBolusNl * random.integer(20, 200) * maxNgPerUl) / 100000);
    const hardHourNg = limitNg((hardDayNg * random.integer(50, 300)) / 2400);
    return {
      minNgPerUl: random.integer(1, Math.ceil(maxNgPerUl / 10)),
      maxNgPerUl,
      softDayNg: random.integer(Math.ceil(hardDayNg / 2), hardDayNg),
      hardDayNg,
      softBolusNg: random.integer(Math.ceil(hardBolusNg / 2), hardBolusNg),
      hardBolusNg,
      softHourNg: random.integer(Math.ceil(hardHourNg / 2), hardHourNg),
      hardHourNg,
    };
  });
}

function limitNg(ng: number): number {
  return Math.max(1, Math.min(100000000000, Math.floor(ng)));
}

import type { PumpConfig } from "../../../src/config";
import { BolusForecast } from "../../../src/delivery/bolus-forecast";
import { BucketRing } from "../../../src/delivery/bucket-ring";
import { DrugWindows } from "../../../src/delivery/drug-windows";
import { RollingWindow } from "../../../src/delivery/rolling-window";
import { StrokeVolume } from "../../../src/motion/stroke";
import type { Prescription } from "../../../src/prescription/prescription";
import { StateRecord } from "../../../src/record/state-record";
import { Mixture } from "../../../src/reservoir/mixture";
import { drugs, prescribed, REFERENCE_PUMP } from "../reference-pump";

const DAY_MS = 86400000;

/** The limit of {@link limited}, in nL. */
export const LIMIT_NL = 5000000;

/** What is known when the forecast is asked; strokes were given at `givenMs` (0), in one bucket. */
interface Known {
  readonly strokes?: number;
  readonly givenMs?: number;
  readonly prescription?: Prescription;
  readonly restNl?: number;
  readonly nowMs?: number;
  readonly timeOfDayMs?: number;
  readonly nextBolusMs?: number;
  readonly config?: PumpConfig;
  readonly ngPerUl?: readonly number[];
  /** What comes out at the tip, while old fluid is in the line. */
  readonly tipNgPerUl?: readonly number[];
  /** What the drugs' windows begin with. */
  readonly ledger?: StateRecord;
}

/** The room that a bolus has at `nowMs`. */
export function look(known: Known): BolusForecast {
  const { strokes = 0, givenMs = 0, restNl = 0, nowMs = 0, timeOfDayMs = -1, nextBolusMs = 2 ** 53 - 1 } = known;
  const { prescription = limited(0), config = REFERENCE_PUMP, ngPerUl = drugs(1000) } = known;
  const stroke = new StrokeVolume(config);
  const window = new RollingWindow();
  window.begin(prescription.windowMs, 0, []);
  window.rollTo(givenMs);
  window.addStrokes(strokes);
  window.rollTo(nowMs);
  const drugWindows = new DrugWindows(config, stroke, known.ledger ?? new StateRecord());
  drugWindows.rollDrugs(givenMs);
  for (let i = 0; i < strokes; i++) drugWindows.addStroke(ngPerUl);
  drugWindows.rollDrugs(nowMs);
  const fluid = new StateRecord();
  ngPerUl.forEach((one, place) => (fluid.drugs[place] = one));
  known.tipNgPerUl?.forEach((one, place) => (fluid.tip[place] = one));
  if (known.tipNgPerUl !== undefined) fluid.oldStrokes = 1000;
  const mixture = new Mixture(fluid);
  const hardWindow = new BucketRing();
  hardWindow.emptyRing(config.windowMs, 0);
  hardWindow.rollRing(givenMs);
  hardWindow.remember(givenMs, strokes);
  hardWindow.rollRing(nowMs);
  const counted = { window, hardWindow, drugs: drugWindows, stroke, mixture };
  const forecast = new BolusForecast(counted, config.maxWindowNl);
  forecast.lookForward({ prescription, timeOfDayMs, nextBolusMs, restNl, lateMs: prescription.scheduledMs }, nowMs);
  return forecast;
}

/** One basal rate all day under the limit. */
export function limited(basalNlPerDay: number): Prescription {
  return prescribed({ basalNlPerDay, windowMs: DAY_MS, windowLimitNl: LIMIT_NL });
}

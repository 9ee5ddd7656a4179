import { Confirm, EventKind } from "../../src/events";
import type { PumpConfig } from "../../src/config";
import { digestOf } from "../../src/prescription/digest";
import {
  ActivePrescription,
  PRESCRIPTION_FIELDS,
  prescriptionNumbers,
  ProgramKind,
} from "../../src/prescription/prescription";
import type { Prescription } from "../../src/prescription/prescription";
import { prescribableWindowNl } from "../../src/prescription/validate";
import { MS_PER_DAY, zeros } from "../../src/units";
import { QuantityError } from "../../config/exact-decimal";
import { formatDuration } from "../../config/duration";
import { formatRate } from "../../config/rate";
import { formatVolume } from "../../config/volume";
import { plainInput } from "../../sim/engines/engine";
import type { Engine } from "../../sim/engines/engine";
import { createNativeEngine } from "../../sim/engines/native";
import { Recorder } from "../../sim/log/recorder";

/** A bolus that the bench orders as a clinician would. */
export interface BenchBolus {
  /** When, in ms since the start. */
  readonly atMs: number;
  readonly volumeNl: number;
  /** Over how long, in ms. */
  readonly overMs: number;
}

/** What a bench's pump is told to do. */
export interface PumpOrder {
  readonly config: PumpConfig;
  /** In mL/h, above 0. */
  readonly rateMlPerH: number;
  /** In order of time; none when left out. */
  readonly boluses?: readonly BenchBolus[] | undefined;
  /** Told of each line of the pump's event log (NDJSON, without the line's end), whose `atMs` counts from the start. */
  readonly onPumpLine?: ((text: string) => void) | undefined;
}

/** A reservoir of the largest size that the core counts, in nL: on the bench the pump draws from a bottle. */
const BOTTLE_NL = 100000000;
/** A dose limit that no bench run meets, in nL a window; the largest that the core takes. */
const NO_LIMIT_NL = 1000000000;
const NO_DOSE_LIMIT_NG = 100000000000;
/** Water as a drug of 1 ng/uL: the core wants to know what is in the reservoir. */
const WATER = {
  minNgPerUl: 1,
  maxNgPerUl: 1,
  softDayNg: NO_DOSE_LIMIT_NG,
  hardDayNg: NO_DOSE_LIMIT_NG,
  softBolusNg: NO_DOSE_LIMIT_NG,
  hardBolusNg: NO_DOSE_LIMIT_NG,
  softHourNg: NO_DOSE_LIMIT_NG,
  hardHourNg: NO_DOSE_LIMIT_NG,
};

/** How long the bottle lasts at a rate, in hours: longer than this a simulated run is of no use, since the pump has stopped. */
export function longestRunHours(rateMlPerH: number): number {
  return BOTTLE_NL / 1e6 / rateMlPerH;
}

/**
 * The strokes of a pump that runs on the bench: the native engine with the wanted rate as its basal, started at 0. The pump is the configuration's
 * own, but draws water from a bottle of 100 mL, has no dose limit but its maximum rate, and no encoder. They follow from the order alone, so
 * that several simulated benches can share one course.
 */
export class StrokeCourse {
  /** Due time of each stroke so far, in ms. */
  private dueMs = new Float64Array(1024);
  private count = 0;
  private readonly engine: Engine;
  private readonly recorder: Recorder;
  private readonly boluses: BenchBolus[];
  private bolusId = 1;

  /** Throws `QuantityError` when this pump cannot give the rate or a bolus. */
  constructor({ config, rateMlPerH, boluses = [], onPumpLine }: PumpOrder) {
    refuseOrder({ config, rateMlPerH, boluses });
    const nlPerDay = nlPerDayOf(rateMlPerH);
    const bench: PumpConfig = {
      ...config,
      capacityNl: BOTTLE_NL,
      lowNl: 0,
      emptyNl: 0,
      maxWindowNl: NO_LIMIT_NL,
      countsPerRevolution: 0,
      library: [WATER],
    };
    const prescription = waterAt(nlPerDay, bench);
    this.boluses = [...boluses].sort((a, b) => a.atMs - b.atMs);
    this.recorder = new Recorder((_line, text) => onPumpLine?.(text));
    const drugs = prescription.concentrationNgPerUl;
    this.engine = createNativeEngine(
      { config: bench, reservoirNl: BOTTLE_NL, drugs },
      {
        stroke: (atMs, strokes) => {
          this.recorder.stroke(atMs, strokes);
          for (let n = 0; n < strokes; n++) this.add(atMs);
        },
        entry: (code, atMs, a, b, c, d) => this.recorder.entry(code, atMs, a, b, c, d),
      },
    );
    const id = digestOf(prescriptionNumbers(prescription));
    this.engine.give(plainInput(EventKind.stage, { prescription }), 0);
    this.engine.give(plainInput(EventKind.confirm, { id, detail: Confirm.softLimits + Confirm.largeChanges }), 0);
    this.engine.give(plainInput(EventKind.start), 0);
  }

  /** Strokes so far. */
  get strokes(): number {
    return this.count;
  }

  /** When a stroke was due, in ms. @param index from 0, below `strokes` */
  dueAt(index: number): number {
    return this.dueMs[index] ?? NaN;
  }

  /** The pump runs on to `elapsedMs`; nothing happens when it is there already. */
  advanceTo(elapsedMs: number): void {
    let next = this.boluses[0];
    while (next !== undefined && next.atMs <= elapsedMs) {
      this.boluses.shift();
      const { atMs, volumeNl, overMs } = next;
      this.engine.give(
        plainInput(EventKind.clinicianBolus, { id: this.bolusId++, count: volumeNl, detail: overMs }),
        Math.max(this.engine.nowMs, atMs),
      );
      next = this.boluses[0];
    }
    const wholeMs = Math.floor(elapsedMs);
    if (wholeMs > this.engine.nowMs) this.engine.runTo(wholeMs);
  }

  /** The pump is switched off; its log gets its last line. */
  close(): void {
    this.engine.close();
    this.recorder.close();
  }

  private add(atMs: number): void {
    if (this.count === this.dueMs.length) {
      const more = new Float64Array(2 * this.count);
      more.set(this.dueMs);
      this.dueMs = more;
    }
    this.dueMs[this.count] = atMs;
    this.count++;
  }
}

function nlPerDayOf(rateMlPerH: number): number {
  return Math.round(rateMlPerH * 24e6);
}

/** Throws `QuantityError` when this pump cannot give the rate or a bolus. */
export function refuseOrder({ config, rateMlPerH, boluses = [] }: PumpOrder): void {
  const { maxRateNlPerDay, maxBolusNl } = config;
  const nlPerDay = nlPerDayOf(rateMlPerH);
  if (!(nlPerDay >= 1)) throw new QuantityError("the rate must be at least 1 nL/day");
  if (nlPerDay > maxRateNlPerDay)
    throw new QuantityError(
      `${formatRate(nlPerDay)} is more than this pump gives; its hard limit is ${formatRate(maxRateNlPerDay)}`,
    );
  for (const { volumeNl, overMs } of boluses) {
    if (volumeNl > maxBolusNl)
      throw new QuantityError(
        `a bolus of ${formatVolume(volumeNl)} is more than this pump gives; its hard limit is ${formatVolume(maxBolusNl)}`,
      );
    const roomNlPerDay = Math.floor(maxRateNlPerDay - (volumeNl * MS_PER_DAY) / overMs);
    if (nlPerDay > roomNlPerDay)
      throw new QuantityError(
        `${formatRate(nlPerDay)} and a bolus of ${formatVolume(volumeNl)} over ${formatDuration(overMs)} together are more than ${formatRate(maxRateNlPerDay)}, the most that this pump gives; ${roomNlPerDay < 1 ? "" : `a rate of at most ${formatRate(roomNlPerDay)} leaves room for it, or `}let the bolus take longer`,
      );
  }
}

/** Water at one rate all day. */
function waterAt(nlPerDay: number, config: PumpConfig): Prescription {
  const water = new ActivePrescription(zeros(PRESCRIPTION_FIELDS));
  water.program = ProgramKind.continuous;
  water.steps = 1;
  water.concentrationNgPerUl[0] = 1;
  water.stepNlPerDay[0] = nlPerDay;
  water.windowMs = config.windowMs;
  water.windowLimitNl = prescribableWindowNl(config, config.windowMs);
  return water;
}

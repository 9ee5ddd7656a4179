import type { PumpConfig } from "../../src/config";
import { MOST_LIBRARY_DRUGS } from "../../src/config";
import type { DrugLimits } from "../../src/config";
import { EventKind, PumpEvent } from "../../src/events";
import { digestOf } from "../../src/prescription/digest";
import { MOST_STEPS, ProgramKind, prescriptionNumbers } from "../../src/prescription/prescription";
import type { Prescription } from "../../src/prescription/prescription";
import { Pump } from "../../src/pump";
import { StateRecord } from "../../src/record/state-record";
import type { EngineInput } from "../../sim/engines/engine";

/** A drug whose limits are never met. */
export const BOUNDLESS_DRUG: DrugLimits = {
  minNgPerUl: 1,
  maxNgPerUl: 1000000,
  softDayNg: 100000000000,
  hardDayNg: 100000000000,
  softBolusNg: 100000000000,
  hardBolusNg: 100000000000,
  softHourNg: 100000000000,
  hardHourNg: 100000000000,
};

/**
 * A 20 mL pump with strokes of 300 nL, in the core's integers. Its library has three drugs without limits worth the name, its parts no bound
 * of life and no sensors: a test that is about one of these declares it.
 */
export const REFERENCE_PUMP: PumpConfig = {
  plPerRevolution: 60000000,
  fullStepsPerRevolution: 200,
  fullStepsPerStroke: 1,
  microsteps: 16,
  pulseIntervalMs: 2,
  strokeMs: 235,
  maxRateNlPerDay: 24000000,
  maxBolusNl: 1000000,
  windowMs: 86400000,
  maxWindowNl: 12000000,
  capacityNl: 20000000,
  lowNl: 2000000,
  emptyNl: 1000000,
  tubingNl: 200000,
  accuracyPerMille: 145,
  tubeLifeStrokes: 0,
  tubeLifeDays: 0,
  serviceLifeDays: 0,
  replacementLeadDays: 0,
  replacementPerMille: 0,
  endOfServicePerMille: 0,
  batteryLowMv: 0,
  batteryOutMv: 0,
  motorMaxDeciC: 0,
  countsPerRevolution: 0,
  releaseNl: 0,
  model: 20,
  serial: 1001,
  program: 0,
  library: [BOUNDLESS_DRUG, BOUNDLESS_DRUG, BOUNDLESS_DRUG],
};

/** A number for each place of the library. */
export function drugs(...ngPerUl: number[]): number[] {
  return Array.from({ length: MOST_LIBRARY_DRUGS }, (_, place) => ngPerUl[place] ?? 0);
}

/** A number for each step of a day. */
export function steps(...numbers: number[]): number[] {
  return Array.from({ length: MOST_STEPS }, (_, step) => numbers[step] ?? 0);
}

/** 1 mL/day of 1 mg/mL, and 30 uL over 10 min every 2 h, four times in 24 h, at most 6 mL in 24 h. */
export const REFERENCE_PRESCRIPTION: Prescription = {
  program: ProgramKind.continuous,
  primaryDrug: 0,
  concentrationNgPerUl: drugs(1000),
  steps: 1,
  stepStartMs: steps(),
  stepNlPerDay: steps(1000000),
  scheduledNl: 0,
  scheduledMs: 0,
  scheduledEveryMs: 0,
  scheduledCount: 0,
  endsAfterMs: 0,
  bolusNl: 30000,
  bolusMs: 600000,
  lockoutMs: 7200000,
  mostPer24h: 4,
  hoursFromMs: 0,
  hoursToMs: 0,
  minimumNlPerDay: 0,
  windowMs: 86400000,
  windowLimitNl: 6000000,
  catheterNl: 150000,
  lowNl: 2000000,
  refillDays: 0,
  bridge: 0,
};

/** The reference prescription with other values; `basalNlPerDay` is one rate all day. */
export function prescribed(changes: Partial<Prescription> & { basalNlPerDay?: number } = {}): Prescription {
  const { basalNlPerDay, ...others } = changes;
  const basal = basalNlPerDay === undefined ? {} : { stepNlPerDay: steps(basalNlPerDay) };
  return { ...REFERENCE_PRESCRIPTION, ...basal, ...others };
}

/** A day of steps, each from a time of day in ms at a rate in nL/day. */
export function flexDay(...day: [startMs: number, nlPerDay: number][]): Partial<Prescription> {
  return {
    program: ProgramKind.flex,
    steps: day.length,
    stepStartMs: steps(...day.map(([startMs]) => startMs)),
    stepNlPerDay: steps(...day.map(([, nlPerDay]) => nlPerDay)),
  };
}

/** The digest with which a prescription is confirmed. */
export function digestOfPrescription(prescription: Prescription): number {
  return digestOf(prescriptionNumbers(prescription));
}

/** One event as a shell would fill it. */
export function event(kind: EventKind, numbers: Partial<EngineInput> = {}): PumpEvent {
  const made = new PumpEvent();
  made.kind = kind;
  made.id = numbers.id ?? 0;
  made.count = numbers.count ?? 0;
  made.detail = numbers.detail ?? 0;
  made.commandId = numbers.commandId ?? 0;
  if (numbers.values !== undefined) made.values = [...numbers.values];
  return made;
}

/** The two inputs by which a prescription comes into force, whatever it changes. */
export function program(prescription: Prescription): EngineInput[] {
  const plain = { id: 0, count: 0, detail: 0 };
  return [
    { ...plain, kind: EventKind.stage, prescription },
    { ...plain, kind: EventKind.confirm, id: digestOfPrescription(prescription), detail: 3 },
  ];
}

/** A pump that was never used, with `reservoirNl` of the reference prescription's fluid, or of another, in its reservoir. */
export function newPump(
  config: PumpConfig,
  reservoirNl: number,
  ngPerUl: readonly number[] = REFERENCE_PRESCRIPTION.concentrationNgPerUl,
): Pump {
  const restored = new StateRecord();
  restored.filledNl = reservoirNl;
  ngPerUl.forEach((concentration, place) => (restored.drugs[place] = concentration));
  return new Pump(config, restored);
}

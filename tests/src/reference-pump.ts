import type { PumpConfig } from "../../src/config";
import { EventKind, PumpEvent } from "../../src/events";
import type { Prescription } from "../../src/prescription/prescription";
import { writePrescription } from "../../src/prescription/prescription";
import { Pump } from "../../src/pump";
import { StateRecord } from "../../src/record/store";

/** A 20 mL pump with strokes of 300 nL, in the core's integers. */
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
};

/** 1 mL/day, and 30 uL over 10 min every 2 h, four times in 24 h, at most 6 mL in 24 h. */
export const REFERENCE_PRESCRIPTION: Prescription = {
  basalNlPerDay: 1000000,
  bolusNl: 30000,
  bolusMs: 600000,
  lockoutMs: 7200000,
  mostPer24h: 4,
  windowMs: 86400000,
  windowLimitNl: 6000000,
};

/** One event as a shell would fill it. */
export function event(kind: EventKind, fields: { id?: number; count?: number; detail?: number } = {}): PumpEvent {
  const made = new PumpEvent();
  made.kind = kind;
  made.id = fields.id ?? 0;
  made.count = fields.count ?? 0;
  made.detail = fields.detail ?? 0;
  return made;
}

/** The event that confirms a prescription. */
export function program(prescription: Prescription): PumpEvent {
  const made = event(EventKind.program);
  writePrescription(prescription, made.prescription);
  return made;
}

/** A pump that was never used, with `reservoirNl` in its reservoir. */
export function newPump(config: PumpConfig, reservoirNl: number): Pump {
  const restored = new StateRecord();
  restored.filledNl = reservoirNl;
  return new Pump(config, restored);
}

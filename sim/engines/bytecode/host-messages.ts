import type { PumpConfig } from "../../../src/config";
import { PRESCRIPTION_FIELDS, writePrescription } from "../../../src/prescription/prescription";
import type { StateRecord } from "../../../src/record/store";
import { CONFIGURE, RECORD_BYTES, RECORD_TIME } from "../../../src/simulation/host-protocol";
import type { EngineInput } from "../engine";

/** One record of a message from the program: see `src/simulation/host-protocol`. */
export interface HostRecord {
  readonly code: number;
  /** Core time in ms. */
  readonly atMs: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
}

/** The records of a message, in order; what is left over at its end is no record. */
export function* recordsOf(data: DataView): Generator<HostRecord> {
  for (let at = 0; at + RECORD_BYTES <= data.byteLength; at += RECORD_BYTES) {
    const field = (index: number): number => data.getFloat64(at + RECORD_TIME + 8 * index, true);
    yield { code: data.getUint32(at, true), atMs: field(0), a: field(1), b: field(2), c: field(3), d: field(4) };
  }
}

/** The packet that configures the program's pump. */
export function configurePacket(config: PumpConfig, restored: StateRecord): Uint8Array {
  return doubles([
    CONFIGURE,
    config.plPerRevolution,
    config.fullStepsPerRevolution,
    config.fullStepsPerStroke,
    config.microsteps,
    config.pulseIntervalMs,
    config.strokeMs,
    config.maxRateNlPerDay,
    config.maxBolusNl,
    config.windowMs,
    config.maxWindowNl,
    config.capacityNl,
    config.lowNl,
    config.emptyNl,
    restored.sequence,
    restored.coreMs,
    restored.totalStrokes,
    restored.filledNl,
    restored.drawnStrokes,
  ]);
}

/** The packet that hands the program an input, under its time in ms of core time. */
export function eventPacket(input: EngineInput, atMs: number): Uint8Array {
  const fields = [input.kind, atMs, input.id, input.count];
  if (input.prescription !== undefined) {
    const numbers = new Array<number>(PRESCRIPTION_FIELDS).fill(0);
    writePrescription(input.prescription, numbers);
    fields.push(...numbers);
  }
  return doubles(fields);
}

function doubles(values: readonly number[]): Uint8Array {
  return new Uint8Array(Float64Array.from(values).buffer);
}

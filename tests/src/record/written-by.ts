import type { Pump } from "../../../src/pump";
import { writeRecord } from "../../../src/record/keep-record";
import { newPump, REFERENCE_PUMP } from "../reference-pump";
import { Fram } from "./fram";

/** The memory of an unused pump that wrote one record, when `change` has changed what stands in it. */
export function writtenBy(change: (pump: Pump) => void): number[] {
  const pump = newPump(REFERENCE_PUMP, 20000000);
  const fram = new Fram();
  pump.record.sequence = 1;
  change(pump);
  writeRecord(pump, fram);
  return fram.imageAfter(Infinity);
}

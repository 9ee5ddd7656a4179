import type { PumpConfig } from "../../../src/config";
import { LEDGER_WORDS } from "../../../src/record/memory-map";
import { recover } from "../../../src/record/recover";
import { StateRecord } from "../../../src/record/state-record";
import { REFERENCE_PUMP } from "../reference-pump";

/** What a start finds in the memory `image` of a pump. */
export function found(image: readonly number[], config: PumpConfig = REFERENCE_PUMP): StateRecord {
  const record = new StateRecord();
  recover(image.slice(0, LEDGER_WORDS), config, record);
  return record;
}

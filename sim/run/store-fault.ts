import { LEDGER_WORDS } from "../../src/record/memory-map";
import type { SimulatedMemory } from "../engines/simulated-memory";
import { Random } from "../random/random";
import type { PlannedFault } from "../scenario/scenario";

const BITS_PER_WORD = 32;

/** What happens to the memory of a pump without power. */
export type StoreFault = Extract<PlannedFault, { fault: "eraseStore" | "corruptStore" }>;

/** Does to the memory what the fault says: all of it blank, or bits of the ledger the other way round. */
export function spoil(memory: SimulatedMemory, fault: StoreFault): void {
  if (fault.fault === "eraseStore") {
    memory.erase();
    return;
  }
  const random = new Random(fault.seed);
  const bytes = memory.contents();
  for (let n = 0; n < fault.bits; n++) {
    const bit = random.integer(0, LEDGER_WORDS * BITS_PER_WORD - 1);
    bytes[bit >>> 3] = (bytes[bit >>> 3] ?? 0) ^ (1 << (bit & 7));
  }
  memory.load(bytes);
}

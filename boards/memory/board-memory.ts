import type { PumpConfig } from "../../src/config";
import type { Pump } from "../../src/pump";
import type { StateRecord } from "../../src/record/state-record";
import type { Store } from "../../src/record/store";
import type { FoundMemory } from "../recovered-pump";
import type { MemoryReader } from "../service/log-source";
import type { CoreClock, Shell } from "../shell";

/** What a board keeps its ledger in, and what it found there at the start. */
export interface BoardMemory extends FoundMemory {
  readonly store: Store;
  /** Reads the journal out; null: there is none. */
  readonly reader: MemoryReader | null;
  /** The record that a pump with a blank memory begins with. */
  restored: StateRecord;
  /** Finds what was kept, into `words` and `restored`. False: the memory that is declared does not answer, or is another. */
  open(config: PumpConfig): Promise<boolean>;
  /** The pump is there: starts what the store has to do. */
  begin(pump: Pump, clock: CoreClock, shell: Shell): void;
}

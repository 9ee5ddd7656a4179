import { StateRecord } from "../../src/record/state-record";
import { VolatileStore } from "../../src/record/volatile-store";
import type { MemoryReader } from "../service/log-source";
import type { BoardMemory } from "./board-memory";

/** No memory is declared: every start is a blank one, for a dry run and nothing else. */
export class NoMemory implements BoardMemory {
  readonly store = new VolatileStore(null, 0);
  readonly reader: MemoryReader = null;
  words: number[] = [];
  restored = new StateRecord();

  async open(): Promise<boolean> {
    return true;
  }

  begin(): void {
    return;
  }
}

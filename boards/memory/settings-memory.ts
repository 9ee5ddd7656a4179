import type { PumpConfig } from "../../src/config";
import type { Pump } from "../../src/pump";
import type { StateRecord } from "../../src/record/state-record";
import type { MemoryReader } from "../service/log-source";
import { SettingsStore } from "../settings-store";
import type { CoreClock } from "../shell";
import type { BoardMemory } from "./board-memory";

/** The runtime's settings keep a count, for dry run and teaching; therapy needs an FRAM. */
export class SettingsMemory implements BoardMemory {
  readonly store = new SettingsStore();
  readonly reader: MemoryReader = null;
  words: number[] = [];
  restored: StateRecord = null;

  async open(config: PumpConfig): Promise<boolean> {
    this.restored = await this.store.restore(config);
    return true;
  }

  begin(pump: Pump, clock: CoreClock): void {
    this.store.run.start(pump, clock);
  }
}

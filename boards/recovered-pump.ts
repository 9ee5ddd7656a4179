import * as ds from "@devicescript/core";
import type { PumpConfig } from "../src/config";
import { Pump } from "../src/pump";
import { PUMP_WORDS } from "../src/record/memory-map";
import { Recovery } from "../src/record/recover";
import type { StateRecord } from "../src/record/state-record";

/** What a memory was found to hold. Whoever has read it keeps no other reference to its words: beside a pump there is no room for all of them. */
export interface FoundMemory {
  /** Words from 0 on, LEDGER_WORDS of them; empty: there is no memory. */
  words: number[];
}

/**
 * The pump that goes on behind what its memory holds; a blank memory gives the pump of `restored`. Its words are gone from `found` then.
 * @param restMs pause between two parts of the work, in ms: each begins a new slice of the runtime. 0: at the same instant
 */
export async function recoveredPump(
  config: PumpConfig,
  restored: StateRecord,
  found: FoundMemory,
  restMs: number,
): Promise<Pump> {
  let recovery = new Recovery(found.words, config, restored);
  while (!recovery.isDone) {
    recovery.step();
    await ds.sleep(restMs);
  }
  recovery = null;
  found.words = found.words.slice(0, PUMP_WORDS);
  const pump = new Pump(config, restored, found.words, true);
  found.words = null;
  await ds.sleep(restMs);
  pump.goOn(restored);
  await ds.sleep(restMs);
  return pump;
}

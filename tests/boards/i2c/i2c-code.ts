import type { Store } from "../../../src/record/store";
import type { Inbox } from "../../../src/inbox";
import type { WallClock } from "../../../src/clock";
import "../device-buffer";

/*
 * The board's code for chips on its I2C bus, loaded by path as in `board-code`: its sources are written against the device's own types.
 */

/** Core time, for a store. */
interface Clock {
  nowMs(): number;
}

export interface FramStore extends Store {
  clock: Clock;
  shell: { wake(): void };
  isThere(): boolean;
  run(): Promise<void>;
  read(place: number, count: number, words: number[]): Promise<boolean>;
}

export interface ClockChip {
  begin(): boolean;
  beforeSleep(wakeMs: number): void;
}

interface I2cCode {
  FramStore: new (address: number, bytes: number) => FramStore;
  MOST_WAITING_BYTES: number;
  ClockChip: new (pump: { clock: WallClock; nowMs: number }, inbox: Inbox, clock: Clock) => ClockChip;
  writeRegisters(registers: Uint8Array, place: number, wallMs: number): boolean;
  readRegisters(registers: Uint8Array): number;
}

const MODULES = ["memory/fram-store", "clock/clock-chip", "clock/calendar-registers"];

async function load(): Promise<I2cCode> {
  const loaded: unknown[] = [];
  for (const name of MODULES) loaded.push(await import(/* @vite-ignore */ `../../../boards/${name}`));
  return Object.assign({}, ...loaded) as I2cCode;
}

/** The code of `boards/` for I2C chips, running on the fake board. */
export const i2cCode = await load();

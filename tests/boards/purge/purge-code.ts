import type { PumpConfig } from "../../../src/config";
import type { StateRecord } from "../../../src/record/state-record";
import type { Store } from "../../../src/record/store";
import type { FakePin } from "../fake-devicescript";
import "../i2c/i2c-code";

/*
 * The purge's code, loaded by path as in `board-code`: its sources are written against the device's own types.
 */

export interface ToneServer {
  readonly isBound: boolean;
  playTone(periodUs: number, dutyUs: number, durationMs: number): Promise<void>;
}

export interface DeadMansSwitch {
  isHeld(): boolean;
}

export interface TonePins {
  readonly enable: FakePin;
  readonly dir: FakePin;
  readonly heartbeat: FakePin;
}

export interface ToneStepper {
  readonly isBroken: boolean;
  readonly isOn: boolean;
  readonly leastPulses: number;
  burst(durationMs: number): Promise<number>;
  rest(): Promise<void>;
}

export interface BoardMemory {
  readonly store: Store;
  words: number[];
  restored: StateRecord;
  open(config: PumpConfig): Promise<boolean>;
  begin(): void;
}

export interface PurgeLedger {
  readonly isKept: boolean;
  readonly problem: number;
}

interface PurgeCode {
  ToneStepper: new (pins: TonePins, server: ToneServer, hand: DeadMansSwitch, periodUs: number) => ToneStepper;
  mostPulses(forMs: number, periodUs: number): number;
  longestBurstMs(pulses: number, periodUs: number): number;
  LONGEST_BURST_MS: number;
  TURN_MS: number;
  PurgeLedger: new (memory: BoardMemory, pulsesPerStroke: number) => PurgeLedger;
  PurgeButton: new (pin: FakePin) => DeadMansSwitch;
  Purge: new (
    config: PumpConfig,
    stepper: ToneStepper,
    server: ToneServer,
    hand: DeadMansSwitch,
    ledger: PurgeLedger,
    signs: { readonly light: FakePin; readonly kick: FakePin | null },
    volumeNl: number,
  ) => { run(): Promise<void> };
  FramStore: new (address: number, bytes: number) => BoardMemory & { run(): Promise<void> };
  NoMemory: new () => BoardMemory;
}

const MODULES = ["purge/tone-stepper", "purge/purge-ledger", "purge/purge", "memory/fram-store", "memory/no-memory"];

async function load(): Promise<PurgeCode> {
  const loaded: unknown[] = [];
  for (const name of MODULES) loaded.push(await import(/* @vite-ignore */ `../../../boards/${name}`));
  return Object.assign({}, ...loaded) as PurgeCode;
}

/** The code of `boards/purge/`, running on the fake board. */
export const purgeCode = await load();

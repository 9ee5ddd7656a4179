import type { PumpConfig } from "../../src/config";
import type { EventKind } from "../../src/events";
import type { Prescription } from "../../src/prescription/prescription";
import { STATE_LISTS, StateRecord } from "../../src/record/state-record";
import { STORE_WRITE_MS } from "../../src/motion/stroke-time";
import { PLANNED_RESTART_MS } from "../../src/start-up";
import type { SimulatedMemory } from "./simulated-memory";

/** From power on, or from a restart, to the pump's first wake, in ms: what the wall clock is put forward by, so that it stays right. */
export const BOOT_MS = PLANNED_RESTART_MS - STORE_WRITE_MS;

/** Code of the entry that tells of a loss of power. No pump says so: the engine does, with JournalCode's own numbers left free for it. */
export const POWER_CUT = 28;

/**
 * Where an engine tells what passed the pump's ports, in order. Both engines tell the same, in the same order. `atMs` is plant time, in ms
 * since the engine began; times among the numbers of an entry are the pump's own: core time, which stands still without power.
 */
export interface PortSink {
  /** The step driver was given `strokes` strokes that were due at `atMs`. */
  stroke(atMs: number, strokes: number): void;
  /**
   * A journal entry, an input as it was handed over, or a command as it reached its port: see `src/record/journal`; or the loss of power
   * ({@link POWER_CUT}).
   */
  entry(code: number, atMs: number, a: number, b: number, c: number, d: number): void;
}

/** What an engine needs before the pump exists. */
export interface BootState {
  readonly config: PumpConfig;
  /** What the reservoir of a pump with a blank store holds, in nL; 0 to capacity. */
  readonly reservoirNl: number;
  /** Concentration of each drug of the library in it, in ng/µL; left out: no drug is in it. */
  readonly drugs?: readonly number[] | undefined;
  /** When they expire, in days since 2000-01-01; 0 or left out: no date is known. */
  readonly expiryDay?: number | undefined;
  /** What else a pump with a blank memory begins with, its `sequence` 0; left out: it was never used. */
  readonly restored?: Readonly<StateRecord>;
  /** The memory that it keeps its ledger in; left out: a blank one of its own. */
  readonly memory?: SimulatedMemory | undefined;
}

/** The record that the pump of `boot` starts from while its memory is blank: a new one at each call. */
export function recordAtBoot(boot: BootState): StateRecord {
  const { restored, reservoirNl, drugs = [], expiryDay = 0 } = boot;
  const record = new StateRecord();
  const {
    stallsLeaveMs,
    restartsMs,
    drugs: held,
    tip,
    tipBefore,
    ...numbers
  } = restored ?? { ...record, filledNl: reservoirNl, drugs, expiryDay };
  Object.assign(record, numbers);
  const lists = { stallsLeaveMs, restartsMs, drugs: held, tip, tipBefore };
  for (const name of STATE_LISTS) record[name].splice(0, lists[name].length, ...lists[name]);
  return record;
}

/** Something that happens outside the pump. */
export interface EngineInput {
  readonly kind: EventKind;
  /** Request id, or digest, by kind; 0 otherwise. */
  readonly id: number;
  /** A number by kind; 0 otherwise. */
  readonly count: number;
  /** Another. */
  readonly detail: number;
  /** Number of the command; left out: it has none. */
  readonly commandId?: number | undefined;
  /** Only with `refill`: the concentration of each drug of the library, in ng/µL. */
  readonly values?: readonly number[] | undefined;
  /** Only with `stage`. */
  readonly prescription?: Prescription | undefined;
}

/** An input with nothing but the numbers that are given. */
export function plainInput(kind: EventKind, numbers: Partial<EngineInput> = {}): EngineInput {
  return { kind, id: 0, count: 0, detail: 0, ...numbers };
}

/** A simulated pump under virtual time. All times are plant time, which begins at 0 with the pump's first wake and passes only in calls. */
export interface Engine {
  readonly name: "native" | "bytecode";
  /** Plant time that has been reached, in ms. */
  readonly nowMs: number;
  /** It has power. From then on it takes BOOT_MS until the pump is ready. */
  readonly isOn: boolean;
  /** What the pump keeps its ledger in; it outlives the engine. */
  readonly memory: SimulatedMemory;
  /**
   * Serves all deadlines up to and including `limitMs`, then stands at `limitMs`; or stands earlier, at the instant of the entry in
   * which the sink called `pause`, or of the write at which the power failed. What the pump would have done after that has not happened.
   */
  runTo(limitMs: number): void;
  /** Asks the running `runTo` to stand still after the current wake. For the sink. */
  pause(): void;
  /**
   * An input arrives at `atMs`, not before `nowMs`. Runs there first. It is served at once, after the deadlines of that instant; on a
   * grid at the next wake, under its own time. While the pump has no power, or is not ready yet, nobody hears it and it is lost.
   */
  give(input: EngineInput, atMs: number): void;
  /**
   * Serves all that is due up to `atMs`, not before `nowMs`, and then nothing until `untilMs`: what falls due in between finds the
   * controller asleep, and it wakes then.
   */
  oversleep(atMs: number, untilMs: number): void;
  /** Serves what is due up to `atMs`, not before `nowMs`; then the power is gone, and the sink is told. Nothing happens when it is gone already. */
  cutPower(atMs: number): void;
  /** The power is back at `atMs`, not before `nowMs`: the program starts and reads its memory. Nothing happens when it never went. */
  powerOn(atMs: number): void;
  /** Frees what the engine holds. */
  close(): void;
}

/** Makes the engine that a run is wanted on. */
export type EngineOf = (boot: BootState, sink: PortSink) => Engine;

/** The simulated pump itself failed: the program panicked, hung or broke the protocol. Never the scenario's fault. */
export class EngineFailure extends Error {}

import type { PumpConfig } from "../../src/config";
import type { EventKind } from "../../src/events";
import { StateRecord } from "../../src/record/store";
import type { Prescription } from "../../src/prescription/prescription";

/** Where an engine tells what passed the pump's ports, in order of core time. Both engines tell the same, in the same order. */
export interface PortSink {
  /** The step driver was given `strokes` strokes that were due at `atMs` (ms of core time). */
  stroke(atMs: number, strokes: number): void;
  /** A journal entry, an input as it was handed over, or a command as it reached its port: see `src/record/journal`. */
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
  /** What the store gives back; left out: it is blank, and core time begins at 0. */
  readonly restored?: Readonly<StateRecord>;
}

/** The record that the pump of `boot` starts from. */
export function recordAtBoot(boot: BootState): StateRecord {
  const { restored, reservoirNl, drugs = [], expiryDay = 0 } = boot;
  return copyOfRecord({ ...new StateRecord(), filledNl: reservoirNl, drugs: [...drugs], expiryDay, ...restored });
}

/** A record of its own with the numbers of another; concentrations that it lacks are 0. */
export function copyOfRecord(record: Readonly<StateRecord>): StateRecord {
  const copy = new StateRecord();
  const { drugs, ...rest } = record;
  Object.assign(copy, rest);
  drugs.forEach((ngPerUl, place) => (copy.drugs[place] = ngPerUl));
  return copy;
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
  /** Only with `refill`: the concentration of each drug of the library, in ng/µL. */
  readonly values?: readonly number[] | undefined;
  /** Only with `stage`. */
  readonly prescription?: Prescription | undefined;
}

/** An input with nothing but the numbers that are given. */
export function plainInput(kind: EventKind, numbers: Partial<EngineInput> = {}): EngineInput {
  return { kind, id: 0, count: 0, detail: 0, ...numbers };
}

/**
 * A simulated pump under virtual time, ready at core time 0, or at that of the record it was booted from. Time passes only in `runTo` and `give`.
 */
export interface Engine {
  readonly name: "native" | "bytecode";
  /** Core time that has been reached, in ms. */
  readonly nowMs: number;
  /** The last record that the simulated store was given; `undefined`: none. A pump can be booted from it. */
  readonly stored: Readonly<StateRecord> | undefined;
  /**
   * Serves all deadlines up to and including `limitMs`, then stands at `limitMs`; or stands earlier, at the instant of the entry in
   * which the sink called `pause`.
   */
  runTo(limitMs: number): void;
  /** Asks the running `runTo` to stand still after the current wake. For the sink. */
  pause(): void;
  /**
   * An input arrives at `atMs`, not before `nowMs`. Runs there first. It is served at once, after the deadlines of that instant; on a
   * grid at the next wake, under its own time.
   */
  give(input: EngineInput, atMs: number): void;
  /**
   * Serves all that is due up to `atMs`, not before `nowMs`, and then nothing until `untilMs`: what falls due in between finds the
   * controller asleep, and it wakes then.
   */
  oversleep(atMs: number, untilMs: number): void;
  /** Frees what the engine holds. */
  close(): void;
}

/** Makes the engine that a run is wanted on. */
export type EngineOf = (boot: BootState, sink: PortSink) => Engine;

/** The simulated pump itself failed: the program panicked, hung or broke the protocol. Never the scenario's fault. */
export class EngineFailure extends Error {}

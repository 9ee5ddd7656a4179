import type { PumpConfig } from "../../src/config";
import type { StateRecord } from "../../src/record/state-record";
import type { EngineInput } from "./engine";

/** What a program finds when it starts. */
export interface ProgramStart {
  readonly config: PumpConfig;
  /** The record that a pump with a blank memory begins with. */
  readonly record: StateRecord;
  /** The words of the memory that hold the ledger; empty: it is blank. */
  readonly image: readonly number[];
  /** Words that the whole memory has. */
  readonly capacityWords: number;
}

/** Where a running program tells what passes its ports, in order. Times are the program's own: core time in ms. */
export interface ProgramPorts {
  /** The pump is ready; nothing comes before. */
  ready(coreMs: number): void;
  /** The step driver was given strokes that were due then. */
  stroke(coreMs: number, strokes: number): void;
  /** A journal entry, an input or a command. */
  entry(code: number, coreMs: number, a: number, b: number, c: number, d: number): void;
  /** The first `count` of `words` were written from word `place` on. */
  memory(place: number, words: readonly number[], count: number): void;
  /** Reads `count` words from word `place` on; `undefined`: the memory does not answer. */
  read(place: number, count: number): readonly number[] | undefined;
}

/** One life of the pump's program, from a start to the loss of power or to the next start. Times are core time in ms. */
export interface Program {
  /** The wake that it asks for; NEVER_MS: none. */
  readonly nextMs: number;
  /** Lets it work at `nowMs` until it sleeps again. */
  wake(nowMs: number): void;
  /** An input that arrived at `atMs` waits for the wake that follows at `nowMs`. */
  hand(input: EngineInput, atMs: number, nowMs: number): void;
}

/** Starts a program and lets it work until it sleeps for the first time. */
export type StartProgram = (start: ProgramStart, ports: ProgramPorts) => Program;

import { MoveResult } from "../../src/motion/step-driver";
import type { StepDriver } from "../../src/motion/step-driver";
import { STORE_WRITE_MS } from "../../src/motion/stroke-time";
import type { Journal } from "../../src/record/journal";
import type { StateRecord, Store } from "../../src/record/store";
import type { Annunciator } from "../../src/safety/annunciator";
import { NEVER_MS } from "../../src/units";
import type { PortSink } from "./engine";

/**
 * The ideal motor below the step driver's contract: every stroke is made, one after the other, takes the longest time
 * that the pump's configuration allows, and is told to the sink. `boards/simulated` has the same one in the device dialect.
 */
export class NativeStepDriver implements StepDriver {
  doneMs = NEVER_MS;
  doneStrokes = 1;
  doneResult = MoveResult.made;
  private waiting = 0;

  constructor(
    private readonly strokeMs: number,
    private readonly sink: PortSink,
  ) {}

  move(strokes: number, dueMs: number): void {
    if (this.waiting === 0) this.doneMs = dueMs + this.strokeMs;
    this.waiting += strokes;
    this.sink.stroke(dueMs, strokes);
  }

  off(atOnce: boolean, nowMs: number): void {
    if (this.waiting === 0) return;
    if (atOnce || this.waiting > 1) {
      this.doneStrokes = this.waiting;
      this.doneResult = MoveResult.cancelled;
      this.waiting = 1;
    }
    if (atOnce) this.doneMs = nowMs;
  }

  takeReport(): void {
    this.waiting--;
    this.doneMs = this.waiting === 0 ? NEVER_MS : this.doneMs + this.strokeMs;
    this.doneStrokes = 1;
    this.doneResult = MoveResult.made;
  }
}

/** A store that keeps the last record and reports after the longest time of a write. */
export class NativeStore implements Store {
  doneMs = NEVER_MS;
  doneSequence = 0;
  /** The last record that was written. */
  kept: StateRecord | undefined;

  write(record: StateRecord, nowMs: number): void {
    this.kept = { ...record };
    this.doneSequence = record.sequence;
    this.doneMs = nowMs + STORE_WRITE_MS;
  }

  takeReport(): void {
    this.doneMs = NEVER_MS;
  }
}

/** Shows nothing: what reached it stands in the log already. */
export const SILENT_ANNUNCIATOR: Annunciator = {
  show(): void {
    // Nothing to light or sound.
  },
};

/** The journal that hands every entry to the sink. */
export function journalInto(sink: PortSink): Journal {
  return {
    enter(code, atMs, a, b, c, d): void {
      sink.entry(code, atMs, a, b, c, d);
    },
  };
}

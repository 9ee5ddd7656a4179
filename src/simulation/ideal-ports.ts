import { MoveResult } from "../motion/step-driver";
import type { StepDriver } from "../motion/step-driver";
import { STORE_WRITE_MS } from "../motion/stroke-time";
import type { Journal } from "../record/journal";
import type { StateRecord, Store } from "../record/store";
import type { Annunciator } from "../safety/annunciator";
import { NEVER_MS } from "../units";

/** Is told what passes the ports of a simulated pump, in order. */
export interface PortWitness {
  /** The step driver was given `strokes` strokes that were due at `atMs`. */
  stroke(atMs: number, strokes: number): void;
  /** The store was given `record`, which is valid during the call. */
  record(record: StateRecord): void;
  /** The journal was given an entry. */
  entry(code: number, atMs: number, a: number, b: number, c: number, d: number): void;
}

/**
 * The ideal motor below the step driver's contract: every stroke is made, one after the other, and takes the longest time that the pump's
 * configuration allows.
 */
export class IdealStepDriver implements StepDriver {
  doneMs = NEVER_MS;
  doneStrokes = 1;
  doneResult = MoveResult.made;
  /** Strokes ordered and not reported. */
  private strokes = 0;

  constructor(
    private readonly strokeMs: number,
    private readonly witness: PortWitness,
  ) {}

  move(strokes: number, dueMs: number): void {
    if (this.strokes === 0) this.doneMs = dueMs + this.strokeMs;
    this.strokes += strokes;
    this.witness.stroke(dueMs, strokes);
  }

  off(atOnce: boolean, nowMs: number): void {
    const strokes = this.strokes;
    if (strokes === 0) return;
    let isGivenUp = atOnce;
    if (strokes > 1) isGivenUp = true;
    if (isGivenUp) {
      this.doneStrokes = strokes;
      this.doneResult = MoveResult.cancelled;
      this.strokes = 1;
    }
    if (atOnce) this.doneMs = nowMs;
  }

  takeReport(): void {
    this.strokes--;
    this.doneMs = this.strokes === 0 ? NEVER_MS : this.doneMs + this.strokeMs;
    this.doneStrokes = 1;
    this.doneResult = MoveResult.made;
  }
}

/** A store that hands every record to the witness and reports it after the longest time of a write. */
export class IdealStore implements Store {
  doneMs = NEVER_MS;
  doneSequence = 0;

  constructor(private readonly witness: PortWitness) {}

  write(record: StateRecord, nowMs: number): void {
    this.witness.record(record);
    this.doneSequence = record.sequence;
    this.doneMs = nowMs + STORE_WRITE_MS;
  }

  takeReport(): void {
    this.doneMs = NEVER_MS;
  }
}

/** Lights and sounds nothing: what it was to show stands in the journal. */
export class SilentAnnunciator implements Annunciator {
  show(): void {
    return;
  }
}

/** Hands every entry to the witness. */
export class WitnessedJournal implements Journal {
  constructor(private readonly witness: PortWitness) {}

  enter(code: number, atMs: number, a: number, b: number, c: number, d: number): void {
    this.witness.entry(code, atMs, a, b, c, d);
  }
}

import { MoveResult } from "../motion/step-driver";
import type { StepDriver } from "../motion/step-driver";
import type { Journal } from "../record/journal";
import type { MemoryWitness } from "../record/volatile-store";
import type { Annunciator } from "../safety/annunciator";
import type { Guard } from "../safety/guard";
import { NEVER_MS } from "../units";

/** Is told what passes the ports of a simulated pump, in order; it is the pump's journal, too. */
export interface PortWitness extends Journal, MemoryWitness {
  /** The step driver was given `strokes` strokes that were due at `atMs`. */
  stroke(atMs: number, strokes: number): void;
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
    private readonly guard: Guard,
  ) {}

  move(strokes: number, dueMs: number): void {
    const guard = this.guard;
    let made = 0;
    while (made < strokes) {
      if (!guard.permits(dueMs)) break;
      made++;
    }
    if (made !== 0) {
      if (this.strokes === 0) this.doneMs = dueMs + this.strokeMs;
      this.strokes += made;
      this.witness.stroke(dueMs, made);
    }
    if (made === strokes) return;
    // EN stays off: nothing that waits is made any more.
    this.strokes += strokes - made;
    this.halt(true, dueMs);
  }

  halt(atOnce: boolean, nowMs: number): void {
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
    this.doneMs += this.strokeMs;
    if (this.strokes === 0) this.doneMs = NEVER_MS;
    this.doneStrokes = 1;
    this.doneResult = MoveResult.made;
  }
}

/** Lights and sounds nothing: what it was to show stands in the journal. */
export class SilentAnnunciator implements Annunciator {
  show(): void {
    return;
  }
}

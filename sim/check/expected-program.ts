import { TherapyMode } from "../../src/delivery/therapy";
import type { Prescription } from "../../src/prescription/prescription";

/** The program of a prescription on core time: whether therapy runs, when scheduled boluses are due, when it ends. */
export class ExpectedProgram {
  mode = TherapyMode.stopped;
  /** It has come to its end, and has to be confirmed anew. */
  hasEnded = false;
  /** The last shot of a trial has begun. */
  lastShotBegun = false;
  /** When the next scheduled bolus is due, in ms; Infinity: none. */
  nextBolusMs = Infinity;
  /** When it ends, in ms; Infinity: it does not. */
  endsAtMs = Infinity;
  private hasBegun = false;
  private shots = 0;

  /** @param lastBolusMs start of the last scheduled bolus of any program before, in ms */
  constructor(
    readonly prescription: Prescription,
    public lastBolusMs = -Infinity,
  ) {}

  /** From `atMs` on therapy is in `mode`. What was due before, while nothing could begin, is left out. */
  go(mode: TherapyMode, atMs: number): void {
    const p = this.prescription;
    this.mode = mode;
    if (mode === TherapyMode.running && !this.hasBegun) {
      this.hasBegun = true;
      // Confirmed anew, a program that repeats its bolus keeps the interval from the last one; a single shot is ordered as it is.
      const keepsMs = p.scheduledCount === 1 ? atMs : this.lastBolusMs + p.scheduledEveryMs;
      if (p.scheduledNl !== 0) this.nextBolusMs = Math.max(atMs, keepsMs);
      if (p.endsAfterMs !== 0) this.endsAtMs = atMs + p.endsAfterMs;
    }
    this.skipMissed(atMs);
  }

  /** Leaves out what was due before `atMs`; the rhythm stays. */
  skipMissed(atMs: number): void {
    while (this.nextBolusMs < atMs) this.nextBolusMs += this.prescription.scheduledEveryMs;
  }

  /** The scheduled bolus that was due has begun, or gave way to another. */
  passBolus(hasBegun: boolean): void {
    const p = this.prescription;
    if (hasBegun) {
      this.shots++;
      this.lastBolusMs = this.nextBolusMs;
    }
    this.nextBolusMs += p.scheduledEveryMs;
    if (p.scheduledCount === 0 || this.shots < p.scheduledCount) return;
    this.nextBolusMs = Infinity;
    this.lastShotBegun = true;
  }

  /** Its end has come. */
  end(): void {
    this.mode = TherapyMode.stopped;
    this.hasEnded = true;
    this.lastShotBegun = false;
    this.nextBolusMs = Infinity;
    this.endsAtMs = Infinity;
  }
}

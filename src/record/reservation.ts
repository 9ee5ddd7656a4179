/**
 * Strokes that the ledger durably holds before they are made. After a power cut all of them count as delivered, so they begin with one
 * and never are more than what was delivered since the start of the program: cuts, however many, never count more than about twice
 * the truth.
 */
export class Reservation {
  /** Strokes that may still be ordered; 0: the next one waits for a record. A plain field: it is read at every stroke. */
  left = 0;
  private asked = 0;
  private askedAtStrokes = 0;
  private isHeld = false;

  /** `totalStrokes` at the start of the program. */
  constructor(private readonly startStrokes: number) {}

  /** Nothing more is ordered until a record is durable that begins to be written from now on: something has changed that it must hold. */
  hold(): void {
    this.left = 0;
    this.isHeld = true;
  }

  /** A record is being written that reserves strokes: of `wanted` as many as may be. Returns how many. */
  ask(wanted: number, totalStrokes: number): number {
    this.isHeld = false;
    this.askedAtStrokes = totalStrokes;
    this.asked = Math.min(Math.max(1, totalStrokes - this.startStrokes), wanted);
    // Until the new record is durable both it and the old one have to cover what is made.
    this.left = Math.min(this.left, this.asked);
    return this.asked;
  }

  /** That record is durable. What was ordered while it was being written counts. */
  granted(totalStrokes: number): void {
    if (this.isHeld) return;
    this.left = Math.max(0, this.asked + this.askedAtStrokes - totalStrokes);
  }
}

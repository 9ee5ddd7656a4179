/**
 * Strokes that waited for their record when all movement ended: never delivered later, and told of at that very instant. Behind a controller
 * that came late only the pump knows how much it owes: then one more may be told, or may not.
 */
export class GivenUpStrokes {
  private surely = 0;
  private atMost = 0;

  /** At least `surely` are given up now, and `atMost` at most. */
  add(surely: number, atMost: number): void {
    this.surely += surely;
    this.atMost += atMost;
  }

  /** The pump tells of one: what is wrong with that, or `undefined`. */
  wrong(): string | undefined {
    if (this.atMost === 0) return "a stroke was given up that need not be";
    this.atMost--;
    if (this.surely > 0) this.surely--;
    return undefined;
  }

  /** Time goes on: what was not told, or `undefined`. */
  left(): string | undefined {
    const untold = this.surely;
    this.surely = 0;
    this.atMost = 0;
    return untold === 0 ? undefined : `${untold} strokes that waited for a record were given up, and not told`;
  }
}

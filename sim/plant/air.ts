/** A detector of air at the line. */
export interface AirDetectorModel {
  /** Volume of the line from the head to the detector, in nL; 0 to that of the whole line. */
  readonly afterNl: number;
  /** Smallest bubble that it sees, in nL. */
  readonly leastNl: number;
}

/** Air that entered the line after `fromNl` and until `toNl` had left the head. */
interface Bubble {
  readonly fromNl: number;
  readonly toNl: number;
}

/**
 * Bubbles on their way through the line. What left the head first leaves the line first, and the line holds L:
 *
 *     a bubble that went in from x to x + v passes a point behind a volume d when x + d to x + v + d have left the head,
 *     and leaves the line as the part from x + L to x + v + L of what leaves it
 *
 * Volumes of air are those at ambient pressure; what it does to the pressure is the tube's (Boyle). So much less liquid leaves the outlet.
 * Source: conservation of volume in a line without branches. Valid for bubbles that fill the tube, which they do in bores of a millimetre and
 * less. Not modelled: bubbles that rise, stick, break up, join or dissolve.
 */
export class AirLine {
  private bubbles: Bubble[] = [];
  /** What the head has moved, in nL. */
  private headNl = 0;
  private lastStrokeNl = 0;
  /** What the head had moved when its tube was last changed: nothing older is in the line. */
  private sinceNl = 0;

  /** @param lineNl what the line holds, in nL */
  constructor(
    private readonly lineNl: number,
    private readonly detector: AirDetectorModel | undefined = undefined,
  ) {}

  /** The next `volumeNl` that the head draws are air; behind what of it is still to come. */
  draw(volumeNl: number): void {
    const fromNl = Math.max(this.headNl, this.bubbles.at(-1)?.toNl ?? 0);
    this.bubbles.push({ fromNl, toNl: fromNl + volumeNl });
  }

  /** The head has moved `volumeNl`. */
  stroke(volumeNl: number): void {
    this.headNl += volumeNl;
    this.lastStrokeNl = volumeNl;
  }

  /** A bubble that the detector sees stood before it or passed it during the last stroke. */
  isSeen(): boolean {
    if (this.detector === undefined) return false;
    const { afterNl, leastNl } = this.detector;
    const toNl = this.headNl - afterNl;
    const fromNl = toNl - this.lastStrokeNl;
    return this.bubbles.some(
      (one) =>
        one.toNl - one.fromNl >= leastNl &&
        one.toNl > this.sinceNl &&
        one.fromNl < toNl + TINY &&
        one.toNl > fromNl + TINY,
    );
  }

  /** Air that is in the line when `outNl` have left it, in nL. */
  inLineNl(outNl: number): number {
    if (this.bubbles.length === 0) return 0;
    const fromNl = Math.max(this.sinceNl, outNl - this.lineNl);
    return this.within(fromNl, this.headNl);
  }

  /** Air among the first `outNl` that left the line, in nL. */
  leftNl(outNl: number): number {
    return this.within(-Infinity, outNl - this.lineNl);
  }

  /** A new line, full of liquid. What the old one had given stays. @param outNl what had left it */
  renew(outNl: number): void {
    const lastLeftNl = outNl - this.lineNl;
    // What was in it is thrown away with it: as if the air had been liquid.
    this.bubbles = this.bubbles.flatMap(({ fromNl, toNl }) =>
      fromNl >= lastLeftNl ? [] : [{ fromNl, toNl: Math.min(toNl, lastLeftNl) }],
    );
    this.sinceNl = Math.max(0, this.headNl);
  }

  private within(fromNl: number, toNl: number): number {
    let sum = 0;
    for (const one of this.bubbles) sum += Math.max(0, Math.min(one.toNl, toNl) - Math.max(one.fromNl, fromNl));
    return sum;
  }
}

/** Sums of strokes are not exact: a bubble whose end comes within this of the detector is there. In nL. */
const TINY = 1e-6;

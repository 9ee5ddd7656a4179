/** More tank volumes than this are taken in several steps, so that no weight underflows. */
const MOST_TANKS_AT_ONCE = 50;
/** Less than this part of a concentration is no difference: rounding of many small steps adds up to about 10^-12. */
const ROUNDING = 1e-9;
/** Between segments the outlet of one is taken as steady over this part of the smallest tank. */
const STEP_PER_TANK = 0.1;

/**
 * A length of tubing or catheter as N equal stirred tanks in series. Each gives what it holds. After a step of the inlet at volume 0, with
 * th = volume passed / volume of the segment:
 *
 *     C(th) = 1 - exp(-N th) * sum over k = 0..N-1 of (N th)^k / k!          (Erlang; mean 1, variance 1/N)
 *
 * Source: O. Levenspiel, Chemical Reaction Engineering, "The tanks-in-series model". Many tanks: N is about Pe/2, with Pe = u L / D the Péclet
 * number of the axial dispersion; one tank is a mixing chamber, infinitely many a sharp plug. In narrow tubing with slow flow D is the Taylor and
 * Aris dispersion, D_m (1 + Pe_r^2 / 48). 1 to 200 tanks. Valid for dissolved drug in steady or slow flow. Not modelled: adsorption,
 * settling by density at rest, diffusion out of the tip, chemical stability.
 */
export class StirredSegment {
  private readonly tanks: Float64Array;
  /** Volume of one tank, in nL. */
  readonly tankNl: number;

  /** @param volumeNl above 0  @param concentration what it is full of, in any unit */
  constructor(volumeNl: number, tanks: number, concentration: number) {
    this.tanks = new Float64Array(tanks).fill(concentration);
    this.tankNl = volumeNl / tanks;
  }

  /** So much of one fluid leaves nothing of what was there before: 10^-20 of it at most (Poisson's chance of fewer than N at N + 9 sqrt(N) + 45). */
  get flushNl(): number {
    const { length } = this.tanks;
    return (length + 9 * Math.sqrt(length) + 45) * this.tankNl;
  }

  /** Whether it holds `concentration` throughout, to rounding. */
  isFullOf(concentration: number): boolean {
    return this.tanks.every((held) => Math.abs(held - concentration) <= ROUNDING * Math.abs(concentration));
  }

  /** What it gives now. */
  get outlet(): number {
    return this.tanks[this.tanks.length - 1] ?? 0;
  }

  /** `volumeNl` of `inlet` go in. Returns the mean of what came out. Exact for any volume, however large. */
  push(volumeNl: number, inlet: number): number {
    if (volumeNl <= 0) return this.outlet;
    const before = this.content();
    if (volumeNl >= this.flushNl) this.tanks.fill(inlet);
    else
      for (let leftNl = volumeNl; leftNl > 0; leftNl -= MOST_TANKS_AT_ONCE * this.tankNl)
        this.shift(Math.min(leftNl / this.tankNl, MOST_TANKS_AT_ONCE), inlet);
    return inlet - (this.content() - before) / volumeNl;
  }

  /** The last `volumeNl` of it hold nothing any more. Returns what of that was more than it holds. */
  clearEnd(volumeNl: number): number {
    let leftNl = volumeNl;
    for (let k = this.tanks.length - 1; k >= 0 && leftNl > 0; k--) {
      const share = Math.min(1, leftNl / this.tankNl);
      this.tanks[k] = (this.tanks[k] ?? 0) * (1 - share);
      leftNl -= this.tankNl;
    }
    return Math.max(0, leftNl);
  }

  private content(): number {
    let sum = 0;
    for (const concentration of this.tanks) sum += concentration;
    return sum * this.tankNl;
  }

  /** `passed` tank volumes go through: each tank is a mixture of those before it, with Poisson weights. */
  private shift(passed: number, inlet: number): void {
    const { tanks } = this;
    const weights: number[] = [];
    let weight = Math.exp(-passed);
    for (let j = 0; j < tanks.length && (weight > 1e-18 || j < passed); j++) {
      weights.push(weight);
      weight *= passed / (j + 1);
    }
    for (let k = tanks.length - 1; k >= 0; k--) {
      let sum = 0;
      let rest = 1;
      for (let j = 0; j < weights.length && j <= k; j++) {
        sum += (weights[j] ?? 0) * (tanks[k - j] ?? 0);
        rest -= weights[j] ?? 0;
      }
      tanks[k] = sum + (weights.length > k ? Math.max(0, rest) * inlet : 0);
    }
  }
}

/** Tubing and catheter one behind the other, from the head to the tip. */
export class MixingLine {
  /** @param segments none: what goes in comes out; at most two */
  constructor(
    private readonly segments: readonly [] | readonly [StirredSegment] | readonly [StirredSegment, StirredSegment],
    private inlet = 0,
  ) {}

  /** What comes out at the tip now. */
  get tip(): number {
    return this.segments.at(-1)?.outlet ?? this.inlet;
  }

  /**
   * `volumeNl` of `inlet` go in. Mass is kept to rounding; the front between two segments is exact to about 10^-3. The work is bounded, whatever
   * the volumes: at most 10 (N + 9 sqrt(N) + 45) steps.
   */
  push(volumeNl: number, inlet: number): void {
    this.inlet = inlet;
    const [first, second] = this.segments;
    if (first === undefined) return;
    if (second === undefined) first.push(volumeNl, inlet);
    else pushThroughBoth(first, second, volumeNl, inlet);
  }

  /** Of the line the last `volumeNl` before the tip are new, and without drug. */
  clearEnd(volumeNl: number): void {
    let leftNl = volumeNl;
    for (let n = this.segments.length - 1; n >= 0 && leftNl > 0; n--) leftNl = this.segments[n]?.clearEnd(leftNl) ?? 0;
  }
}

/**
 * Steps are needed only while the first segment's outlet changes and what comes of it is not flushed out of the second one again: where one of the two is
 * tiny, a few of its own volumes, not all that passes.
 */
function pushThroughBoth(first: StirredSegment, second: StirredSegment, volumeNl: number, inlet: number): void {
  const lastNl = Math.min(volumeNl, second.flushNl);
  first.push(volumeNl - lastNl, inlet);
  const changingNl = first.isFullOf(inlet) ? 0 : Math.min(lastNl, first.flushNl);
  const stepNl = STEP_PER_TANK * Math.min(first.tankNl, second.tankNl);
  for (let leftNl = changingNl; leftNl > 0; leftNl -= stepNl) {
    const nl = Math.min(leftNl, stepNl);
    second.push(nl, first.push(nl, inlet));
  }
  // Flushed, the first gives what goes in.
  if (lastNl > changingNl) {
    first.push(lastNl - changingNl, inlet);
    second.push(lastNl - changingNl, inlet);
  }
}

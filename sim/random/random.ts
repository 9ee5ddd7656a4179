/**
 * A seeded source of random numbers (xorshift128, Marsaglia 2003, "Xorshift RNGs"). One seed replays everything that was drawn from it, on
 * any machine.
 */
export class Random {
  private readonly state: Uint32Array;

  /** `seed`: any integer from 0 to 2^32 - 1. */
  constructor(readonly seed: number) {
    // Spread the seed over the state so that neighbouring seeds have nothing in common (Knuth's multiplier).
    this.state = Uint32Array.from([1, 2, 3, 4], (n) => Math.imul((seed ^ 0x9e3779b9) + n, 0x6c078965) ^ (seed >>> n));
    if (this.state.every((word) => word === 0)) this.state[0] = 1;
    for (let i = 0; i < 16; i++) this.next();
  }

  /** Whole number from `least` to `most`, both included; the span is less than 2^53. */
  integer(least: number, most: number): number {
    const unit = (this.next() * 0x200000 + (this.next() >>> 11)) / 0x20000000000000;
    return least + Math.floor(unit * (most - least + 1));
  }

  /** True in `percent` of 100 cases. */
  chance(percent: number): boolean {
    return this.integer(0, 99) < percent;
  }

  /** One of `choices`, which is not empty. */
  pick<T>(choices: readonly T[]): T {
    return choices[this.integer(0, choices.length - 1)] as T;
  }

  private next(): number {
    const s = this.state;
    let t = s[3] ?? 0;
    t ^= t << 11;
    t ^= t >>> 8;
    s[3] = s[2] ?? 0;
    s[2] = s[1] ?? 0;
    s[1] = s[0] ?? 0;
    const first = s[0] ?? 0;
    s[0] = t ^ first ^ (first >>> 19);
    return s[0];
  }
}

/** Most samples of one file: 11 days at 10 readings a second. With 16 bytes each they take 160 MB. */
export const MOST_SAMPLES = 10_000_000;

const FIRST_ROOM = 4096;

/** Times, masses and lines of a file as they are read, 16 bytes a sample. */
export class GrowingSeries {
  private times = new Float64Array(FIRST_ROOM);
  private masses = new Float64Array(FIRST_ROOM);
  /** Samples from `sample` on stand `offset` lines further down than their number: an entry for each time that a line is no sample. */
  private readonly jumps: { readonly sample: number; readonly offset: number }[] = [];
  private count = 0;

  /** How many samples there are. */
  get length(): number {
    return this.count;
  }

  /** Time of the first sample; undefined: there is none. */
  get firstS(): number | undefined {
    return this.count === 0 ? undefined : this.times[0];
  }

  /** Time of the last sample; -Infinity: there is none. */
  get lastS(): number {
    return this.count === 0 ? -Infinity : (this.times[this.count - 1] ?? NaN);
  }

  /** @param line that it stands in, from 1 */
  add(timeS: number, massG: number, line: number): void {
    if (this.count === this.times.length) {
      this.times = grown(this.times);
      this.masses = grown(this.masses);
    }
    const offset = line - this.count;
    if (this.jumps.at(-1)?.offset !== offset) this.jumps.push({ sample: this.count, offset });
    this.times[this.count] = timeS;
    this.masses[this.count] = massG;
    this.count++;
  }

  /** What was added, without a copy. */
  finish(): { timeS: Float64Array; massG: Float64Array; lineOf: (sample: number) => number } {
    const { jumps } = this;
    const lineOf = (sample: number): number => {
      let low = 0;
      let high = jumps.length;
      while (high - low > 1) {
        const middle = (low + high) >>> 1;
        if ((jumps[middle]?.sample ?? Infinity) <= sample) low = middle;
        else high = middle;
      }
      return sample + (jumps[low]?.offset ?? 0);
    };
    return { timeS: this.times.subarray(0, this.count), massG: this.masses.subarray(0, this.count), lineOf };
  }
}

function grown(values: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(Math.min(MOST_SAMPLES, 2 * values.length));
  larger.set(values);
  return larger;
}

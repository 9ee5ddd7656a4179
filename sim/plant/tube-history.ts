import { firstLater } from "../log/first-later";
import type { TubeState } from "./tube";

const COLUMNS = ["atMs", "storedNl", "outNl", "airNl", "blockedUntilMs"] as const;

/** What a tube was behind each thing that happened to it, in order of time. Cheap to append to: it happens at every stroke of a run. */
export class TubeHistory {
  private count = 0;
  private columns = COLUMNS.map(() => new Float64Array(1024));

  /** Keeps a state that is not before the last. */
  add(state: TubeState): void {
    if (this.count === this.columns[0]?.length)
      this.columns = this.columns.map((column) => {
        const larger = new Float64Array(2 * column.length);
        larger.set(column);
        return larger;
      });
    COLUMNS.forEach((name, n) => {
      const column = this.columns[n];
      if (column !== undefined) column[this.count] = state[name];
    });
    this.count++;
  }

  /** The last state at or before `atMs`; `undefined`: there is none. */
  lastAt(atMs: number): TubeState | undefined {
    const times = this.columns[0]?.subarray(0, this.count) ?? new Float64Array(0);
    const place = firstLater(times, atMs) - 1;
    if (place < 0) return undefined;
    const [at = 0, storedNl = 0, outNl = 0, airNl = 0, blockedUntilMs = 0] = this.columns.map(
      (column) => column[place],
    );
    return { atMs: at, storedNl, outNl, airNl, blockedUntilMs };
  }
}

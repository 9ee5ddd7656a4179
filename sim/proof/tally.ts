import type { CutCount } from "./power-cuts";

/** Something that must not be, and how to see it again. */
export interface Violation {
  readonly what: string;
  /** What `npm run prove -- --replay` takes. */
  readonly replay: string;
}

/** What all proofs together have done and found. */
export class Tally {
  cutsNative = 0;
  cutsBytecode = 0;
  callFailures = 0;
  walks = 0;
  therapies = 0;
  simulatedMs = 0;
  readonly violations: Violation[] = [];

  /** Takes in what came of some cuts; returns how many there were. */
  addCuts(count: CutCount): number {
    this.simulatedMs += count.simulatedMs;
    for (const { course, place, seed, complaints } of count.wrong)
      this.add(`power cut in "${course}": ${complaints[0]}`, `cut/${course}/${place.happening}/${place.bytes}/${seed}`);
    return count.cuts;
  }

  /** Something is wrong. */
  add(what: string, replay: string): void {
    this.violations.push({ what, replay });
  }
}

import { STORE_WRITE_MS } from "../motion/stroke-time";
import { NEVER_MS } from "../units";
import type { Store } from "./store";

/** Is shown every write before it is lost. */
export interface MemoryWitness {
  /** The first `count` of `words` were written from word `place` on; valid during the call. */
  memory(place: number, words: readonly number[], count: number): void;
}

/**
 * Keeps nothing itself, and reports every commit after the longest time of a write. On a board every start is then a blank store: a pump
 * that lost its power knows of no reservoir and cannot run, which is right for a dry run and for nothing else. In the simulator the witness
 * keeps the memory.
 */
export class VolatileStore implements Store {
  doneMs = NEVER_MS;
  doneSequence = 0;
  readonly waiting = 0;

  /** `witness`: null, nobody has to be shown. `capacityWords`: words of its memory; 0 without a witness. */
  constructor(
    private readonly witness: MemoryWitness | null,
    readonly capacityWords: number,
  ) {}

  write(place: number, words: readonly number[], count: number): void {
    if (this.witness) this.witness.memory(place, words, count);
  }

  commit(sequence: number, nowMs: number): void {
    this.doneSequence = sequence;
    this.doneMs = nowMs + STORE_WRITE_MS;
  }

  takeReport(): void {
    this.doneMs = NEVER_MS;
  }
}

import { MoveResult } from "../../src/motion/step-driver";
import type { StepDriver } from "../../src/motion/step-driver";
import { VolatileStore } from "../../src/record/volatile-store";
import type { IdealStepDriver } from "../../src/simulation/ideal-ports";
import type { PortWitness } from "../../src/simulation/ideal-ports";
import { NEVER_MS } from "../../src/units";

/** The ways in which a call of a port can fail. */
export const FAILURES = [
  "store.write throws",
  "store.commit throws",
  "store.commit is never reported",
  "store.commit is reported after 400 ms",
  "store.commit is reported after 5 s",
  "stepper.move throws",
  "stepper.move is never reported",
  "stepper.move is dropped",
  "stepper.move is cancelled",
  "stepper.halt throws",
  "annunciator.show throws",
  "journal.write throws",
  "inbox.slotFor throws",
] as const;

/** One of {@link FAILURES}. */
export type Failure = (typeof FAILURES)[number];

/** What is thrown where a call fails: on a board the program then starts anew. */
export class PortFailure extends Error {}

/** Counts the calls of one port over all starts of the program, and lets one of them fail. */
export class FailingCall {
  /** Calls so far. */
  calls = 0;

  /** `nth`: which call fails, from 1; 0: none does. */
  constructor(
    readonly failure: Failure,
    private readonly nth: number,
  ) {}

  /** True once it has failed. */
  get hasFailed(): boolean {
    return this.nth !== 0 && this.calls >= this.nth;
  }

  /** A call of `port`. True when this one fails in its own way; throws when it fails by throwing. */
  of(port: string): boolean {
    if (!this.failure.startsWith(port)) return false;
    this.calls++;
    if (this.calls !== this.nth) return false;
    if (this.failure.endsWith("throws")) throw new PortFailure(this.failure);
    return true;
  }
}

/** A store of which one commit is reported late, or never. */
export class FailingStore extends VolatileStore {
  constructor(
    private readonly failing: FailingCall,
    witness: PortWitness,
    capacityWords: number,
  ) {
    super(witness, capacityWords);
  }

  override write(place: number, words: readonly number[], count: number): void {
    this.failing.of("store.write");
    super.write(place, words, count);
  }

  override commit(sequence: number, nowMs: number): void {
    const fails = this.failing.of("store.commit");
    super.commit(sequence, nowMs);
    if (!fails) return;
    if (this.failing.failure.includes("never")) this.doneMs = NEVER_MS;
    else this.doneMs = nowMs + (this.failing.failure.includes("400 ms") ? 400 : 5000);
  }
}

/** The ideal step driver, of which one move is not made, or not reported. */
export class FailingStepper implements StepDriver {
  constructor(
    private readonly failing: FailingCall,
    private readonly ideal: IdealStepDriver,
  ) {}

  doneMs = NEVER_MS;
  doneStrokes = 1;
  doneResult = MoveResult.made;
  private isSilent = false;

  move(strokes: number, dueMs: number): void {
    const { failing } = this;
    const fails = failing.of("stepper.move");
    this.ideal.move(strokes, dueMs);
    if (fails && failing.failure.includes("never")) this.isSilent = true;
    if (fails && !this.isSilent) this.ideal.halt(true, dueMs);
    this.look();
    if (fails && failing.failure.includes("dropped")) this.doneResult = MoveResult.dropped;
  }

  halt(atOnce: boolean, nowMs: number): void {
    this.failing.of("stepper.halt");
    this.ideal.halt(atOnce, nowMs);
    this.look();
  }

  takeReport(): void {
    this.ideal.takeReport();
    this.look();
  }

  private look(): void {
    const { ideal } = this;
    this.doneMs = this.isSilent ? NEVER_MS : ideal.doneMs;
    this.doneStrokes = ideal.doneStrokes;
    this.doneResult = ideal.doneResult;
  }
}

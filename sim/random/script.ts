import type { Random } from "./random";
import { plainInput } from "../engines/engine";
import type { EngineInput } from "../engines/engine";
import type { EventKind } from "../../src/events";

/** An input and when it arrives, in ms of core time. */
export interface TimedInput {
  readonly atMs: number;
  readonly input: EngineInput;
}

/** Inputs in order of time, as they are written down one behind the other. */
export class Script {
  readonly inputs: TimedInput[] = [];
  atMs = 0;
  /** Instants ahead at which something may change: ends, lockouts, steps, windows. */
  private edgesMs: number[] = [];

  constructor(private readonly random: Random) {}

  /** An input at this instant. */
  add(kind: EventKind, numbers: Partial<EngineInput> = {}): void {
    this.inputs.push({ atMs: this.atMs, input: plainInput(kind, numbers) });
  }

  /** Something may change `afterMs` from now. */
  mark(...afterMs: number[]): void {
    for (const after of afterMs) this.edgesMs.push(this.atMs + after);
  }

  /** Lets up to `mostMs` pass: often to the very edge of something, or 1 ms beside it, sometimes hardly at all. */
  pass(mostMs: number): void {
    const { random } = this;
    this.edgesMs = this.edgesMs.filter((ms) => ms > this.atMs);
    const near = this.edgesMs.filter((ms) => ms <= this.atMs + 2 * mostMs);
    if (near.length > 0 && random.chance(45))
      this.atMs = Math.max(this.atMs, random.pick(near) + random.integer(-1, 1));
    else if (random.chance(20)) this.atMs += random.integer(0, 3);
    else this.atMs += random.integer(0, mostMs);
  }

  /** Lets a moment pass, as between two keys. */
  moment(): void {
    this.atMs += this.random.pick([0, 0, 1, this.random.integer(2, 20), this.random.integer(20, 60000)]);
  }
}

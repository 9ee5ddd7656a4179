import type { PumpConfig } from "../../src/config";
import type { Prescription } from "../../src/prescription/prescription";
import { DoseWindow } from "./dose-window";

/** The longest window that can be prescribed and one bucket of it, in ms. */
const LONGEST_WINDOW_MS = (604800000 * 49) / 48;

/** The dose limit in force, judged on every stroke of any window of its length. */
export class DoseLimit {
  private readonly window = new DoseWindow(LONGEST_WINDOW_MS);
  private windowMs: number;
  private limitNl = 0;
  private limitStrokes = 0;
  /** Until here the pump may count more than one bucket too much, because its window changed. */
  private coarseUntilMs = -1;

  constructor(private readonly config: PumpConfig) {
    this.windowMs = config.windowMs;
  }

  /** The limit of `next` is in force from `atMs` on. */
  takeOver(next: Prescription, atMs: number): void {
    if (next.windowMs !== this.windowMs) this.coarseUntilMs = atMs + next.windowMs + this.windowMs;
    const { plPerRevolution, fullStepsPerStroke, fullStepsPerRevolution } = this.config;
    const limit = BigInt(next.windowLimitNl) * 1000n * BigInt(fullStepsPerRevolution);
    this.limitStrokes = Number(limit / (BigInt(plPerRevolution) * BigInt(fullStepsPerStroke)));
    this.limitNl = next.windowLimitNl;
    this.windowMs = next.windowMs;
  }

  /** A stroke was given: what is wrong with that, or `undefined`. */
  wrongStroke(atMs: number): string | undefined {
    this.window.add(atMs);
    if (this.window.strokesSince(atMs, this.windowMs) <= this.limitStrokes) return undefined;
    return `more than ${this.limitNl} nL in ${this.windowMs} ms`;
  }

  /** A stroke was dropped: what is wrong with that, or `undefined`. */
  wrongDrop(atMs: number): string | undefined {
    if (atMs < this.coarseUntilMs) return undefined;
    const counted = this.window.strokesSince(atMs, this.windowMs + this.windowMs / 48);
    return counted < this.limitStrokes ? "a stroke was dropped although there was room" : undefined;
  }
}

import type { PumpConfig } from "../../src/config";
import type { Prescription } from "../../src/prescription/prescription";
import { DoseWindow } from "./dose-window";
import type { StrokeUnits } from "./stroke-units";

const MS_PER_HOUR = 3600000;

/** The longest window that can be prescribed and more than one bucket of it, in ms. */
const LONGEST_WINDOW_MS = 2 * 604800000;

/** The dose limit in force, judged on every stroke of any window of its length. */
export class DoseLimit {
  private readonly window = new DoseWindow(LONGEST_WINDOW_MS);
  private windowMs: number;
  private limitNl = 0;
  private limitStrokes = 0;
  /** Until here the pump may count some more, because its window changed: what so much longer a window held. */
  private coarseUntilMs = -1;
  private coarseMs = 0;

  constructor(
    config: PumpConfig,
    private readonly units: StrokeUnits,
  ) {
    this.windowMs = config.windowMs;
  }

  /** The limit of `next` is in force from `atMs` on. */
  takeOver(next: Prescription, atMs: number): void {
    if (next.windowMs !== this.windowMs) {
      if (atMs >= this.coarseUntilMs) this.coarseMs = 0;
      this.coarseMs += this.windowMs / 48 + MS_PER_HOUR;
      this.coarseUntilMs = Math.max(this.coarseUntilMs, atMs + next.windowMs + this.windowMs + this.coarseMs);
    }
    this.limitStrokes = this.units.wholeStrokesIn(next.windowLimitNl);
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
    const coarseMs = atMs < this.coarseUntilMs ? this.coarseMs : 0;
    const counted = this.window.strokesSince(atMs, this.windowMs + this.windowMs / 48 + coarseMs);
    return counted < this.limitStrokes ? "a stroke was dropped although there was room" : undefined;
  }
}

import type { PumpConfig } from "../../src/config";
import { DoseWindow } from "./dose-window";
import type { StrokeUnits } from "./stroke-units";

/** The pump's own limit in its own window, judged on every stroke: those that fill the line count too. */
export class HardLimit {
  private readonly window: DoseWindow;
  private readonly limitStrokes: number;

  constructor(
    private readonly config: PumpConfig,
    units: StrokeUnits,
  ) {
    this.window = new DoseWindow(2 * config.windowMs);
    this.limitStrokes = units.wholeStrokesIn(config.maxWindowNl);
  }

  /** A stroke was given: what is wrong with that, or `undefined`. */
  wrongStroke(atMs: number): string | undefined {
    const { windowMs, maxWindowNl } = this.config;
    this.window.add(atMs);
    if (this.window.strokesSince(atMs, windowMs) <= this.limitStrokes) return undefined;
    return `more than the pump's own limit of ${maxWindowNl} nL in ${windowMs} ms`;
  }

  /** True when a stroke may be dropped at `atMs` because the window of `windowMs` is this one and at most a bucket is missing. */
  allowsDrop(atMs: number, windowMs: number): boolean {
    if (windowMs !== this.config.windowMs) return false;
    return this.window.strokesSince(atMs, windowMs + windowMs / 48) >= this.limitStrokes;
  }
}

import type { PumpConfig } from "../../src/config";

/**
 * The pump head and the encoder on it, if it has one: what really turned, whatever the motor was told. Ideal: every stroke turns the head by
 * one stroke and takes the longest time that the configuration allows; one that is cut off in the middle counts whole, as the pump counts it.
 * Not modelled: back-driving, missing single steps, an encoder that miscounts.
 */
export class PumpHead {
  /** Strokes that the head has turned, those of its own included. */
  private turned = 0;
  /** The same when the pump's program, which counts from 0, last started. */
  private turnedAtStart = 0;
  private stuckUntilMs = 0;
  private restMs = 0;

  constructor(private readonly config: PumpConfig) {}

  /** Something counts its motion. */
  get isCounted(): boolean {
    return this.config.countsPerRevolution !== 0;
  }

  /** Until `untilMs` nothing turns it. */
  stick(untilMs: number): void {
    this.stuckUntilMs = Math.max(this.stuckUntilMs, untilMs);
  }

  /**
   * The motor makes a stroke that is due at `dueMs`, behind those that it was given before. Returns whether the head turns.
   */
  drive(dueMs: number): boolean {
    this.restMs = Math.max(this.restMs, dueMs) + this.config.strokeMs;
    if (dueMs < this.stuckUntilMs) return false;
    this.turned++;
    return true;
  }

  /** It turns by itself. */
  run(strokes: number): void {
    this.turned += strokes;
  }

  /** When the last stroke that the motor was given is over, in ms. */
  endMs(): number {
    return this.restMs;
  }

  /** The program has started: the counter begins at 0, wherever between two counts the head stands. */
  restart(): void {
    this.turnedAtStart = this.turned;
  }

  /** Whole counts since the program started. */
  counts(): number {
    return this.countsOf(this.turned) - this.countsOf(this.turnedAtStart);
  }

  private countsOf(strokes: number): number {
    const { fullStepsPerStroke, fullStepsPerRevolution, countsPerRevolution } = this.config;
    return Math.floor((strokes * fullStepsPerStroke * countsPerRevolution) / fullStepsPerRevolution);
  }
}

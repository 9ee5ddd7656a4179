import { EventKind } from "../../src/events";
import { AlarmKind } from "../../src/safety/alarm-kind";
import { NEVER_MS } from "../../src/units";
import { plainInput } from "../engines/engine";
import type { EngineInput } from "../engines/engine";

/** A short press, in ms. */
const PRESS_MS = 200;

/** A key that is held is a press at its first `hold`, in ms: that is when a board's button server tells of it first. */
const HOLD_MS = 500;

/** A key that is held for this long is stuck, in ms; as in `boards/patient-button`. */
const STUCK_MS = 10000;

/** The button of a live pump: what its program hears of it, as it would from a board's button. Times are the pump's, in ms. */
export class HeldButton {
  /** It went down or came up, and the program has not been told. */
  hasChanged = false;
  private downMs = NEVER_MS;
  private upMs = Infinity;
  private isPress = false;
  private isStuck = false;

  /** Somebody presses it at `atMs` and holds it for `ms`; while it is down already, it comes up that much later. */
  press(atMs: number, ms: number): void {
    this.upMs = atMs + Math.max(PRESS_MS, ms);
    if (this.isHeld) return;
    this.downMs = atMs;
    this.hasChanged = true;
    this.isPress = true;
  }

  /** It is down. */
  get isHeld(): boolean {
    return this.downMs !== NEVER_MS;
  }

  /** When it has something to tell; Infinity: nothing. */
  get nextMs(): number {
    if (!this.isHeld) return Infinity;
    if (this.hasChanged) return this.downMs;
    const pressMs = this.isPress ? this.downMs + HOLD_MS : Infinity;
    const stuckMs = this.isStuck ? Infinity : this.downMs + STUCK_MS;
    return Math.min(this.upMs, pressMs, stuckMs);
  }

  /** What the pump is told at `nowMs`. */
  passTo(nowMs: number): EngineInput[] {
    if (!this.isHeld) return [];
    const inputs: EngineInput[] = [];
    const isUp = this.upMs <= nowMs;
    if (this.isPress && (isUp || this.downMs + HOLD_MS <= nowMs)) {
      this.isPress = false;
      inputs.push(plainInput(EventKind.requestBolus));
    }
    if (!this.isStuck && this.downMs + STUCK_MS <= nowMs) {
      this.isStuck = true;
      inputs.push(plainInput(EventKind.detected, { count: 1, detail: AlarmKind.stuckKey }));
    }
    if (!isUp) return inputs;
    if (this.isStuck) inputs.push(plainInput(EventKind.detected, { count: 0, detail: AlarmKind.stuckKey }));
    this.isStuck = false;
    this.downMs = NEVER_MS;
    this.upMs = Infinity;
    this.hasChanged = true;
    return inputs;
  }

  /** Since when it is down in core time, which is `coreMs` when it is `nowMs`; NEVER_MS: it is up. */
  sinceAt(coreMs: number, nowMs: number): number {
    return this.isHeld ? this.downMs - nowMs + coreMs : NEVER_MS;
  }
}

import type * as ds from "@devicescript/core";
import { EventKind } from "../../src/events";
import type { Inbox } from "../../src/inbox";
import { NEVER_MS } from "../../src/units";
import type { SensedPin } from "../driven-pin";
import type { Shell } from "../shell";
import { REST_LOOK_MS } from "./sensor-watch";
import type { WatchedSensor } from "./sensor-watch";
import { tellPump } from "./tell-pump";

/**
 * A reading counts when it was the same in two looks at least this far apart, in ms: longer than contacts bounce, and short enough for
 * both to lie in the 50 ms in which the coils hold the rotor behind a stroke, also where wakes lie 10 ms apart.
 */
export const STEADY_MS = 20;

/** While the state is there it is looked at this often, in ms: whoever removes an alarm's cause does not want to wait. */
export const THERE_LOOK_MS = 1000;

/** An input with two states that changes its mind only when the other state lasts. It begins with "not there". */
export abstract class SteadyInput implements WatchedSensor {
  /** The state that counts. */
  isThere = false;
  /** Since when the other state has been read, in ms of core time; NEVER_MS: it is not. */
  private otherSinceMs = NEVER_MS;

  /** `mode`: input with the pull resistor that the pin needs. `alarm`: what the state is the cause of; NO_ALARM: of none. */
  constructor(
    protected readonly pin: SensedPin,
    mode: ds.GPIOMode,
    protected readonly inbox: Inbox,
    protected readonly shell: Shell,
    private readonly alarm: number,
  ) {
    pin.setMode(mode);
  }

  look(nowMs: number): number {
    if (this.reads() === this.isThere) this.otherSinceMs = NEVER_MS;
    else {
      this.otherSinceMs = Math.min(this.otherSinceMs, nowMs);
      const steadyMs = this.otherSinceMs + STEADY_MS;
      if (nowMs < steadyMs) return steadyMs;
      this.isThere = !this.isThere;
      if (!this.changed(nowMs)) {
        // Nobody has heard it: the same again soon.
        this.isThere = !this.isThere;
        return nowMs + STEADY_MS;
      }
      this.otherSinceMs = NEVER_MS;
    }
    if (this.isThere) return nowMs + THERE_LOOK_MS;
    return nowMs + REST_LOOK_MS;
  }

  /** What the pin says now. */
  protected abstract reads(): boolean;

  /** `isThere` has changed. Returns false when that could not be said. */
  protected changed(nowMs: number): boolean {
    return tellPump(this.inbox, this.shell, EventKind.detected, nowMs, +this.isThere, this.alarm);
  }
}

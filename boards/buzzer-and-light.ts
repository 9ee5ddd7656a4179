import * as ds from "@devicescript/core";
import { AlarmSignal } from "../src/safety/alarm-signal";
import { AlarmPriority } from "../src/safety/alarm-table";
import type { Annunciator } from "../src/safety/annunciator";
import { NEVER_MS } from "../src/units";
import type { DrivenPin } from "./driven-pin";
import { wakeUp } from "./waiter";
import type { Waiter } from "./waiter";

/** How long buzzer and light are on when the program starts, in ms: whoever stands by hears and sees that they work. */
export const SELF_TEST_MS = 200;

/**
 * The board's active buzzer and its light, by the patterns of `src/safety/alarm-signal`, in a fiber of its own: it wakes when sound or
 * light change, and not at all while no alarm is active or a silenced one has a constant light.
 */
export class BuzzerAndLight implements Annunciator, Waiter {
  private priority = AlarmPriority.none;
  private silenced = false;
  /** `millis()` when the signal began. Not the core's time: of a signal that the core ordered late no pulse is left out. */
  private beganMs = 0;
  private readonly signal = new AlarmSignal();
  waiter: ds.Fiber = null;

  constructor(
    private readonly buzzer: DrivenPin,
    private readonly light: DrivenPin,
  ) {
    buzzer.setMode(ds.GPIOMode.OutputLow);
    light.setMode(ds.GPIOMode.OutputLow);
  }

  show(priority: AlarmPriority, _alarm: number, silenced: boolean): void {
    this.priority = priority;
    this.silenced = silenced;
    this.beganMs = ds.millis();
    wakeUp(this);
  }

  /** Plays for good; start it in a fiber of its own. One wake is one call, so that the motor's fiber is hardly held up. */
  async run(): Promise<void> {
    const signal = this.signal;
    this.buzzer.setMode(ds.GPIOMode.OutputHigh);
    this.light.setMode(ds.GPIOMode.OutputHigh);
    await ds.sleep(SELF_TEST_MS);
    while (this.light) {
      const sinceMs = ds.millis() - this.beganMs;
      signal.lookAt(this.priority, this.silenced, sinceMs);
      if (signal.sounds) this.buzzer.setMode(ds.GPIOMode.OutputHigh);
      else this.buzzer.setMode(ds.GPIOMode.OutputLow);
      if (signal.lit) this.light.setMode(ds.GPIOMode.OutputHigh);
      else this.light.setMode(ds.GPIOMode.OutputLow);
      this.waiter = ds.Fiber.self();
      if (signal.nextMs === NEVER_MS) await ds.suspend();
      else await ds.suspend(signal.nextMs - sinceMs);
      this.waiter = null;
    }
  }
}

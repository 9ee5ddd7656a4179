import type * as ds from "@devicescript/core";
import { EventKind } from "../../src/events";
import type { Inbox } from "../../src/inbox";
import { NO_ALARM } from "../../src/safety/alarms";
import type { SensedPin } from "../driven-pin";
import type { Shell } from "../shell";
import { SteadyInput } from "./steady-input";
import { tellPump } from "./tell-pump";

/**
 * Counts the marks of the pump head's rotor: an index or a slotted disc, one count for each mark that comes under the sensor.
 *
 * The pin is looked at behind each stroke, while the rotor rests, so the rate of strokes does not matter, but their angle does: each mark and
 * each gap has to be at least one stroke wide, or it can pass unseen. So at most half as many counts in a revolution as strokes. The sensor
 * needs a hysteresis of its own (a Schmitt trigger, or a magnet and a Hall switch): a level that trembles while the rotor rests at an edge is
 * counted as motion, which is an alarm.
 */
export class RollerIndex extends SteadyInput {
  /** Marks since the program started. */
  private counts = 0;

  /** `mode`: input with the pull resistor that the sensor needs. */
  constructor(pin: SensedPin, mode: ds.GPIOMode, inbox: Inbox, shell: Shell) {
    super(pin, mode, inbox, shell, NO_ALARM);
    // A mark that is there at the start has not come.
    this.isThere = this.reads();
  }

  protected override reads(): boolean {
    return this.pin.value !== 0;
  }

  protected override changed(nowMs: number): boolean {
    if (this.isThere) {
      this.counts++;
      // The next count says this one too.
      tellPump(this.inbox, this.shell, EventKind.turned, nowMs, this.counts, 0);
    }
    return true;
  }
}

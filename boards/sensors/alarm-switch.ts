import type * as ds from "@devicescript/core";
import type { Inbox } from "../../src/inbox";
import type { AlarmKind } from "../../src/safety/alarm-kind";
import type { SensedPin } from "../driven-pin";
import type { Shell } from "../shell";
import { SteadyInput } from "./steady-input";

/**
 * A switch or detector with one wire that stands for an alarm: the occlusion switch behind the pump head, the air sensor. It says that the
 * alarm's cause is there, and that it has gone.
 *
 * Choose the level of rest so that a broken wire reads as the alarm: a switch that opens, to ground, with the pull-up. With one that closes a
 * broken wire is never seen.
 */
export class AlarmSwitch extends SteadyInput {
  /** `mode`: input with the pull resistor that it needs; `alarmLevel`: what the pin reads, 0 or 1, when the cause of `alarm` is there. */
  constructor(
    pin: SensedPin,
    mode: ds.GPIOMode,
    private readonly alarmLevel: number,
    alarm: AlarmKind,
    inbox: Inbox,
    shell: Shell,
  ) {
    super(pin, mode, inbox, shell, alarm);
  }

  protected override reads(): boolean {
    return this.pin.value === this.alarmLevel;
  }
}

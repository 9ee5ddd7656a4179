import * as ds from "@devicescript/core";
import type { Inbox } from "../../src/inbox";
import { AlarmKind } from "../../src/safety/alarm-kind";
import type { SensedPin } from "../driven-pin";
import type { Shell } from "../shell";
import { SteadyInput } from "./steady-input";

/** What the analog pressure sensor says, all in mV at the pin. */
export interface PressureVoltages {
  /** At which the converter reads its full scale; measured at bring-up. */
  readonly fullScaleMv: number;
  /** From which on the line is blocked. */
  readonly blockedMv: number;
  /** Below which it is open again; lower than `blockedMv`, or the alarm would come and go. */
  readonly openMv: number;
  /** Lowest that a sound sensor gives: below it a wire is broken, or shorted to ground. */
  readonly leastMv: number;
  /** Highest that a sound sensor gives: above it a wire is shorted to the supply. */
  readonly mostMv: number;
}

/**
 * Pressure in the line behind the pump head, by a sensor whose voltage rises with it. A voltage that no sound sensor gives is an occlusion
 * too: without the sensor nobody would see one.
 */
export class LinePressure extends SteadyInput {
  constructor(
    pin: SensedPin,
    private readonly voltages: PressureVoltages,
    inbox: Inbox,
    shell: Shell,
  ) {
    super(pin, ds.GPIOMode.AnalogIn, inbox, shell, AlarmKind.occlusion);
  }

  protected override reads(): boolean {
    const voltages = this.voltages;
    const mv = this.pin.value * voltages.fullScaleMv;
    if (mv < voltages.leastMv) return true;
    if (mv > voltages.mostMv) return true;
    if (this.isThere) return mv >= voltages.openMv;
    return mv >= voltages.blockedMv;
  }
}

import * as ds from "@devicescript/core";
import { EventKind, Sensor } from "../../src/events";
import type { Inbox } from "../../src/inbox";
import type { SensedPin } from "../driven-pin";
import type { Shell } from "../shell";
import type { WatchedSensor } from "./sensor-watch";
import { tellPump } from "./tell-pump";

/** Time from one reading to the next, in ms: a battery does not fall faster, and a line costs one wake. */
export const SUPPLY_EVERY_MS = 60000;

/** A fall of so much is told, in mV; the converters' step is about 1 mV at the pin. */
export const SUPPLY_STEP_MV = 10;

/**
 * A rise is told from this on, as a part of the last told. A battery recovers by some hundredths when the motor rests: without this an empty one
 * would start and stop the motor by turns.
 */
const SUPPLY_RISE = 1.05;

/**
 * Supply voltage by an analog input behind a divider. It is read behind the last pulse of a stroke, with the motor's current on, where
 * strokes come more often than it is read.
 */
export class SupplyVoltage implements WatchedSensor {
  private dueMs = 0;
  /** Behind -1 the first reading is a rise. */
  private toldMv = -1;

  /** `fullScaleMv`: supply voltage at which the converter reads its full scale: its own, times the divider's ratio. */
  constructor(
    private readonly pin: SensedPin,
    private readonly fullScaleMv: number,
    private readonly inbox: Inbox,
    private readonly shell: Shell,
  ) {
    pin.setMode(ds.GPIOMode.AnalogIn);
  }

  look(nowMs: number): number {
    if (nowMs >= this.dueMs) {
      this.dueMs = nowMs + SUPPLY_EVERY_MS;
      const mv = Math.round(this.pin.value * this.fullScaleMv);
      let isNews = mv > this.toldMv * SUPPLY_RISE;
      if (mv <= this.toldMv - SUPPLY_STEP_MV) isNews = true;
      if (isNews)
        if (tellPump(this.inbox, this.shell, EventKind.reading, nowMs, mv, Sensor.supplyVoltage)) this.toldMv = mv;
    }
    return this.dueMs;
  }
}

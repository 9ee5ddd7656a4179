import * as ds from "@devicescript/core";
import type { Guard } from "../src/safety/guard";
import type { DrivenPin } from "./driven-pin";

/**
 * EN of the motor driver, active low, off from the start. It goes on for a stroke and only when the guard permits that; nobody else holds the
 * pin. Off it goes for anybody: behind the stroke, or, for a head that has to be held, when strokes are not permitted any more.
 */
export class EnableLine {
  /** Who permits; EN stays off until it is there. Whoever makes pulses counts them in it. */
  declare guard: Guard | undefined;

  constructor(private readonly pin: DrivenPin) {
    this.off();
  }

  /** Asks the guard for one stroke at `nowMs` of core time. True: EN is on. */
  onForStroke(nowMs: number): boolean {
    const guard = this.guard;
    if (guard)
      if (guard.permits(nowMs)) {
        this.pin.setMode(ds.GPIOMode.OutputLow);
        return true;
      }
    this.off();
    return false;
  }

  /** Switches EN off. */
  off(): void {
    this.pin.setMode(ds.GPIOMode.OutputHigh);
  }
}

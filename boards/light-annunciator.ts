import * as ds from "@devicescript/core";
import { AlarmPattern } from "../src/safety/alarms";
import type { Annunciator } from "../src/safety/annunciator";
import type { DrivenPin } from "./driven-pin";

/** Half a period of the blinking light, in ms. */
const BLINK_MS = 1000;

/** The board's light: on for a critical alarm, blinking for a non-critical one. It makes no sound, so there is nothing to silence. */
export class LightAnnunciator implements Annunciator {
  private pattern = AlarmPattern.none;
  private lit = false;

  constructor(private readonly light: DrivenPin) {
    light.setMode(ds.GPIOMode.OutputLow);
  }

  show(pattern: AlarmPattern): void {
    this.pattern = pattern;
    this.set(pattern !== AlarmPattern.none);
  }

  /** Blinks for good; start it in a fiber of its own. */
  async run(): Promise<void> {
    while (this.light) {
      await ds.sleep(BLINK_MS);
      if (this.pattern === AlarmPattern.nonCritical) this.set(!this.lit);
    }
  }

  private set(lit: boolean): void {
    this.lit = lit;
    this.light.setMode(lit ? ds.GPIOMode.OutputHigh : ds.GPIOMode.OutputLow);
  }
}

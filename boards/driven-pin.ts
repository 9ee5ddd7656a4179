import type { GPIOMode } from "@devicescript/core";

/**
 * An output pin as the drivers use it. `setMode` is native on a board; the package that declares it brings a polling loop for inputs and
 * its timers along, about 1 kB that nobody here calls.
 */
export interface DrivenPin {
  /** Drives the pin: `OutputHigh` or `OutputLow`. */
  setMode(mode: GPIOMode): void;
}

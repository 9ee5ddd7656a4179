import type { GPIOMode } from "@devicescript/core";

/**
 * An output pin as the drivers use it. `setMode` is native on a board; the package that declares it brings a polling loop for inputs and
 * its timers along, about 1 kB that nobody here calls.
 */
export interface DrivenPin {
  /** Drives the pin: `OutputHigh` or `OutputLow`. */
  setMode(mode: GPIOMode): void;
}

/** An input pin as the sensors use it; native as in {@link DrivenPin}. */
export interface SensedPin {
  /** Makes it an input: `Input`, `InputPullUp`, `InputPullDown` or `AnalogIn`. */
  setMode(mode: GPIOMode): void;
  /**
   * Its level, 0 or 1; of an analog input the reading, 0 to 1 of the converter's full scale. That is about 3.3 V on an RP2040 and 2.5 to 3.1 V
   * on an ESP32, whose runtime hands the raw reading on: bring-up measures it (devicescript-esp32: main/adc.c, `adc_read_pin`).
   */
  readonly value: number;
}

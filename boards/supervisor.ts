import * as ds from "@devicescript/core";
import type { DrivenPin } from "./driven-pin";
import type { Shell } from "./shell";

/**
 * Lets `shell` tell the supervisor chip behind `done` that it is alive: one pulse behind every wake. The shell wakes at least every 5 min, so a
 * chip that waits 10 min has two wakes in each of its intervals.
 *
 * Meant for a TPL5010 (Texas Instruments SNAS651A), whose interval one resistor sets between 100 ms and 7200 s, with 1 %. Its intervals follow
 * one another whatever it hears. In each it wants one rising edge at DONE, high for at least 100 ns (section 8.3.2) and not in the last 20 ms;
 * further ones do nothing. When none came it pulls RSTn low for 320 ms, open drain: to the board's reset (EN of an ESP32, RUN of a Pico). The
 * pulse here is as long as one call of the runtime, several us.
 *
 * Chips of the MAX6369 family wait 60 s at most, which is shorter than the shell sleeps: not for this.
 */
export function superviseBy(done: DrivenPin, shell: Shell): void {
  done.setMode(ds.GPIOMode.OutputLow);
  shell.done = done;
}

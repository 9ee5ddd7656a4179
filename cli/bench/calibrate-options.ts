import type { Command } from "commander";
import { BadUsage } from "../bad-usage";
import type { ExitCode } from "../exit-code";
import type { Terminal } from "../terminal";

/** Adds `minim bench calibrate`. */
export function addCalibrate(bench: Command, _terminal: Terminal, _done: (code: ExitCode) => void): void {
  bench
    .command("calibrate")
    .description("work out the volume per revolution from several weighed runs")
    .action(() => {
      throw new BadUsage("bench calibrate is not there yet");
    });
}

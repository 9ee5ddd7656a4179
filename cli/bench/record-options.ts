import type { Command } from "commander";
import { BadUsage } from "../bad-usage";
import type { ExitCode } from "../exit-code";
import type { Terminal } from "../terminal";

/** Adds `minim bench record`. */
export function addRecord(bench: Command, _terminal: Terminal, _done: (code: ExitCode) => void): void {
  bench
    .command("record")
    .description("drive the pump and record the balance")
    .action(() => {
      throw new BadUsage("bench record is not there yet");
    });
}

import type { Command } from "commander";
import { BadUsage } from "../bad-usage";
import type { ExitCode } from "../exit-code";
import type { Terminal } from "../terminal";

/** Adds `minim bench report`. */
export function addReport(bench: Command, _terminal: Terminal, _done: (code: ExitCode) => void): void {
  bench
    .command("report")
    .description("write one HTML file about a recording, to print and sign")
    .action(() => {
      throw new BadUsage("bench report is not there yet");
    });
}

import type { Command } from "commander";
import { BadUsage } from "../bad-usage";
import type { ExitCode } from "../exit-code";
import type { Terminal } from "../terminal";

/** Adds `minim bench analyse`. */
export function addAnalyse(bench: Command, _terminal: Terminal, _done: (code: ExitCode) => void): void {
  bench
    .command("analyse")
    .description("work out flow error, start-up and trumpet curve of a weighed run")
    .action(() => {
      throw new BadUsage("bench analyse is not there yet");
    });
}

import type { Command } from "commander";
import { BadUsage } from "../bad-usage";
import type { ExitCode } from "../exit-code";
import type { Terminal } from "../terminal";

/** Adds `minim bench plan`. */
export function addPlan(bench: Command, _terminal: Terminal, _done: (code: ExitCode) => void): void {
  bench
    .command("plan")
    .description("say how long a run must be, and what the balance can judge")
    .action(() => {
      throw new BadUsage("bench plan is not there yet");
    });
}

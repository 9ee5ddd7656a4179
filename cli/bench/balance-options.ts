import type { Command } from "commander";
import { BadUsage } from "../bad-usage";
import type { ExitCode } from "../exit-code";
import type { Terminal } from "../terminal";

/** Adds `minim bench balance`. */
export function addBalance(bench: Command, _terminal: Terminal, _done: (code: ExitCode) => void): void {
  bench
    .command("balance")
    .description("serve a simulated balance that speaks MT-SICS")
    .action(() => {
      throw new BadUsage("bench balance is not there yet");
    });
}

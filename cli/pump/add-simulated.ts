import { InvalidArgumentError, Option } from "commander";
import type { Command } from "commander";
import type { ExitCode } from "../exit-code";
import type { Terminal } from "../terminal";
import type { ButtonOptions } from "./button";
import type { ServeOptions } from "./serve";

/** Adds what is for the simulated pump only: `serve`, `button`. */
export function addSimulated(pump: Command, terminal: Terminal, done: (code: ExitCode) => void): void {
  pump
    .command("serve")
    .description("run the simulated pump of this checkout in real time until Ctrl-C, for all other commands")
    .option("--fresh", "the pump that lived there is forgotten, and a blank one begins")
    .addOption(
      new Option("--port <port>", "port of its bridge on this machine; any that is free").argParser(portNumber),
    )
    .option("--json", "print one JSON object when it runs")
    .action(async (options: ServeOptions) => done(await (await import("./serve")).serve(options, terminal)));
  pump
    .command("button")
    .description("press the button of the simulated pump that `serve` runs")
    .option("--hold", "hold it for 4 s")
    .option("--json", "print one JSON object")
    .action(async (options: ButtonOptions) => done((await import("./button")).button(options, terminal)));
}

function portNumber(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= 65535) return value;
  throw new InvalidArgumentError("A port from 1 to 65535 is wanted.");
}

import { Option } from "commander";
import type { Command } from "commander";
import type { ExitCode } from "../exit-code";
import type { Terminal } from "../terminal";
import type { EraseOptions } from "./keys";
import type { PumpOptions } from "./pump-options";
import { pumpCommand, wholeNumber } from "./shared-options";

/** Adds `set-key`, `rotate-key`, `erase-key`, `erase-memory`. */
export function addKeys(pump: Command, terminal: Terminal, done: (code: ExitCode) => void): void {
  pumpCommand(pump, "set-key", "give a pump that has none its key, while its button is held for 3 s").action(
    async (options: PumpOptions) => done(await (await import("./keys")).setKey(options, terminal)),
  );
  pumpCommand(pump, "rotate-key", "put another key in the place of the pump's").action(async (options: PumpOptions) =>
    done(await (await import("./keys")).rotateKey(options, terminal)),
  );
  erasing(
    pumpCommand(pump, "erase-key", "erase the key while the button is held; stops therapy, keeps the ledger"),
  ).action(async (options: EraseOptions) => done(await (await import("./keys")).erase("key", options, terminal)));
  erasing(
    pumpCommand(pump, "erase-memory", "erase a memory that the pump cannot use, while the button is held"),
  ).action(async (options: EraseOptions) => done(await (await import("./keys")).erase("memory", options, terminal)));
}

function erasing(command: Command): Command {
  return command.addOption(
    new Option("--yes-erase <serial>", "the pump's serial number, where nobody is asked").argParser(wholeNumber),
  );
}

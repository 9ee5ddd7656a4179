import { Option } from "commander";
import type { Command } from "commander";
import type { ExitCode } from "../exit-code";
import type { Terminal } from "../terminal";
import type { ConfirmOptions } from "./confirm";
import { readDigest } from "./digest-text";
import { optionOf, orderCommand } from "./shared-options";
import type { StageOptions } from "./stage";

/** Adds `stage` and `confirm`. */
export function addPrescription(pump: Command, terminal: Terminal, done: (code: ExitCode) => void): void {
  confirmation(
    orderCommand(pump, "stage", "stage a prescription and show it beside the one in force; asks whether it is meant"),
  )
    .argument("<file>", "a prescription, or a scenario that has one")
    .option("--other-build", "the pump runs another build than the pump file makes, with the same drug library")
    .action(async (file: string, options: StageOptions) =>
      done(await (await import("./stage")).stage(file, options, terminal)),
    );
  confirmation(orderCommand(pump, "confirm", "put what is staged into force, by its digest")).action(
    async (options: ConfirmOptions) => done(await (await import("./confirm")).confirm(options, terminal)),
  );
}

function confirmation(command: Command): Command {
  return command
    .addOption(
      new Option("--digest <digest>", "the digest that was shown: confirm exactly that").argParser(
        optionOf(readDigest),
      ),
    )
    .option("--override-soft", "the soft limits that it passes are passed on purpose")
    .option("--large-changes", "the amounts that change more than 3-fold, are new or were 0 have been looked at");
}

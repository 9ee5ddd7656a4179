import { InvalidArgumentError, Option } from "commander";
import type { Command } from "commander";
import { parseDurationMs } from "../../config/quantities";
import type { ExitCode } from "../exit-code";
import type { Terminal } from "../terminal";
import type { CalibrateOptions } from "./calibrate";
import type { LogOptions } from "./log";
import type { PumpOptions } from "./pump-options";
import { optionOf, pumpCommand, wholeNumber } from "./shared-options";
import type { StatusOptions } from "./status";

/** Adds what only reads: `status`, `interrogate`, `log`, `calibrate`. */
export function addInspection(pump: Command, terminal: Terminal, done: (code: ExitCode) => void): void {
  pumpCommand(pump, "status", "what the pump tells anyone, without a key")
    .option("--watch", "go on, and tell what changes, until Ctrl-C")
    .action(async (options: StatusOptions) => done(await (await import("./status")).status(options, terminal)));
  pumpCommand(pump, "interrogate", "the whole report: prescription, delivery, reservoir, refills, alarms, logs").action(
    async (options: PumpOptions) => done(await (await import("./interrogation")).interrogate(options, terminal)),
  );
  pumpCommand(pump, "log", "the journal that the pump's memory keeps, page by page")
    .addOption(new Option("--ring <ring>", "one of its two rings; both when left out").choices(["events", "faults"]))
    .addOption(new Option("--from <number>", "number of the first entry that is wanted").argParser(entryNumber))
    .action(async (options: LogOptions) => done(await (await import("./log")).log(options, terminal)));
  pumpCommand(pump, "calibrate", "count the strokes of a stretch, for a weighed run of `minim bench calibrate`")
    .addOption(
      new Option("--for <time>", "how long is counted; left out: until Enter").argParser(
        optionOf((text) => parseDurationMs(text, "zeroRefused")),
      ),
    )
    .action(async (options: CalibrateOptions) =>
      done(await (await import("./calibrate")).calibrate(options, terminal)),
    );
}

/** Numbers of entries are u32 on the wire. */
const MOST_ENTRY = 2 ** 32 - 1;

function entryNumber(text: string): number {
  const value = wholeNumber(text);
  if (value <= MOST_ENTRY) return value;
  throw new InvalidArgumentError(`A whole number from 0 to ${MOST_ENTRY} is wanted.`);
}

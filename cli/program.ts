import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { didYouMean } from "../config/nearest-word";
import { parseDurationMs, QuantityError } from "../config/quantities";
import { checkoutRoot } from "../toolchain/checkout";
import { addBench } from "./bench/bench-program";
import { addPump } from "./pump/pump-program";
import { ENGINE_CHOICES } from "./engine-choice";
import type { EngineChoice } from "./engine-choice";
import { seedNumber } from "./seed-option";
import type { ExitCode } from "./exit-code";
import { addBoardCommands } from "./board/board-commands";
import type { ProveOptions } from "./commands/prove";
import type { RunOptions } from "./commands/run";
import type { Terminal } from "./terminal";

const EXITS = `
Exit code: 0 all passed, 1 a check failed, 2 bad input (nothing ran), 3 an internal fault, 130 on Ctrl-C.`;

/**
 * The command line, all of it. Each command's module is loaded when it is called, so that help comes at once.
 * @param done takes the exit code of the command that ran
 */
export function minimProgram(terminal: Terminal, done: (code: ExitCode) => void): Command {
  const program = new Command("minim")
    .description(
      "An open pump firmware core and its simulator: for the bench, for teaching, for research. Never for a person.",
    )
    .version(version(), "--version", "print the version")
    .exitOverride()
    // Complaints are told by `complain`, in one line.
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err, outputError: () => undefined })
    .configureHelp({ helpWidth: terminal.width })
    .addHelpText("after", `${EXITS}\nStart with: npm start`);
  addRun(program, terminal, done);
  addCheck(program, terminal, done);
  addBoardCommands(program, terminal, done);
  addBench(program, terminal, done);
  addPump(program, terminal, done);
  program
    .command("first-day", { hidden: true })
    .description("compile the firmware, run a day of therapy on both engines and show it")
    .action(async () => done(await (await import("./commands/first-day")).firstDay(terminal)));
  program
    .command("schemas", { hidden: true })
    .description("write config/schemas/ anew from the code")
    .action(async () => done((await import("./commands/schemas")).writeSchemas(terminal)));
  program
    .command("prove", { hidden: true })
    .description("cut the power, fail calls, shift time and walk at random, on both engines")
    .addOption(new Option("--minutes <minutes>", "how long").default(5).argParser(positiveNumber))
    .addOption(new Option("--seed <seed>", "the first seed; drawn when left out").argParser(seedNumber))
    .addOption(new Option("--replay <violation>", "one violation once more, as it was told"))
    .action(async (options: ProveOptions) => done(await (await import("./commands/prove")).prove(options, terminal)));
  program
    .command("hazards", { hidden: true })
    .description("take each mitigation of a hazard out of a copy of the sources and expect its tests to fail")
    .argument("[id...]", "hazards, as H7; all when left out")
    .action(async (ids: string[]) => done(await (await import("./commands/hazards")).hazards(ids, terminal)));
  program
    .command("wear", { hidden: true })
    .description("how often the dose ledger is written, and how long a memory lasts")
    .action(async () => done((await import("./commands/wear")).wear(terminal)));
  program
    .command("speed", { hidden: true })
    .description("how many times faster than real time each engine is")
    .option("--duty", "instead: the time that a board takes for what the pump does")
    .action(async ({ duty }: { duty?: true }) => {
      if (duty === true) done(await (await import("./commands/duty")).duty(terminal));
      else done(await (await import("./commands/speed")).speed(terminal));
    });
  return program;
}

function addRun(program: Command, terminal: Terminal, done: (code: ExitCode) => void): void {
  program
    .command("run")
    .description("run scenarios against the simulated pump and judge what they expect")
    .argument("<scenario...>", "scenario files; a folder stands for all below it")
    .addOption(
      new Option("--engine <engine>", `${ENGINE_CHOICES.join(", ")}: both compares their logs`)
        .default("native")
        .argParser(engineChoice),
    )
    .addOption(
      new Option("--grid <time>", "wake the compiled program on this grid only, as an ESP32 does (10ms)").argParser(
        gridMs,
      ),
    )
    .addOption(
      new Option("--seed <number>", "seed of what is random in a scenario: what its `patient` does")
        .default(1)
        .argParser(seedNumber),
    )
    .option("--report", "print what each `interrogate` reads")
    .option("--plot", "draw rate, volume, boluses and alarms over time")
    .option("--log <file>", "write the event log (NDJSON) of one scenario; of `both`, the native one")
    .option("--log-strokes", "give every stroke its own line in the log")
    .option("--junit <file>", "write the verdicts as JUnit XML too")
    .option("--json", "print one JSON object a line for each run")
    .addHelpText("after", EXITS)
    .action(async (scenarios: string[], options: RunOptions) => {
      done(await (await import("./commands/run")).run(scenarios, options, terminal));
    });
}

function addCheck(program: Command, terminal: Terminal, done: (code: ExitCode) => void): void {
  program
    .command("check")
    .description("check scenarios, pump files and devs.config.json without running anything")
    .argument("<file...>", "files; a folder stands for all YAML files below it")
    .option("--json", "print one JSON object a line for each file")
    .addHelpText("after", EXITS)
    .action(async (files: string[], options: { json?: true }) => {
      done(await (await import("./commands/check")).check(files, options, terminal));
    });
}

function engineChoice(text: string): EngineChoice {
  const choice = ENGINE_CHOICES.find((known) => known === text);
  if (choice === undefined)
    throw new InvalidArgumentError(`The engines are ${ENGINE_CHOICES.join(", ")}${didYouMean(text, ENGINE_CHOICES)}`);
  return choice;
}

/** Longer than this the program is late by its own rule, at every wake. */
const LONGEST_GRID_MS = 1000;

function gridMs(text: string): number {
  try {
    const ms = parseDurationMs(text, "zeroRefused");
    if (ms <= LONGEST_GRID_MS) return ms;
  } catch (error) {
    if (!(error instanceof QuantityError)) throw error;
  }
  throw new InvalidArgumentError("A time of 1 ms to 1 s with its unit is wanted; an ESP32's grid is 10ms.");
}

function positiveNumber(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError("A number above 0 is wanted.");
}

function version(): string {
  const text = readFileSync(join(checkoutRoot(), "package.json"), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

import { InvalidArgumentError, Option } from "commander";
import type { Command } from "commander";
import { BOARD_IDS } from "../../config/boards";
import { didYouMean } from "../../config/nearest-word";
import { formatVolume, parseVolumeNl } from "../../config/quantities";
import { BOARD_PROGRAMS } from "../../toolchain/devicescript/board-program";
import type { BoardProgram } from "../../toolchain/devicescript/board-program";
import { MOST_PURGE_NL } from "../../toolchain/devicescript/purge-limits";
import type { BuildOptions } from "../commands/build";
import type { DoctorOptions } from "../commands/doctor";
import type { FlashOptions } from "./flash-options";
import { optionOf } from "../pump/shared-options";
import type { ExitCode } from "../exit-code";
import type { Terminal } from "../terminal";

const OF_CONFIG = `${BOARD_IDS.join(", ")}; by default the one that devs.config.json names`;

/** Adds the commands that get a program onto a board: `build`, `flash`, `doctor`. */
export function addBoardCommands(program: Command, terminal: Terminal, done: (code: ExitCode) => void): void {
  addBuild(program, terminal, done);
  addFlash(program, terminal, done);
  addDoctor(program, terminal, done);
}

function addBuild(program: Command, terminal: Terminal, done: (code: ExitCode) => void): void {
  program
    .command("build")
    .description(
      "compile the firmware to bytecode, print its sizes, and bundle it when DeviceScript's firmware is at hand",
    )
    .option("--board <id>", OF_CONFIG)
    .addOption(programOption())
    .addOption(volumeOption())
    .option(
      "--firmware <file>",
      "DeviceScript's firmware for the chip, or a folder that holds it; kept in .minim/firmware/",
    )
    .option("--json", "print one JSON object a line")
    .addHelpText("after", BUILD_EXITS)
    .action(async (options: BuildOptions) => {
      done(await (await import("../commands/build")).build(options, terminal));
    });
}

function addFlash(program: Command, terminal: Terminal, done: (code: ExitCode) => void): void {
  program
    .command("flash")
    .description("write firmware and program to the board that is attached; tells all and asks first")
    .option("--board <id>", OF_CONFIG)
    .addOption(programOption())
    .addOption(volumeOption())
    .option("--program-only", "put only the program on a board that runs DeviceScript already, over USB")
    .option("--port <port>", "serial port of an ESP32, as /dev/ttyACM0; needed when there are several")
    .option("--drive <folder>", "boot drive of an RP2040; needed when there are several")
    .option(
      "--firmware <file>",
      "DeviceScript's firmware for the chip, or a folder that holds it; else kept or downloaded",
    )
    .addOption(new Option("--baud <rate>", "speed of an ESP32's port; slower for a bad cable").argParser(baudRate))
    .option("--yes", "do not ask")
    .option("--dry-run", "say what would be written and run, and write nothing")
    .option("--json", "print one JSON object a line; wants --yes or --dry-run")
    .addHelpText("after", FLASH_EXITS)
    .action(async (options: FlashOptions) => {
      done(await (await import("../commands/flash")).flash(options, terminal));
    });
}

function addDoctor(program: Command, terminal: Terminal, done: (code: ExitCode) => void): void {
  program
    .command("doctor")
    .description("look at everything that is needed, and say how to mend what is not there")
    .option(
      "--board <id>",
      `one of ${BOARD_IDS.join(", ")}: what it needs counts as needed, not only what the simulator does`,
    )
    .option("--json", "print one JSON object a line for each thing looked at")
    .addHelpText("after", "\nExit code: 0 everything needed is there, 1 something is missing, 2 bad input.")
    .action(async (options: DoctorOptions) => {
      done(await (await import("../commands/doctor")).doctor(options, terminal));
    });
}

const BUILD_EXITS = `
Exit code: 0 all passed, 1 a check failed, 2 bad input (nothing ran), 3 an internal fault, 130 on Ctrl-C.`;

const FLASH_EXITS = `
Exit code: 0 flashed, 1 not flashed (not confirmed, or the flash tool failed), 2 bad input or no board (nothing was written), 3 an internal fault, 130 on Ctrl-C.`;

function programOption(): Option {
  const words =
    "the dry run moves nothing and shows every input, the purge rinses or fills a line while the button is held";
  return new Option("--program <name>", `${BOARD_PROGRAMS.join(", ")}: ${words}`)
    .default("pump")
    .argParser(programNamed);
}

function volumeOption(): Option {
  const most = formatVolume(MOST_PURGE_NL);
  return new Option(
    "--volume <volume>",
    `most that a purge moves from one start to the next, at most ${most}`,
  ).argParser(optionOf((text: string) => parseVolumeNl(text, "zeroRefused")));
}

function programNamed(text: string): BoardProgram {
  const program = BOARD_PROGRAMS.find((known) => known === text);
  if (program !== undefined) return program;
  throw new InvalidArgumentError(`The programs are ${BOARD_PROGRAMS.join(", ")}${didYouMean(text, BOARD_PROGRAMS)}`);
}

const LEAST_BAUD = 9600;
const MOST_BAUD = 3000000;

function baudRate(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= LEAST_BAUD && value <= MOST_BAUD) return value;
  throw new InvalidArgumentError(`A whole number from ${LEAST_BAUD} to ${MOST_BAUD} is wanted, as 460800.`);
}

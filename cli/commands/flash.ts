import { relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { BadInput, describeBadInput } from "../../config/bad-input";
import { chipOfBoard } from "../../toolchain/board/chip";
import type { Chip } from "../../toolchain/board/chip";
import { downloadFirmware, findFirmware, firmwareWanted } from "../../toolchain/board/firmware";
import type { Firmware } from "../../toolchain/board/firmware";
import { copyToBootDrive, flashOverSerial } from "../../toolchain/board/flash-tool";
import { boardProgram } from "../../toolchain/devicescript/board-program";
import type { BuildRequest } from "../../toolchain/devicescript/build";
import { bundleProgram } from "../../toolchain/devicescript/bundle";
import { BadUsage } from "../bad-usage";
import { thisHost } from "../board/flash-host";
import type { FlashHost } from "../board/flash-host";
import { findTarget } from "../board/flash-target";
import type { FlashTarget } from "../board/flash-target";
import { isConfirmed, requireWord } from "../board/flash-confirm";
import type { FlashOptions } from "../board/flash-options";
import { flashProgram } from "../board/flash-program";
import { flashCommand, notFlashedText, PICO_WARNING, planText, targetText } from "../board/flash-words";
import type { FlashPlan } from "../board/flash-words";
import { noteWithoutMemory } from "../board/memory-note";
import { namedBoard } from "../board/named-board";
import { nextStep, PURGE_WARNING, purgeVolumeNl } from "../board/purge-volume";
import { ExitCode } from "../exit-code";
import { outJson, painted } from "../terminal";
import type { Terminal } from "../terminal";

/**
 * `minim flash`: builds a board's program, bundles it with DeviceScript's firmware, and writes all of it to the board that is attached. Everything
 * is looked at, told and confirmed before the first byte is written.
 * @param host given in tests
 */
export async function flash(options: FlashOptions, terminal: Terminal, host = thisHost()): Promise<ExitCode> {
  const { root } = host;
  const volumeNl = purgeVolumeNl(options);
  const board = await namedBoard(root, options.board);
  const chip = await chipOfBoard(root, board);
  // Whether a purge can be had for this board and this volume is the first thing to know.
  const program = await boardProgram(root, board, options.program, volumeNl);
  if (options.program === "purge") terminal.err(`${painted(terminal, "yellow", PURGE_WARNING)}\n`);
  if (options.programOnly === true) return flashProgram(board, chip, program, options, terminal, host);
  if (options.dryRun === true) return dryRun(board, chip, program, options, terminal, host);
  requireWord(options);
  // Before the download and the build: a board that is not there is the first thing to know.
  const target = await findTarget(chip, options, host);
  const firmware = (await findFirmware(root, chip, options.firmware)) ?? (await download(root, chip, terminal));
  const bundle = await bundleProgram({ board, program, chip, firmware });
  const plan: FlashPlan = { root, board, chip, bundle, target, baud: options.baud };
  await tellPlan(plan, options, terminal);
  if (!(await isConfirmed(`Flash ${board} by ${targetText(target)}?`, options, terminal, host)))
    return ExitCode.checkFailed;
  return write(plan, target, options, terminal, host);
}

/** Goes as far as it can without writing: what is missing is told, and the rest of the plan all the same. */
async function dryRun(
  board: string,
  chip: Chip,
  program: BuildRequest,
  options: FlashOptions,
  terminal: Terminal,
  host: FlashHost,
): Promise<ExitCode> {
  const { root } = host;
  const missing: string[] = [];
  const target = await findTarget(chip, options, host).catch((error: unknown) => {
    if (!(error instanceof BadUsage || error instanceof BadInput)) throw error;
    missing.push(error instanceof BadInput ? describeBadInput(error) : error.message);
    return undefined;
  });
  const firmware = await findFirmware(root, chip, options.firmware);
  if (firmware === undefined)
    missing.push(`no firmware is at hand: ${firmwareWanted(chip)} (flash itself would download it)`);
  for (const text of missing) {
    if (options.json === true) outJson(terminal, { kind: "missing", board, message: text });
    terminal.err(`missing: ${text}\n`);
  }
  if (firmware === undefined) {
    const chipWords =
      chip.family === "rp2040" ? "copy it to the boot drive" : "write it with devs flash esp32 and esptool";
    if (options.json !== true)
      terminal.out(`would then bundle ${board} with it and ${chipWords}; nothing was written\n`);
    return ExitCode.passed;
  }
  const bundle = await bundleProgram({ board, program, chip, firmware });
  await tellPlan({ root, board, chip, bundle, target, baud: options.baud }, options, terminal);
  return ExitCode.passed;
}

async function download(root: string, chip: Chip, terminal: Terminal): Promise<Firmware> {
  terminal.err(`no firmware is at hand; downloading ${chip.firmwareUrl}\n`);
  return downloadFirmware(root, chip);
}

async function tellPlan(plan: FlashPlan, options: FlashOptions, terminal: Terminal): Promise<void> {
  const command = flashCommand(plan);
  if (options.json === true) outJson(terminal, { ...planResult(plan, command), ...warningOf(plan, options) });
  else terminal.out(planText(plan));
  await noteWithoutMemory(plan.root, options.program, terminal);
  if (plan.chip.family === "rp2040") terminal.err(`${painted(terminal, "yellow", PICO_WARNING)}\n`);
  if (options.dryRun === true && options.json !== true) terminal.out(`would run: ${command}\n`);
}

/** The object of the kind `flashPlan` that `--json` prints. */
function planResult({ root, board, chip, bundle, target }: FlashPlan, command: string): object {
  return {
    kind: "flashPlan",
    board,
    chip: chip.name,
    ...(target === undefined ? {} : target.kind === "drive" ? { drive: target.drive } : { port: target.port.path }),
    bundle: relative(root, bundle.path),
    bundleBytes: bundle.bytes,
    bundleSha256: bundle.sha256,
    program: bundle.program.program,
    imageSha256: bundle.program.imageSha256,
    firmwareSha256: bundle.firmware.sha256,
    settings: bundle.settingsKeys,
    command,
  };
}

/** No board has both. */
function warningOf({ chip }: FlashPlan, { program }: FlashOptions): { readonly warning?: string } {
  if (chip.family === "rp2040") return { warning: PICO_WARNING };
  return program === "purge" ? { warning: PURGE_WARNING } : {};
}

async function write(
  plan: FlashPlan,
  target: FlashTarget,
  options: FlashOptions,
  terminal: Terminal,
  host: FlashHost,
): Promise<ExitCode> {
  const { root, board, bundle, baud } = plan;
  let code = 0;
  if (target.kind === "drive") await copyTo(bundle.path, target.drive, host);
  else {
    const { port, esptool } = target;
    const flashed = {
      root,
      board,
      file: bundle.path,
      port: port.path,
      esptool,
      ...(baud === undefined ? {} : { baud }),
    };
    code = await flashOverSerial(flashed, (text) => terminal.err(stripVTControlCharacters(text)));
  }
  const isFlashed = code === 0;
  if (options.json === true) outJson(terminal, { kind: "flash", board, flashed: isFlashed, to: targetText(target) });
  if (!isFlashed) {
    terminal.err(`minim: ${notFlashedText(plan, target)}\n`);
    return ExitCode.checkFailed;
  }
  if (options.json !== true)
    terminal.out(`${painted(terminal, "green", "✓")} ${board} is flashed. ${nextStep(options.program)}\n`);
  return ExitCode.passed;
}

async function copyTo(file: string, drive: string, { machine }: FlashHost): Promise<void> {
  try {
    await copyToBootDrive(file, machine.at(drive));
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    throw new BadInput(
      drive,
      0,
      `the image could not be copied: ${text}; put the board into its boot loader and try again`,
    );
  }
}

import { LinkFailure } from "../../link/link-errors";
import { BadInput } from "../../config/bad-input";
import { productIdOfBoard } from "../../toolchain/board/chip";
import type { Chip } from "../../toolchain/board/chip";
import { portText } from "../../toolchain/board/serial-ports";
import { buildProgram } from "../../toolchain/devicescript/build";
import type { BuildRequest } from "../../toolchain/devicescript/build";
import { BadUsage } from "../bad-usage";
import type { FlashOptions } from "./flash-options";
import { ExitCode } from "../exit-code";
import { outJson, painted } from "../terminal";
import type { Terminal } from "../terminal";
import { isConfirmed, requireWord } from "./flash-confirm";
import type { FlashHost } from "./flash-host";
import { findPort } from "./flash-target";
import { DeployFailure } from "./manager-bus";
import { noteWithoutMemory } from "./memory-note";
import { nextStep, PURGE_WARNING } from "./purge-volume";
import { deployProgram } from "./program-deploy";

/**
 * `minim flash --program-only`: hands the program alone to a board that runs DeviceScript already, over its serial port, and makes sure that it
 * arrived. Firmware, settings, and what a FRAM holds stay.
 */
export async function flashProgram(
  board: string,
  chip: Chip,
  program: BuildRequest,
  options: FlashOptions,
  terminal: Terminal,
  host: FlashHost,
): Promise<ExitCode> {
  if (options.firmware !== undefined) throw new BadUsage("--program-only writes no firmware: leave --firmware out");
  if (options.drive !== undefined || options.baud !== undefined)
    throw new BadUsage("--program-only goes over the board's own serial port: leave --drive and --baud out");
  if (options.dryRun !== true) requireWord(options);
  const port = await findPort(chip, options.port, host);
  const productId = await productIdOfBoard(host.root, board);
  const built = await buildProgram(program);
  if (options.json === true)
    outJson(terminal, {
      kind: "flashPlan",
      board,
      chip: chip.name,
      port: port.path,
      program: built.program,
      imageSha256: built.imageSha256,
      imageBytes: built.sizes.imageBytes,
      ...(options.program === "purge" ? { warning: PURGE_WARNING } : {}),
    });
  else
    terminal.out(
      `${board}, program only\n  to        ${portText(port)}\n` +
        `  program   number ${built.program}, ${built.sizes.imageBytes} bytes, sha256 ${built.imageSha256}\n` +
        "Switch the motor's supply off first. The program that runs is ended as by a loss of power; a prescription that was confirmed under another program is not in force any more.\n",
    );
  await noteWithoutMemory(host.root, options.program, terminal);
  if (options.dryRun === true) return ExitCode.passed;
  if (!(await isConfirmed(`Put this program on ${board} at ${port.path}?`, options, terminal, host)))
    return ExitCode.checkFailed;
  const done = await deployOver(port.path, built.image, productId, terminal, host);
  if (options.json === true) outJson(terminal, { kind: "flash", board, flashed: true, to: portText(port), done });
  else {
    const words =
      done === "deployed" ? "has the program, checked by its SHA-256, and starts it" : "had this program already";
    terminal.out(`${painted(terminal, "green", "✓")} ${board} ${words}. ${nextStep(options.program)}\n`);
  }
  return ExitCode.passed;
}

async function deployOver(
  path: string,
  image: Uint8Array,
  productId: number,
  terminal: Terminal,
  host: FlashHost,
): Promise<"deployed" | "alreadyThere"> {
  const progress = (bytes: number): void => {
    if (terminal.showsProgress) terminal.err(`\r\u001b[Kwriting: ${Math.floor((100 * bytes) / image.length)} %`);
  };
  try {
    const transport = await host.openSerial(path);
    try {
      return await deployProgram(transport, { image, productId, timers: host.timers, progress });
    } finally {
      if (terminal.showsProgress) terminal.err("\r\u001b[K");
      await transport.close();
    }
  } catch (error) {
    if (error instanceof DeployFailure) throw new BadInput(path, 0, error.message);
    // It names the port itself.
    if (error instanceof LinkFailure) throw new BadUsage(error.message);
    throw error;
  }
}

import { relative } from "node:path";
import type { Chip } from "../../toolchain/board/chip";
import { serialFlashArguments, UF2_ON_DRIVE } from "../../toolchain/board/flash-tool";
import { portText } from "../../toolchain/board/serial-ports";
import type { Bundle } from "../../toolchain/devicescript/bundle";
import type { FlashTarget } from "./flash-target";

/** What is about to be flashed, and where. */
export interface FlashPlan {
  readonly root: string;
  readonly board: string;
  readonly chip: Chip;
  readonly bundle: Bundle;
  /** `undefined` in a dry run for which no board was found. */
  readonly target: FlashTarget | undefined;
  readonly baud: number | undefined;
}

/** What must be known before a Pico is used without a cable. */
export const PICO_WARNING =
  "WARNING: DeviceScript's released firmware for the RP2040 FREEZES within seconds to minutes when neither a USB host nor another Jacdac device talks " +
  "to it, also in the middle of a stroke, for up to 71 minutes (a timer that is set too late; found by reading and in an emulator). Use this board only with a computer at its USB all " +
  "the time, or with a firmware in which that is mended; the one-shot that gates EN is not optional. For standing alone take an ESP32.";

/** The command that writes the image, as it could be typed in the checkout. */
export function flashCommand({ root, board, chip, bundle, target, baud }: FlashPlan): string {
  const file = relative(root, bundle.path);
  if (chip.family === "rp2040") {
    const drive = target?.kind === "drive" ? target.drive : "DRIVE";
    return `cp ${file} ${drive}/${UF2_ON_DRIVE}`;
  }
  const serial = target?.kind === "serial" ? target : undefined;
  const words = serialFlashArguments({
    root,
    board,
    file,
    port: serial?.port.path ?? "PORT",
    esptool: serial?.esptool ?? { command: "esptool", version: "" },
    ...(baud === undefined ? {} : { baud }),
  });
  return `npx devs ${words.map((word) => (word.includes(" ") ? `"${word}"` : word)).join(" ")}`;
}

/**
 * What to say after a failure of the flash tool. DeviceScript does not wait for the last words of esptool (it listens for the end of the process, not of
 * its output), so the way to hear them is told too.
 */
export function notFlashedText({ root, board, bundle, baud }: FlashPlan, target: FlashTarget): string {
  const mended = "a board that was written in part is mended by flashing it again";
  if (target.kind === "drive") return `${board} was not flashed; ${mended}`;
  const address = /-(0x[0-9a-f]+)\.bin$/.exec(bundle.path)?.[1] ?? "0x0";
  const speed = baud === undefined ? "" : ` --baud ${baud}`;
  const direct = `${target.esptool.command} --port ${target.port.path}${speed} write_flash ${address} ${relative(root, bundle.path)}`;
  return `${board} was not flashed: see the words of DeviceScript and esptool above; ${mended}; a slower --baud 115200 and holding BOOT while plugging in help most often; all words of esptool: ${direct}`;
}

/** Where the image goes, in words. */
export function targetText(target: FlashTarget): string {
  return target.kind === "drive" ? `boot drive ${target.drive}` : portText(target.port);
}

/** All that a person should know before the first byte is written. */
export function planText(plan: FlashPlan): string {
  const { root, board, chip, bundle, target } = plan;
  const { program, firmware, settingsKeys } = bundle;
  const row = (label: string, text: string): string => `  ${label.padEnd(9)} ${text}\n`;
  const chipWords =
    chip.family === "esp32" ? `${chip.name}: esptool refuses another one` : `${chip.name}: told by its boot drive`;
  return (
    `${board}\n` +
    row("to", target === undefined ? "no board found" : targetText(target)) +
    row("chip", chipWords) +
    row("image", `${relative(root, bundle.path)}, ${bundle.bytes} bytes, sha256 ${bundle.sha256}`) +
    row("program", `number ${program.program}, sha256 ${program.imageSha256}`) +
    row("firmware", `DeviceScript's for ${chip.name}, sha256 ${firmware.sha256}`) +
    row(
      "settings",
      settingsKeys.length === 0 ? "none" : `${settingsKeys.join(", ")} (anyone on the bus can read them)`,
    ) +
    "Switch the motor's supply off first: while a board is written its pins are nobody's.\n" +
    "The program and all settings on the board are replaced. What a FRAM holds stays: its ledger and its key. A prescription that was\n" +
    "confirmed under another program is not in force any more; the pump stays stopped until one is staged and confirmed.\n"
  );
}

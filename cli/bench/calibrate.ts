import { join } from "node:path";
import { calibrateVolume } from "../../bench/calibration/calibrate-volume";
import type { Calibration } from "../../bench/calibration/calibrate-volume";
import { editVolume } from "../../bench/calibration/edit-volume";
import type { EditedPump } from "../../bench/calibration/edit-volume";
import { changePercent, LARGE_CHANGE_PERCENT } from "../../bench/calibration/volume-change";
import { BadInput } from "../../config/bad-input";
import { readPumpFile } from "../../config/read-pump";
import { readTextFile, shownPath } from "../../sim/scenario/node/text-file";
import { checkoutRoot } from "../../toolchain/checkout";
import { DEFAULT_PUMP_FILE } from "../../toolchain/devicescript/generated-config";
import { BadUsage } from "../bad-usage";
import { ExitCode } from "../exit-code";
import { requireWritable } from "../output-file";
import { outJson } from "../terminal";
import type { Terminal } from "../terminal";
import type { CalibrateOptions, VolumeChange } from "./calibrate-settings";
import { askOnStdin, confirmation } from "./calibrate-confirm";
import type { Ask } from "./calibrate-confirm";
import { calibrationReport, changeReport } from "./calibrate-report";
import { readRuns } from "./calibrate-runs";
import { replaceFile } from "./replace-file";

/**
 * `minim bench calibrate`: weighed runs to a volume per revolution, and into the pump file when told to. @param ask puts a question to the person and
 * returns the answer, `undefined` where nobody answers
 */
export async function calibrate(
  named: readonly string[],
  options: CalibrateOptions,
  terminal: Terminal,
  ask: Ask = askOnStdin,
): Promise<ExitCode> {
  if (options.json === true && options.write === true && options.yes !== true && options.acceptChange === undefined)
    throw new BadUsage("--json never asks: --write wants --yes beside it");
  if (options.write !== true && (options.yes === true || options.acceptChange !== undefined))
    throw new BadUsage("--yes and --accept-change are for --write, which is missing");
  const file = options.config ?? shownPath(join(checkoutRoot(), DEFAULT_PUMP_FILE));
  if (options.write === true) requireWritable("--write", file, []);
  const text = readTextFile(file, file);
  const pump = readPumpFile(text, file);
  const { runs, excluded, notes } = await readRuns(named, options, pump);
  const found = calibrateVolume(runs);
  const shown = { ...found, warnings: [...found.warnings, ...notes] };
  const isRefused = found.refusals.length > 0;
  const edit = isRefused ? undefined : editOrReason(text, file, found.plPerRevolution);
  const change =
    edit instanceof BadInput || edit === undefined ? undefined : changeOf(file, pump.head.plPerRevolution, edit);
  const tell = (written: boolean): void => {
    if (options.json === true) outJson(terminal, jsonResult(shown, excluded, change, written));
  };
  if (options.json !== true) {
    terminal.out(calibrationReport(shown, excluded, terminal));
    if (change !== undefined) terminal.out(changeReport(change));
  }
  if (isRefused) {
    tell(false);
    terminal.err(`minim: this is no calibration: ${found.refusals.join("; ")}\n`);
    return ExitCode.checkFailed;
  }
  if (edit instanceof BadInput) {
    tell(false);
    throw edit;
  }
  if (options.write !== true || change === undefined || edit === undefined || change.newPl === change.oldPl) {
    tell(false);
    if (options.json !== true) terminal.out(nextText(options, change));
    return ExitCode.passed;
  }
  const answer = await confirmation(change, options, terminal, ask);
  if (answer !== "confirmed") {
    tell(false);
    if (answer instanceof BadUsage) throw answer;
    terminal.err("minim: nothing was written\n");
    return ExitCode.checkFailed;
  }
  replaceFile(file, text, edit.text);
  tell(true);
  if (options.json !== true)
    terminal.out(
      `${file}: head.volumePerRevolution is now ${edit.written}.${options.config === undefined ? " Build and flash it: npx minim build" : ""}\n`,
    );
  return ExitCode.passed;
}

/** The file with the new value; or why this pump cannot have it. */
function editOrReason(text: string, file: string, plPerRevolution: number): EditedPump | BadInput {
  try {
    return editVolume(text, file, plPerRevolution);
  } catch (error) {
    if (error instanceof BadInput) return error;
    throw error;
  }
}

function changeOf(file: string, oldPl: number, edit: EditedPump): VolumeChange {
  const percent = changePercent(oldPl, edit.plPerRevolution);
  return {
    file,
    oldPl,
    newPl: edit.plPerRevolution,
    written: edit.written,
    percent,
    isLarge: Math.abs(percent) > LARGE_CHANGE_PERCENT,
  };
}

function nextText({ write }: CalibrateOptions, change: VolumeChange | undefined): string {
  if (change?.newPl === change?.oldPl) return "It is in the file already: nothing to write.\n";
  return write === true ? "" : "Nothing was written. To write it: the same command with --write.\n";
}

function jsonResult(
  found: Calibration,
  excluded: readonly string[],
  change: VolumeChange | undefined,
  written: boolean,
): object {
  return {
    kind: "calibration",
    ...found,
    excluded,
    change: change === undefined ? null : change,
    written,
  };
}

import { join } from "node:path";
import { calibrateVolume } from "../../bench/calibration/calibrate-volume";
import type { Calibration } from "../../bench/calibration/calibration";
import { editVolume } from "../../bench/calibration/edit-volume";
import type { EditedPump } from "../../bench/calibration/edit-volume";
import { bendText, changePercent, isAccepted, LARGE_CHANGE_PERCENT } from "../../bench/calibration/volume-change";
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
import type { CalibrateOptions, NamedPump, VolumeChange } from "./calibrate-settings";
import { askOnStdin, confirmation } from "./calibrate-confirm";
import type { Ask } from "./calibrate-confirm";
import { compareSerials, trueRevolutionUl } from "./calibrate-identity";
import { calibrationReport, changeReport, simulatedReport } from "./calibrate-report";
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
  requireOptions(options);
  const path = options.config ?? shownPath(join(checkoutRoot(), DEFAULT_PUMP_FILE));
  if (options.write === true) requireWritable("--write", path, []);
  const text = readTextFile(path, path);
  const pump = { path, file: readPumpFile(text, path) };
  const { runs, manifests, excluded, notes } = await readRuns(named, options, pump);
  const serials = compareSerials(manifests, pump);
  const found = calibrateVolume(runs, options.acceptBend !== undefined);
  requireBend(options, found);
  const shown = { ...found, warnings: [...found.warnings, ...serials.notes, ...notes] };
  const edit = found.refusals.length > 0 ? undefined : editOrReason(text, path, found.plPerRevolution);
  const simulated = manifests.find(({ manifest }) => manifest.simulated !== null)?.manifest;
  const change =
    edit instanceof BadInput || edit === undefined
      ? undefined
      : { ...changeOf(pump, edit), isSimulated: simulated !== undefined, otherSerial: serials.otherSerial };
  const tell = (written: boolean): void => {
    const isSimulated = simulated !== undefined;
    if (options.json === true)
      outJson(terminal, { kind: "calibration", ...shown, isSimulated, excluded, change: change ?? null, written });
  };
  if (options.json !== true) {
    terminal.out(calibrationReport(shown, excluded, terminal));
    if (simulated !== undefined)
      terminal.out(simulatedReport(options.mixed === true ? undefined : trueRevolutionUl(simulated)));
    if (change !== undefined) terminal.out(changeReport(change));
  }
  if (edit === undefined || edit instanceof BadInput || change === undefined) {
    tell(false);
    if (edit instanceof BadInput) throw edit;
    terminal.err(`minim: ${refusalText(found)}\n`);
    return ExitCode.checkFailed;
  }
  return written({ change, text, edit, tell }, options, terminal, ask);
}

interface ReadyToWrite {
  readonly change: VolumeChange;
  /** The file's text as it is. */
  readonly text: string;
  readonly edit: EditedPump;
  readonly tell: (written: boolean) => void;
}

/** Asks and writes, where that was told. */
async function written(
  { change, text, edit, tell }: ReadyToWrite,
  options: CalibrateOptions,
  terminal: Terminal,
  ask: Ask,
): Promise<ExitCode> {
  const { file } = change;
  if (options.write !== true || change.newPl === change.oldPl) {
    tell(false);
    if (options.json !== true) terminal.out(nextText(change));
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

function requireOptions({ json, write, yes, acceptChange, acceptSerial, simulated }: CalibrateOptions): void {
  if (json === true && write === true && yes !== true && acceptChange === undefined)
    throw new BadUsage("--json never asks: --write wants --yes beside it");
  const stray = yes === true || acceptChange !== undefined || acceptSerial !== undefined || simulated === true;
  if (write !== true && stray)
    throw new BadUsage("--yes, --accept-change, --accept-serial and --simulated are for --write, which is missing");
}

/** A bend that was accepted has to be the one that is there. */
function requireBend({ acceptBend }: CalibrateOptions, { bendPercent }: Calibration): void {
  if (acceptBend === undefined) return;
  if (bendPercent === null) throw new BadUsage("--accept-bend: the runs are on the line; leave it out");
  if (!isAccepted({ ...acceptBend, sign: "" }, bendPercent))
    throw new BadUsage(`--accept-bend is another one: this is ${bendText(bendPercent)}; nothing was written`);
}

function refusalText({ refusals, bendPercent }: Calibration): string {
  const bend =
    bendPercent === null ? "" : `; --accept-bend "${bendText(bendPercent)}" takes the value with the bend all the same`;
  return `this is no calibration: ${refusals.join("; ")}${bend}`;
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

function changeOf(
  { path, file: { head } }: NamedPump,
  { plPerRevolution, written: value }: EditedPump,
): Omit<VolumeChange, "isSimulated" | "otherSerial"> {
  const percent = changePercent(head.plPerRevolution, plPerRevolution);
  return {
    file: path,
    oldPl: head.plPerRevolution,
    newPl: plPerRevolution,
    written: value,
    percent,
    isLarge: Math.abs(percent) > LARGE_CHANGE_PERCENT,
  };
}

function nextText({ newPl, oldPl }: VolumeChange): string {
  return newPl === oldPl
    ? "It is in the file already: nothing to write.\n"
    : "Nothing was written. To write it: the same command with --write.\n";
}

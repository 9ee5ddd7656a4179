import { join } from "node:path";
import { readRecording } from "../../bench/calibration/node/read-recording";
import type { ReadRecording, ToldOfRecording } from "../../bench/calibration/node/read-recording";
import type { CalibrationRun } from "../../bench/calibration/calibration-run";
import { recordedRun } from "../../bench/calibration/recorded-run";
import type { Manifest } from "../../bench/record/manifest";
import { BENCH_PROFILES } from "../../bench/simulated/bench-profile";
import type { BenchProfile, BenchProfileName } from "../../bench/simulated/bench-profile";
import { readBenchPump } from "../../bench/simulated/node/bench-pump";
import { BadInput } from "../../config/bad-input";
import { toPumpConfig } from "../../config/pump-config";
import type { PumpConfig } from "../../src/config";
import { shownPath } from "../../sim/scenario/node/text-file";
import { checkoutRoot } from "../../toolchain/checkout";
import { DEFAULT_PUMP_FILE } from "../../toolchain/devicescript/generated-config";
import { settingsOf } from "./analyse-settings";
import type { NamedPump, RunOptions } from "./calibrate-settings";
import { pulseOf } from "./pulse-options";

/** A recording as a run of a calibration. */
export interface RecordingRun {
  readonly recording: ReadRecording;
  readonly run: CalibrationRun;
  readonly notes: readonly string[];
}

/**
 * A recording's run: revolutions by the pump's log with the steps of the pump that was recorded, or as told. Throws `BadInput`, also where that pump has other
 * steps than the pump file.
 */
export async function runOfRecording(
  folder: string,
  told: ToldOfRecording | undefined,
  options: RunOptions,
  pump: NamedPump,
): Promise<RecordingRun> {
  const recording = await readRecording(folder, told);
  const { manifest, turned } = recording;
  requireSamePump(folder, manifest, pump);
  if (told !== undefined && options.analyse !== undefined)
    throw new BadInput(folder, 0, "its revolutions were counted over all of it; --analyse takes a part: leave it out");
  const { settings, notes } = settingsOf({
    options: { ...options, ...(told?.rateMlPerH === undefined ? {} : { rate: told.rateMlPerH }) },
    manifest,
    blank: undefined,
    pumpLog: typeof turned === "number" ? undefined : turned,
  });
  const { head } = pump.file;
  const run = recordedRun(recording, {
    strokesPerRevolution: head.fullStepsPerRevolution / head.fullStepsPerStroke,
    stepsPerRevolution: head.fullStepsPerRevolution,
    pulse: pulseOf(options, sheetOf(manifest)),
    strokeS: toPumpConfig(pump.file).strokeMs / 1000,
    corrections: settings.corrections ?? {},
    analyse: settings.analyse,
    readingG: settings.balanceNoise?.readingG,
    uncertainty: settings.uncertainty ?? {},
    uncorrected: settings.uncorrected,
    responseS: sheetOf(manifest)?.responseS,
  });
  const isIdeal = manifest.simulated?.profile === "ideal" && options.density !== 1 && options.correctAll !== true;
  const ideal = "the ideal bench weighs water of exactly 1 g/mL; --density 1 says so";
  return { recording, run, notes: [...recording.notes, ...notes, ...(isIdeal ? [ideal] : [])] };
}

/** The data sheet of the simulated bench that made a recording. */
export function sheetOf({ simulated }: Manifest): BenchProfile | undefined {
  const name = simulated?.profile ?? "";
  return Object.hasOwn(BENCH_PROFILES, name) ? BENCH_PROFILES[name as BenchProfileName] : undefined;
}

/** The pump that was simulated, as its file says now; undefined where there is none any more. */
export function simulatedPump({ simulated }: Manifest): PumpConfig | undefined {
  if (simulated === null) return undefined;
  const isDefault = simulated.pump === DEFAULT_PUMP_FILE;
  try {
    return readBenchPump(isDefault ? shownPath(join(checkoutRoot(), DEFAULT_PUMP_FILE)) : simulated.pump).config;
  } catch (error) {
    if (error instanceof BadInput) return undefined;
    throw error;
  }
}

function requireSamePump(folder: string, manifest: Manifest, { path, file: { head } }: NamedPump): void {
  const simulated = simulatedPump(manifest);
  const recorded =
    manifest.pump.strokesPerRevolution ??
    (simulated === undefined ? null : simulated.fullStepsPerRevolution / simulated.fullStepsPerStroke);
  const own = head.fullStepsPerRevolution / head.fullStepsPerStroke;
  if (recorded === null || recorded === own) return;
  const which = manifest.simulated === null ? "" : ` (${manifest.simulated.pump})`;
  throw new BadInput(
    folder,
    0,
    `it was recorded with a pump of ${recorded} strokes a revolution${which}; ${path} is a pump of ${own}: --config names the pump's file`,
  );
}

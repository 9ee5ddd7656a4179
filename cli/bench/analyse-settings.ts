import { USUAL_BUOYANCY_PERCENT, WATER_TEMPERATURES_C } from "../../bench/analysis/corrections";
import type { Air, CorrectionSettings, Evaporation } from "../../bench/analysis/corrections";
import type { RollerHead } from "../../bench/analysis/dose-cycle";
import type { FlowSettings } from "../../bench/analysis/flow-settings";
import type { PumpLog } from "../../bench/analysis/pump-log";
import { gramText } from "../../bench/analysis/uncertainty";
import type { Manifest } from "../../bench/record/manifest";
import { BENCH_PROFILES } from "../../bench/simulated/bench-profile";
import type { BenchProfileName } from "../../bench/simulated/bench-profile";
import { sheetSettings } from "../../bench/simulated/sheet-settings";
import { formatDuration } from "../../config/quantities";
import { BadUsage } from "../bad-usage";
import type { AnalysisOptions } from "./told-analysis";

/** What the command line and a recording know together. */
export interface KnownRun {
  readonly options: AnalysisOptions;
  /** Of the recording; undefined for a CSV file. */
  readonly manifest: Manifest | undefined;
  /** Of the blank runs. */
  readonly blank: Evaporation | undefined;
  readonly pumpLog: PumpLog | undefined;
}

/** The settings of an analysis, and what should be told about them. */
export interface SettingsWithNotes {
  readonly settings: FlowSettings;
  readonly notes: readonly string[];
}

/** Options that cannot stand together; before any file is read. Throws {@link BadUsage}. */
export function requireConsistent(options: AnalysisOptions, hasManifest: boolean): void {
  const { blank, evaporation, evaporationUncertainty, density, temperature, buoyancy, correctAll } = options;
  const isTold = (value: unknown): boolean => value !== undefined;
  if (isTold(blank) && (isTold(evaporation) || isTold(evaporationUncertainty)))
    throw new BadUsage("--blank fits the evaporation and its uncertainty; leave out --evaporation or --blank");
  if (isTold(density) && isTold(temperature) && buoyancy !== true)
    throw new BadUsage("--density and --temperature both say the density; leave one out, or add --buoyancy");
  if (buoyancy === true && !isTold(temperature) && !hasManifest)
    throw new BadUsage('--buoyancy wants the temperature of the air, as --temperature "21 C"');
  if (buoyancy !== true && correctAll !== true && (isTold(options.pressure) || isTold(options.humidity)))
    throw new BadUsage("--pressure and --humidity are for --buoyancy; add it");
  if (correctAll === true && !hasManifest)
    throw new BadUsage("--correct-all is for the folder of a recording; of a CSV file nobody knows the numbers");
}

/** Half of a head is none. Not for a calibration, which knows strokes by the pump file. Throws {@link BadUsage}. */
export function requireWholeHead(options: AnalysisOptions, manifest: Manifest | undefined): void {
  const { rollers, strokesPerRevolution, pulsation } = options;
  const isTold = [rollers, strokesPerRevolution, pulsation].some((value) => value !== undefined);
  if (isTold && headOf(options, manifest) === undefined)
    throw new BadUsage("--rollers and --strokes-per-revolution belong together (--pulsation to both), as 3 and 200");
}

/** Puts together what options and recording know. Throws {@link BadUsage} when nobody knows the rate. */
export function settingsOf(known: KnownRun): SettingsWithNotes {
  const { options, manifest } = known;
  const rateMlPerH = options.rate ?? manifest?.rateMlPerH ?? undefined;
  if (rateMlPerH === undefined) throw new BadUsage('--rate is wanted: what the pump was set to, as "1 mL/h"');
  const sheet = sheetOf(manifest);
  const readingG = options.balance;
  const settings: FlowSettings = {
    rateMlPerH,
    preset: options.preset,
    intervalS: options.interval,
    windowsMinutes: options.windows,
    analyse: options.analyse,
    startS: options.start,
    corrections: corrections(known, sheet),
    balanceNoise:
      readingG === undefined ? sheet?.balanceNoise : { readingG, source: `--balance ${gramText(readingG)}` },
    limit: options.limit,
    uncertainty: {
      ...sheet?.uncertainty,
      ...(options.resolution === undefined ? {} : { resolutionG: options.resolution }),
      ...(options.balanceDrift === undefined ? {} : { driftGPerH: options.balanceDrift }),
      ...(options.balanceCalibration === undefined ? {} : { sensitivityPercent: options.balanceCalibration }),
    },
    uncorrected: {
      evaporationGPerH: sheet?.corrections.evaporation?.gPerH,
      buoyancyPercent: hasAir(manifest, sheet) ? USUAL_BUOYANCY_PERCENT : 0,
    },
    cycle: options.cycle === undefined ? undefined : { minutes: options.cycle, source: "--cycle" },
    head: headOf(options, manifest),
    pumpLog: known.pumpLog,
  };
  return { settings, notes: notesOf(known, settings, sheet) };
}

/** A recording was made in air, unless its bench was simulated without. Of a CSV file nobody knows. */
function hasAir(manifest: Manifest | undefined, sheet: Sheet | undefined): boolean {
  return manifest !== undefined && (sheet === undefined || sheet.corrections.air !== undefined);
}

type Sheet = ReturnType<typeof sheetSettings>;

/** The data sheet of a simulated bench, which its recording names. */
function sheetOf(manifest: Manifest | undefined): Sheet | undefined {
  const name = manifest?.simulated?.profile ?? "";
  return Object.hasOwn(BENCH_PROFILES, name) ? sheetSettings(BENCH_PROFILES[name as BenchProfileName]) : undefined;
}

function corrections(known: KnownRun, sheet: Sheet | undefined): CorrectionSettings {
  const { options } = known;
  const wantsAll = options.correctAll === true;
  const recordedC = recordedTemperatureC(known, sheet);
  const temperatureC = options.temperature ?? (wantsAll ? recordedC : undefined);
  const densityGPerMl = options.density ?? (wantsAll ? sheet?.corrections.densityGPerMl : undefined);
  return {
    densityGPerMl,
    waterTemperatureC: densityGPerMl === undefined ? temperatureC : undefined,
    air: air(known, options.temperature ?? recordedC, sheet),
    evaporation: evaporation(known, sheet),
  };
}

/**
 * Temperature of a recording, in °C. Throws {@link BadUsage} when it is to be used and water is not weighed at it: the formula for the density
 * knows nothing of it.
 */
function recordedTemperatureC({ options, manifest }: KnownRun, sheet: Sheet | undefined): number | undefined {
  const celsius = manifest?.temperatureC ?? sheet?.corrections.waterTemperatureC ?? undefined;
  const isUsed = options.temperature === undefined && (options.correctAll === true || options.buoyancy === true);
  const { least, most } = WATER_TEMPERATURES_C;
  if (celsius === undefined || !isUsed || (celsius >= least && celsius <= most)) return celsius;
  throw new BadUsage(
    `the recording's temperature, ${celsius} °C, is none from ${least} to ${most} °C; tell the right one, as --temperature "21 C"`,
  );
}

/** The air whose lift is taken out, when that was asked for. */
function air(
  { options, manifest }: KnownRun,
  temperatureC: number | undefined,
  sheet: Sheet | undefined,
): Air | undefined {
  const isAsked = options.buoyancy === true || (options.correctAll === true && temperatureC !== undefined);
  // A bench that is simulated without air has none to take out.
  if (!isAsked || (sheet !== undefined && sheet.corrections.air === undefined)) return undefined;
  if (temperatureC === undefined)
    throw new BadUsage('the recording does not say its temperature; tell it, as --temperature "21 C"');
  const pressureHpa = options.pressure ?? manifest?.pressureHpa ?? sheet?.corrections.air?.pressureHpa;
  const humidityPercent = options.humidity ?? manifest?.humidityPercent ?? sheet?.corrections.air?.humidityPercent;
  const isAssumed = pressureHpa === undefined || humidityPercent === undefined;
  const source = isAssumed ? "usual pressure or humidity assumed" : "as told";
  return { temperatureC, pressureHpa: pressureHpa ?? 1013.25, humidityPercent: humidityPercent ?? 50, source };
}

function evaporation({ options, blank }: KnownRun, sheet: Sheet | undefined): Evaporation | undefined {
  if (blank !== undefined) return blank;
  const gPerH = options.evaporation;
  const standardGPerH = options.evaporationUncertainty;
  if (gPerH !== undefined || standardGPerH !== undefined)
    return { gPerH: gPerH ?? 0, standardGPerH: standardGPerH ?? 0, source: "--evaporation" };
  return options.correctAll === true ? sheet?.corrections.evaporation : undefined;
}

/** The rollers of the head, as told or as the recording of a simulated pump knows them. */
function headOf(options: AnalysisOptions, manifest: Manifest | undefined): RollerHead | undefined {
  const profile = manifest?.simulated?.profile ?? "";
  const sheet = Object.hasOwn(BENCH_PROFILES, profile) ? BENCH_PROFILES[profile as BenchProfileName] : undefined;
  const rollers = options.rollers ?? sheet?.rollers;
  const strokesPerRevolution = options.strokesPerRevolution ?? manifest?.pump.strokesPerRevolution ?? undefined;
  const pulsationPercent = options.pulsation ?? sheet?.pulsationPercent;
  if (rollers !== undefined && strokesPerRevolution !== undefined)
    return {
      rollers,
      strokesPerRevolution,
      pulsationPercent,
      source: `${strokesPerRevolution} a revolution, ${rollers} rollers`,
    };
  return undefined;
}

function notesOf({ options, manifest }: KnownRun, settings: FlowSettings, sheet: Sheet | undefined): string[] {
  const notes: string[] = [];
  const recorded = manifest?.rateMlPerH ?? undefined;
  if (recorded !== undefined && Math.abs(settings.rateMlPerH / recorded - 1) > 1e-9)
    notes.push(`the rate is ${settings.rateMlPerH} mL/h as told; the recording says ${recorded} mL/h`);
  if (manifest !== undefined && !manifest.complete)
    notes.push("the recording was broken off and not taken up again; it is analysed as far as it goes");
  const lost = sheet?.corrections.evaporation?.gPerH ?? 0;
  if (lost > 0 && settings.corrections?.evaporation === undefined)
    notes.push(
      `${gramText(lost)}/h evaporate by the balance's data sheet and are not corrected; --correct-all takes that and all else in`,
    );
  const longerMs = manifest !== undefined && options.interval !== undefined ? manifest.intervalMs : 0;
  if (longerMs > (options.interval ?? 0) * 1000)
    notes.push(`the interval as told is shorter than the ${formatDuration(longerMs)} of the recording`);
  return notes;
}

import { join } from "node:path";
import { USUAL_DENSITY_G_PER_ML } from "../../bench/analysis/corrections";
import { PRESETS } from "../../bench/analysis/presets";
import type { Preset, PresetName } from "../../bench/analysis/presets";
import { NO_UNCERTAINTY } from "../../bench/analysis/uncertainty";
import { planRun } from "../../bench/planning/run-plan";
import type { PlanInputs, Supply } from "../../bench/planning/run-plan";
import { planWarnings } from "../../bench/planning/plan-warnings";
import { recommendedRun } from "../../bench/planning/recommended-run";
import { BENCH_PROFILES } from "../../bench/simulated/bench-profile";
import type { BenchProfile, BenchProfileName } from "../../bench/simulated/bench-profile";
import { sheetSettings } from "../../bench/simulated/sheet-settings";
import { longestRunHours } from "../../bench/simulated/stroke-course";
import type { PumpFile } from "../../config/pump-file";
import { readPumpFile } from "../../config/read-pump";
import { readTextFile, shownPath } from "../../sim/scenario/node/text-file";
import { checkoutRoot } from "../../toolchain/checkout";
import { DEFAULT_PUMP_FILE } from "../../toolchain/devicescript/generated-config";
import { BadUsage } from "../bad-usage";
import { ExitCode } from "../exit-code";
import { outJson } from "../terminal";
import type { Terminal } from "../terminal";
import { recordCommand } from "./plan-commands";
import { planReport } from "./plan-report";
import { pulseOf } from "./pulse-options";
import type { PulseOptions } from "./pulse-options";

/** The options of `minim bench plan`. Masses in g, rates of mass in g/h, shares in %. */
export interface PlanOptions extends PulseOptions {
  readonly rate: number;
  readonly balance?: number;
  readonly profile?: BenchProfileName;
  readonly uncertainty: number;
  readonly limit: number;
  readonly resolution?: number;
  readonly balanceDrift?: number;
  readonly balanceCalibration?: number;
  readonly evaporation?: number;
  readonly evaporationUncertainty?: number;
  readonly density?: number;
  readonly stroke?: number;
  readonly preset?: Exclude<PresetName, "custom">;
  readonly windows?: readonly number[];
  readonly config?: string;
  readonly json?: true;
}

/** `minim bench plan`: what a run can show, before a day is wasted. */
export function plan(options: PlanOptions, terminal: Terminal): ExitCode {
  const inputs = planInputs(options);
  const planned = planRun(inputs);
  const recommended = recommendedRun(inputs, planned);
  const warnings = planWarnings(inputs, planned, options.profile !== undefined);
  if (options.json === true) {
    const command = recommended === null ? null : recordCommand(inputs, recommended, options.profile);
    const { presets: _, known, ...told } = inputs;
    outJson(terminal, {
      kind: "benchPlan",
      ...told,
      evaporationGPerH: inputs.evaporationGPerH ?? null,
      uncertaintyInputs: known,
      ...planned,
      recommended: recommended === null ? null : { ...recommended, command },
      warnings,
    });
  } else terminal.out(planReport(inputs, planned, recommended, warnings, options.profile));
  return ExitCode.passed;
}

function planInputs(options: PlanOptions): PlanInputs {
  const { head, reservoir, hardLimits } = pumpFile(options.config);
  const strokePl = (head.plPerRevolution * head.fullStepsPerStroke) / head.fullStepsPerRevolution;
  const usableMl = (reservoir.capacityNl - reservoir.emptyNl) / 1e6;
  const densityGPerMl = options.density ?? USUAL_DENSITY_G_PER_ML;
  const sheet = options.profile === undefined ? undefined : BENCH_PROFILES[options.profile];
  return {
    rateMlPerH: options.rate,
    densityGPerMl,
    ...balanceInputs(options, sheet),
    wantedPercent: options.uncertainty,
    limitPercent: options.limit,
    strokeMl: options.stroke ?? strokePl / 1e9,
    revolutionMl: head.plPerRevolution / 1e9,
    pulse: pulseOf(options, sheet),
    usableMl,
    supply:
      sheet === undefined
        ? { volumeMl: usableMl, name: "the reservoir" }
        : simulatedSupply(options.rate, densityGPerMl, sheet),
    mostRateMlPerH: hardLimits.rateNlPerDay / 24e6,
    presets: presetsOf(options),
  };
}

function pumpFile(config: string | undefined): PumpFile {
  const path = config ?? shownPath(join(checkoutRoot(), DEFAULT_PUMP_FILE));
  return readPumpFile(readTextFile(path, path), path);
}

/** A simulated pump draws from a bottle, and the balance takes only so much. */
function simulatedSupply(rateMlPerH: number, densityGPerMl: number, { capacityG, vesselG }: BenchProfile): Supply {
  const bottleMl = longestRunHours(rateMlPerH) * rateMlPerH;
  const vesselMl = (capacityG - vesselG) / densityGPerMl;
  return bottleMl <= vesselMl
    ? { volumeMl: bottleMl, name: "the simulated bench's bottle" }
    : { volumeMl: vesselMl, name: "what its balance can take" };
}

function balanceInputs(
  options: PlanOptions,
  sheet: BenchProfile | undefined,
): Pick<PlanInputs, "known" | "evaporationGPerH"> {
  const { balance } = options;
  if (balance === undefined && sheet === undefined)
    throw new BadUsage('--balance is missing: the repeatability of one reading, for example --balance "0.1 mg"');
  return {
    known: {
      ...NO_UNCERTAINTY,
      readingG: balance ?? sheet?.repeatabilityG ?? 0,
      resolutionG: options.resolution ?? sheet?.resolutionG ?? 0,
      driftGPerH: options.balanceDrift ?? sheet?.driftGPerH ?? 0,
      evaporationGPerH: options.evaporationUncertainty ?? sheet?.evaporationUncertaintyGPerH ?? 0,
      sensitivityPercent: options.balanceCalibration ?? sheet?.sensitivityPercent ?? 0,
      // What is told of the density is taken as exact; the sheet's is as good as its temperature.
      densityPercent: sheet === undefined ? 0 : (sheetSettings(sheet).uncertainty?.densityPercent ?? 0),
    },
    evaporationGPerH: options.evaporation ?? sheet?.evaporationGPerH,
  };
}

function presetsOf({ preset, windows }: PlanOptions): Preset[] {
  if (windows !== undefined) return [{ ...PRESETS.custom, windowsMinutes: windows }];
  return preset === undefined ? [PRESETS.volumetric, PRESETS.ambulatory] : [PRESETS[preset]];
}

import { gramText } from "../../bench/analysis/uncertainty";
import type { RecommendedRun } from "../../bench/planning/recommended-run";
import type { PlanInputs, PlannedPreset, PlannedWindow, RunPlan } from "../../bench/planning/run-plan";
import type { BenchProfileName } from "../../bench/simulated/bench-profile";
import { formatDuration } from "../../config/duration";
import { alignedTable } from "./aligned-table";
import { rateText } from "../../bench/quantities";
import { analyseCommand, recordCommand } from "./plan-commands";

const shortly = (value: number): string => `${Number(value.toPrecision(3))}`;
const percent = (value: number): string => `${shortly(value)} %`;
const errorText = (value: number): string => `${value < -0.005 ? "-" : "+"}${Math.abs(value).toFixed(2)} %`;

/** A time for people: seconds below two minutes, else whole minutes, rounded up. */
function hoursText(hours: number): string {
  if (hours > 100 * 8766) return "more than 100 years";
  const seconds = hours * 3600;
  return seconds < 120 ? `${shortly(seconds)} s` : formatDuration(Math.ceil(seconds / 60 - 1e-9) * 60000);
}

/** The plan for people, the commands to go on with at its end. */
export function planReport(
  inputs: PlanInputs,
  plan: RunPlan,
  run: RecommendedRun | null,
  warnings: readonly string[],
  profile: BenchProfileName | undefined,
): string {
  const { rateMlPerH, known, densityGPerMl } = inputs;
  return [
    `Plan for ${rateText(rateMlPerH)} (${gramText(plan.massRateGPerH)}/h at ${densityGPerMl} g/mL) on a balance with s = ${gramText(known.readingG)}\n`,
    factsText(facts(inputs, plan)),
    ...plan.presets.map((preset) => presetText(preset, inputs, plan.intervalS)),
    ...(warnings.length === 0 ? [] : [`Mind\n${warnings.map((text) => `  ! ${text}\n`).join("")}`]),
    `Next\n${nextText(inputs, plan, run, profile)}`,
  ].join("\n");
}

function facts(inputs: PlanInputs, plan: RunPlan): [string, string][] {
  const { wantedPercent, limitPercent, strokeMl, usableMl, mostRateMlPerH, rateMlPerH, supply } = inputs;
  const reach =
    plan.hours === null ? `never; ${percent(plan.floorPercent)} is left however long` : hoursText(plan.hours);
  return [
    [`time for U = ${percent(wantedPercent)} (k = 2) of the pump's flow`, reach],
    ["  by the balance alone", plan.balanceHours === null ? "never" : hoursText(plan.balanceHours)],
    ["  by strokes and rollers too", rollersText(inputs, plan)],
    [
      `the same at ${rateText(mostRateMlPerH)}, the pump's most`,
      plan.fastestHours === null ? "never" : hoursText(plan.fastestHours),
    ],
    [`shortest window judgeable at ${percent(limitPercent)}`, hoursText(plan.shortestWindowMinutes / 60)],
    [
      "least useful sampling interval",
      `${hoursText(plan.leastIntervalS / 3600)}; take ${formatDuration(plan.intervalS * 1000)}`,
    ],
    [`one stroke of ${shortly(1000 * strokeMl)} µL every`, hoursText(plan.cycleMinutes / 60)],
    ["evaporation", plan.evaporationPercent === null ? "not told" : `${percent(plan.evaporationPercent)} of the flow`],
    [`a full reservoir (${shortly(usableMl)} mL) lasts`, hoursText(plan.reservoirHours)],
    ...(supply.name === RESERVOIR
      ? []
      : [
          [`${supply.name} (${shortly(supply.volumeMl)} mL) lasts`, hoursText(supply.volumeMl / rateMlPerH)] as [
            string,
            string,
          ],
        ]),
  ];
}

const RESERVOIR = "the reservoir";

/** Rollers cancel in whole passes; in any other stretch they are part of its flow. */
function rollersText({ pulse }: PlanInputs, plan: RunPlan): string {
  if (plan.strokesHours === null || plan.anyHours === null || plan.hours === null) return "never";
  if (pulse.pulsationPercent === 0) return `${hoursText(plan.strokesHours)}; no pulsation`;
  const passes = plan.hours / plan.passHours;
  const isWhole = Math.abs(passes - Math.round(passes)) < 1e-6;
  const any = `${hoursText(plan.anyHours)} at any phase of the rollers (one passes every ${hoursText(plan.passHours)})`;
  return isWhole
    ? `${any}; ${Math.round(passes)} whole passes: ${hoursText(plan.hours)}`
    : `${any}, of which they move ± ${percent(plan.rollersPercent ?? 0)}`;
}

function factsText(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([what]) => what.length));
  return rows.map(([what, value]) => `  ${what.padEnd(width)}  ${value}\n`).join("");
}

function presetText(preset: PlannedPreset, { limitPercent, supply }: PlanInputs, ownIntervalS: number): string {
  const intervalS = preset.name === "custom" ? ownIntervalS : preset.intervalS;
  const rows = preset.windows.map((window) => [
    `${shortly(window.minutes)} min`,
    percent(window.noisePercent),
    window.strokes.toFixed(window.strokes < 10 ? 2 : 0),
    errorText(window.maxPercent),
    errorText(window.minPercent),
    judgement(window),
  ]);
  const run =
    preset.runHours === null
      ? ""
      : `, run of ${hoursText(preset.runHours)}${preset.outlastsReservoir ? `: more than ${supply.name} gives` : ""}`;
  return (
    `Windows, ${preset.name} (readings every ${formatDuration(intervalS * 1000)}${run})\n` +
    alignedTable([["window", "noise", "strokes", "max", "min", `judgeable at ${percent(limitPercent)}`], ...rows])
  );
}

function judgement({ judgeable, withinStrokes }: PlannedWindow): string {
  if (!judgeable) return withinStrokes ? "no: noise" : "no: noise, strokes";
  return withinStrokes ? "yes" : "no: strokes";
}

function nextText(
  inputs: PlanInputs,
  plan: RunPlan,
  run: RecommendedRun | null,
  profile: BenchProfileName | undefined,
): string {
  if (run === null)
    return (
      "  There is no such run. A larger --uncertainty, a better balance, less evaporation, or a faster rate:\n" +
      `  calibrate at ${rateText(inputs.mostRateMlPerH)} (npx minim bench calibrate --help), then watch the slow rate for its strokes alone.\n`
    );
  const massG = plan.massRateGPerH * (run.durationMinutes / 60);
  return (
    `  ${recordCommand(inputs, run, profile)}\n` +
    `  ${analyseCommand(inputs, run, profile)}\n` +
    `  The vessel takes ${shortly(massG / inputs.densityGPerMl)} mL (${gramText(massG)}) in ${hoursText(run.durationMinutes / 60)}.\n` +
    "  The U of that analysis is of the volume of its stretch; strokes and rollers, which make it the pump's flow, are in this plan.\n"
  );
}

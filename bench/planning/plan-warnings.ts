import { USUAL_BUOYANCY_PERCENT } from "../analysis/corrections";
import { gramText } from "../analysis/uncertainty";
import { exceedsPump, takenMl, wantedRun } from "./recommended-run";
import type { PlanInputs, RunPlan } from "./run-plan";

const shortly = (value: number): string => `${Number(value.toPrecision(3))}`;

/** A wanted U below this, in %, leaves no room for the lift of the air: k = 2 of it is 0.21 %, and the rest has its share. */
const CORRECTS_BUOYANCY_PERCENT = 0.3;

/**
 * What will go wrong, or is not known, one sentence each; the worst first.
 * @param correctsAll the analysis will take out the lift of the air by itself
 */
export function planWarnings(inputs: PlanInputs, plan: RunPlan, correctsAll = false): string[] {
  const { known, evaporationGPerH, wantedPercent, mostRateMlPerH, supply } = inputs;
  const run = wantedRun(plan);
  const warnings: string[] = [];
  if (exceedsPump(inputs))
    warnings.push(`the pump cannot run so fast: its hard limit is ${shortly(mostRateMlPerH)} mL/h`);
  const { hours, floor, floorPercent } = plan;
  const [largest] = floor;
  if (hours === null && largest !== undefined)
    warnings.push(
      `U = ${shortly(wantedPercent)} % can never be reached: ${largest.name} alone takes ${shortly(2 * largest.percent)} % (k = 2) however long the run ` +
        `(all that does not pass with time: ${shortly(floorPercent)} %)`,
    );
  if (plan.blankDominates)
    warnings.push(
      `the blank dominates: evaporation is ${shortly(plan.evaporationPercent ?? 0)} % of the flow; cover the vessel, put oil on the water, weigh blanks`,
    );
  if (run !== null && takenMl(inputs, run) > supply.volumeMl)
    warnings.push(
      `${supply.name} is not enough: the run takes ${shortly(takenMl(inputs, run))} mL, there are ${shortly(supply.volumeMl)} mL`,
    );
  if (!correctsAll && wantedPercent < CORRECTS_BUOYANCY_PERCENT)
    warnings.push(
      `for U = ${shortly(wantedPercent)} % buoyancy (${USUAL_BUOYANCY_PERCENT} %) must be corrected: add --buoyancy and --temperature, as you measured it, to the analysis`,
    );
  return [...warnings, ...windowWarnings(inputs, plan), ...unknowns(known, evaporationGPerH, wantedPercent, plan)];
}

function windowWarnings(
  { limitPercent }: PlanInputs,
  { presets, shortestWindowMinutes, cycleMinutes }: RunPlan,
): string[] {
  const windows = presets.flatMap((preset) => preset.windows);
  const warnings: string[] = [];
  if (!windows.some(({ judgeable }) => judgeable))
    warnings.push(
      `none of these windows can be judged at ${shortly(limitPercent)} % with this balance; the first would be ${shortly(shortestWindowMinutes)} min long`,
    );
  if (windows.some(({ withinStrokes }) => !withinStrokes))
    warnings.push(
      `windows marked "strokes" pass ${shortly(limitPercent)} % by whole strokes alone: take multiples of ${shortly(cycleMinutes)} min (--windows), the dose cycle`,
    );
  return warnings;
}

function unknowns(
  known: PlanInputs["known"],
  evaporationGPerH: number | undefined,
  wantedPercent: number,
  { massRateGPerH, blankLimitGPerH }: RunPlan,
): string[] {
  const warnings: string[] = [];
  // What would use up all of the wanted uncertainty.
  const wholeGPerH = (massRateGPerH * wantedPercent) / 200;
  if (evaporationGPerH === undefined)
    warnings.push(
      `evaporation is not told: ${gramText(blankLimitGPerH)}/h would be 5 % of the flow; a blank run tells (pump stopped, same vessel)`,
    );
  else if (evaporationGPerH > 0 && known.evaporationGPerH === 0)
    warnings.push(
      `the uncertainty of the evaporation is not told: ${gramText(wholeGPerH)}/h of it would use up U = ${shortly(wantedPercent)} %`,
    );
  if (known.driftGPerH === 0)
    warnings.push(
      `the balance's drift is not told: ${gramText(wholeGPerH)}/h of it would use up U = ${shortly(wantedPercent)} %`,
    );
  return warnings;
}

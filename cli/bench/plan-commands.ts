import { PRESETS } from "../../bench/analysis/presets";
import { gramText } from "../../bench/analysis/uncertainty";
import { rateText } from "../../bench/quantities";
import type { RecommendedRun } from "../../bench/planning/recommended-run";
import type { PlanInputs } from "../../bench/planning/run-plan";
import type { BenchProfileName } from "../../bench/simulated/bench-profile";
import { formatDuration } from "../../config/duration";

const FOLDER = "my-run";

/** What to type for the recommended run. */
export function recordCommand(inputs: PlanInputs, run: RecommendedRun, profile: BenchProfileName | undefined): string {
  const duration = formatDuration(run.durationMinutes * 60000);
  const simulated = profile === undefined ? "" : ` --profile ${profile}`;
  return `npx minim bench record --out ${FOLDER} --rate "${rateText(inputs.rateMlPerH)}" --duration "${duration}" --interval "${formatDuration(run.intervalS * 1000)}"${simulated}`;
}

/** Windows of one's own; none of a preset is of use when it is custom for another reason. */
function windowsOption({ presets }: PlanInputs): string {
  const own = presets.find(({ name }) => name === "custom");
  return own === undefined ? "--preset custom" : `--windows "${own.windowsMinutes.join(",")} min"`;
}

/** What to type when that is recorded. All corrections of a simulated bench's sheet are taken: without them its U stays larger than planned. */
export function analyseCommand(inputs: PlanInputs, run: RecommendedRun, profile: BenchProfileName | undefined): string {
  const { known, evaporationGPerH, limitPercent } = inputs;
  const options = [
    run.preset === "custom" ? windowsOption(inputs) : `--preset ${run.preset}`,
    // The preset's own stretch needs no word.
    ...(run.preset !== "custom" && PRESETS[run.preset].toMinutes === run.toMinutes
      ? []
      : [`--analyse ${run.fromMinutes}min:${run.toMinutes}min`]),
    ...(profile === undefined ? [] : ["--correct-all"]),
    `--balance "${gramText(known.readingG)}"`,
    `--limit "${limitPercent} %"`,
    ...(evaporationGPerH === undefined || evaporationGPerH === 0
      ? []
      : [`--evaporation "${gramText(evaporationGPerH)}/h"`]),
    ...(known.evaporationGPerH === 0 ? [] : [`--evaporation-uncertainty "${gramText(known.evaporationGPerH)}/h"`]),
    ...(known.driftGPerH === 0 ? [] : [`--balance-drift "${gramText(known.driftGPerH)}/h"`]),
    ...(known.sensitivityPercent === 0 ? [] : [`--balance-calibration "${known.sensitivityPercent} %"`]),
  ];
  return `npx minim bench analyse ${FOLDER} ${options.join(" ")}`;
}

import { BadInput } from "../../config/bad-input";
import type { FlowSettings, ToldStretch } from "./flow-settings";
import type { MassSeries } from "./mass-series";
import { PRESETS } from "./presets";
import type { PresetName } from "./presets";
import { firstFrom } from "./stretch";

/** A preset with what was told instead of its own settings. */
export interface ChosenSettings {
  /** `custom` when anything but the preset's own was told. */
  readonly preset: PresetName;
  readonly intervalS: number;
  /** Ascending, each once. */
  readonly windowsMinutes: readonly number[];
  readonly startUpMinutes: number;
  /** Before the file's length is known. */
  readonly wanted: ToldStretch;
  readonly endsWithFile: boolean;
}

/** The preset of the settings with what they tell instead. */
export function chosenSettings(settings: FlowSettings): ChosenSettings {
  const { intervalS, windowsMinutes, analyse } = settings;
  const preset = PRESETS[settings.preset ?? "volumetric"];
  const isOwn = intervalS === undefined && windowsMinutes === undefined && analyse === undefined;
  return {
    preset: isOwn ? preset.name : "custom",
    intervalS: intervalS ?? preset.intervalS,
    windowsMinutes: [...new Set(windowsMinutes ?? preset.windowsMinutes)].sort((a, b) => a - b),
    startUpMinutes: preset.startUpMinutes,
    wanted: analyse ?? { fromMinutes: preset.fromMinutes, toMinutes: preset.toMinutes },
    endsWithFile: analyse === undefined ? preset.endsWithFile : analyse.toMinutes === Infinity,
  };
}

/** Fewest samples of a stretch: two make a mean, a third the noise. */
const FEWEST_SAMPLES = 3;

/**
 * The samples of a stretch, `from` included and `to` not. Throws {@link BadInput} when the file does not reach over it, with the `--analyse`
 * that it allows. @param timeS since the pump was started; @param medianIntervalS of the whole run
 */
export function samplesOfStretch(
  series: MassSeries,
  timeS: Float64Array,
  medianIntervalS: number,
  chosen: ChosenSettings,
): { from: number; to: number } {
  const { fromMinutes, toMinutes } = chosen.wanted;
  const endS = timeS[timeS.length - 1] ?? 0;
  const lastS = toMinutes * 60;
  const isLongEnough = chosen.endsWithFile
    ? endS >= fromMinutes * 60
    : endS >= lastS - medianIntervalS / 2 - hairOfTimes(endS);
  const slackS = Math.min(MOST_SLACK_S, medianIntervalS / 100) + hairOfTimes(endS);
  const from = firstFrom(timeS, fromMinutes * 60 - slackS);
  const to = firstFrom(timeS, lastS + slackS);
  if (isLongEnough && to - from >= FEWEST_SAMPLES) return { from, to };
  const told = `${minutesText(fromMinutes)}:${toMinutes === Infinity ? "end" : minutesText(toMinutes)}`;
  const why = isLongEnough
    ? `only ${to - from} samples lie in the stretch ${told}; at least ${FEWEST_SAMPLES} are wanted`
    : `the file lasts ${lengthText(endS)} from the pump's start; the stretch ${told} is wanted`;
  throw new BadInput(series.file, series.lineOf(timeS.length - 1), `${why}; ${allowed(fromMinutes, timeS)}`);
}

/** What the jitter of a real recorder's clock may take from or add to the ends of a stretch, in s; and at most 1 % of the interval. */
const MOST_SLACK_S = 0.1;

/** What rounding does to times, in s: a log of 0.1 s steps counts 3600 s as 3599.9999999999995. */
function hairOfTimes(endS: number): number {
  return 1e-6 + 1e-12 * Math.abs(endS);
}

/** No stretch shorter than this is worth a hint, in s. */
const SHORTEST_HINT_S = 1;

/** The `--analyse` that a run allows: from the wanted start where enough is left, else from its first sample. */
function allowed(wantedMinutes: number, timeS: Float64Array): string {
  const endS = timeS[timeS.length - 1] ?? 0;
  const starts = [wantedMinutes * 60, 0];
  const startS = starts.find(
    (one) => timeS.length - firstFrom(timeS, one) >= FEWEST_SAMPLES && endS - one >= endS / 10,
  );
  if (startS === undefined || endS - startS < SHORTEST_HINT_S) return "it is too short for any stretch";
  const from = startS === 0 ? "0min" : minutesText(startS / 60);
  const to = endS >= 120 ? `${Math.floor(endS / 60)}min` : `${Math.floor(endS)}s`;
  return `it allows --analyse ${from}:${to}`;
}

/** Minutes as `--analyse` takes them: `60min`, `7.5min`. */
export function minutesText(minutes: number): string {
  return `${Number(minutes.toFixed(3))}min`;
}

function lengthText(seconds: number): string {
  return seconds < 120 ? `${Number(seconds.toFixed(1))} s` : `${Number((seconds / 60).toFixed(1))} min`;
}

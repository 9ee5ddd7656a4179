import type { ChosenSettings } from "./choose-stretch";
import { minutesText } from "./choose-stretch";
import type { Corrected } from "./corrections";
import type { FlowSettings } from "./flow-settings";
import { GAP_INTERVALS } from "./stretch";

/** How an analysis was worked out, in sentences that stand in every report. */
export function conventionOf(chosen: ChosenSettings, { densityGPerMl }: Corrected, { startS }: FlowSettings): string {
  const { fromMinutes, toMinutes } = chosen.wanted;
  const to = toMinutes === Infinity ? "the end" : minutesText(toMinutes);
  const sentences = [
    `Preset ${chosen.preset}: analysed from ${minutesText(fromMinutes)} to ${to}, start-up curve to ${minutesText(chosen.startUpMinutes)} by steps of ${chosen.intervalS} s.`,
    `Time 0 is ${startS === undefined ? "the first sample" : `${Number(startS.toFixed(3))} s on the file's axis, as told`}.`,
    "Flow errors are 100 (V/(t r) - 1) between two samples, by true elapsed time; nothing is interpolated.",
    "A window of length P goes from each sample to the one nearest to P later, within half a median interval and with no gap between.",
    `A gap is more than ${GAP_INTERVALS} median intervals.`,
    `Density ${Number(densityGPerMl.toFixed(6))} g/mL.`,
    "Modelled on IEC 60601-2-24.",
  ];
  return sentences.join(" ");
}

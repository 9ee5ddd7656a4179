import type { BolusResult, FlowAnalysis } from "../analysis/flow-analysis";
import { decimal, durationText, errorFigure, instantText, NO_VALUE, twoDigits, volumeFigure } from "./figures";
import type { Content } from "./html";
import { figures, table, words } from "./table";

/** Each bolus of the pump's log beside the step that the balance saw, and their spread by kind; nothing without boluses. */
export function bolusTables({ boluses }: FlowAnalysis): Content {
  if (boluses.length === 0) return [];
  const rows = boluses.map((bolus) => [
    instantText(bolus.startMinutes),
    bolus.kind,
    volumeFigure(bolus.orderedUl),
    volumeFigure(bolus.measuredUl),
    errorFigure(bolus.errorPercent),
    twoDigits(bolus.noisePercent),
  ]);
  const columns = [
    figures("Start"),
    words("Kind"),
    figures("Ordered, µL"),
    figures("Measured, µL"),
    figures("Error, %"),
    figures("Noise (1\u202Fs), %"),
  ];
  return [table("Boluses", columns, rows), bolusSpread(boluses)];
}

function bolusSpread(boluses: readonly BolusResult[]): Content {
  const kinds = boluses.filter((bolus, index) => boluses.findIndex((other) => isAlike(bolus, other)) === index);
  const rows = kinds.flatMap((first) => {
    const group = boluses.filter((bolus) => isAlike(bolus, first));
    if (group.length < 2) return [];
    const measured = group.map(({ measuredUl }) => measuredUl);
    const errors = group.map(({ errorPercent }) => errorPercent);
    return [
      [
        first.kind,
        volumeFigure(first.orderedUl),
        group.length,
        volumeFigure(mean(measured)),
        twoDigits(standardDeviation(measured)),
        errorFigure(mean(errors)),
        errorFigure(Math.max(...errors)),
        errorFigure(Math.min(...errors)),
      ],
    ];
  });
  if (rows.length === 0) return [];
  const columns = [
    words("Kind"),
    figures("Ordered, µL"),
    figures("Number"),
    figures("Mean, µL"),
    figures("SD, µL"),
    figures("Mean error, %"),
    figures("Largest, %"),
    figures("Smallest, %"),
  ];
  return table("Boluses of one kind and size together", columns, rows);
}

function isAlike(one: BolusResult, other: BolusResult): boolean {
  return one.kind === other.kind && one.orderedUl === other.orderedUl;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Of a sample: n - 1. */
function standardDeviation(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1));
}

/** Each occlusion of the pump's log as the balance saw it; nothing without occlusions. */
export function occlusionTable({ occlusions }: FlowAnalysis): Content {
  if (occlusions.length === 0) return [];
  const rows = occlusions.map(({ alarmMinutes, minutesToAlarm, releasedUl }) => [
    instantText(alarmMinutes),
    minutesToAlarm === null ? NO_VALUE : durationText(Number(decimal(minutesToAlarm, 1))),
    releasedUl === null ? NO_VALUE : volumeFigure(releasedUl),
  ]);
  const columns = [figures("Alarm at"), figures("Last flow to alarm"), figures("Released after it, µL")];
  return table("Occlusions", columns, rows);
}

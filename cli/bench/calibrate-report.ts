import type { Calibration } from "../../bench/calibration/calibration";
import { LEAST_RUNS_OF_INTERCEPT } from "../../bench/calibration/line-fit";
import { changeText } from "../../bench/calibration/volume-change";
import { painted } from "../terminal";
import type { Terminal } from "../terminal";
import { alignedTable } from "./aligned-table";
import type { VolumeChange } from "./calibrate-settings";
import { rateText } from "../../bench/quantities";

const PL_PER_UL = 1e6;
const microlitres = (pl: number): string => (pl / PL_PER_UL).toFixed(4);
const signed = (percent: number): string => {
  const size = Math.abs(percent).toFixed(2);
  return size === "0.00" ? "0.00 %" : `${percent < 0 ? "-" : "+"}${size} %`;
};
const twoDigits = (percent: number): string => `${Number(percent.toPrecision(2))} %`;
const orNone = (percent: number | null): string => (percent === null ? "—" : `${percent.toFixed(2)} %`);

/** The runs, the rates, the result and what to mind, for people. */
export function calibrationReport(found: Calibration, excluded: readonly string[], terminal: Terminal): string {
  const { runs, rates, warnings } = found;
  const named = new Set(found.outliers.map(({ run }) => run));
  return [
    painted(terminal, "bold", `${runs.length} runs at ${rates.length === 1 ? "1 rate" : `${rates.length} rates`}\n`) +
      alignedTable([
        ["run", "rate", "revolutions", "volume mL", "u µL", "µL/rev", "from the line", ""],
        ...runs.map((run) => [
          run.run,
          rateText(run.rateMlPerH),
          run.revolutions.toFixed(2),
          run.volumeMl.toFixed(4),
          run.uncertaintyMl === 0 ? "—" : `${Number((1000 * run.uncertaintyMl).toPrecision(2))}`,
          microlitres(run.plPerRevolution),
          signed(run.deviationPercent),
          named.has(run.run) ? "outlier" : "",
        ]),
      ]) +
      excluded.map((name) => `  ${name}: left out, as told\n`).join(""),
    alignedTable([
      ["rate", "runs", "µL/rev", "from the line", "repeatability"],
      ...rates.map((rate) => [
        rateText(rate.rateMlPerH),
        String(rate.runs),
        microlitres(rate.plPerRevolution),
        signed(rate.deviationPercent),
        orNone(rate.repeatabilityPercent),
      ]),
    ]),
    resultText(found),
    ...(warnings.length === 0
      ? []
      : [warnings.map((text) => `  ${painted(terminal, "yellow", "!")} ${text}\n`).join("")]),
  ].join("\n");
}

function resultText(found: Calibration): string {
  const { withIntercept } = found;
  const rows: [string, string][] = [
    [
      "volume per revolution",
      `${microlitres(found.plPerRevolution)} µL ± ${microlitres(found.plPerRevolution - found.lowPl)} µL ` +
        `(± ${twoDigits(found.intervalPercent)}; 95 %, Student's t of ${Number(found.degreesOfFreedom.toFixed(1))} degrees)`,
    ],
    [
      "of that, the rollers",
      found.endsPercent === 0
        ? "0: whole revolutions"
        : `± ${twoDigits(2 * found.endsPercent)} (k = 2): phase at the ends of the runs`,
    ],
    ["uncertainty of the runs", toldText(found)],
    [
      "with what all runs share",
      found.sharedPercent === 0
        ? "not told: density, calibration and drift of the balance, evaporation (--correct-all, --balance-calibration...)"
        : `± ${twoDigits(found.expandedPercent)} (k = 2): density, balance, evaporation, what is not corrected`,
    ],
    [
      "with an intercept",
      withIntercept === null
        ? `— (${found.runs.length < LEAST_RUNS_OF_INTERCEPT ? `${LEAST_RUNS_OF_INTERCEPT} runs` : "runs"} of different lengths are wanted for it)`
        : `${microlitres(withIntercept.plPerRevolution)} µL ± ${microlitres(withIntercept.slopeHalfWidthPl)} µL, ` +
          `and ${(1000 * withIntercept.interceptMl).toFixed(2)} µL ± ${(1000 * withIntercept.interceptHalfWidthMl).toFixed(2)} µL in every run`,
    ],
    [
      "linearity",
      found.linearityPercent === null ? "—" : `${signed(found.linearityPercent)}, the rate farthest from the line`,
    ],
    ["repeatability", `${orNone(found.repeatabilityPercent)}, one standard deviation within a rate`],
    ["reproducibility", `${orNone(found.reproducibilityPercent)}, one standard deviation over the rates`],
    ["r²", found.rSquared.toFixed(6)],
  ];
  const width = Math.max(...rows.map(([what]) => what.length));
  return rows.map(([what, text]) => `  ${what.padEnd(width)}  ${text}\n`).join("");
}

function toldText({ runs }: Calibration): string {
  const told = runs.filter(({ isUncertaintyTold }) => isUncertaintyTold).length;
  if (told === runs.length) return "known of all";
  if (told === 0) return "not told: the interval is that of their scatter alone";
  return `told of ${told} of ${runs.length}; the others count like the worst of these`;
}

/** What to know of a simulated head, and how its new value is seen at work. @param trueUl what it really gives; undefined: unknown */
export function simulatedReport(trueUl: number | undefined): string {
  const text = "\nThe runs are simulated: the value is that of no real head.\n";
  if (trueUl === undefined) return text;
  return `${text}To see it at work once it is written, record with the same head: npx minim bench record --set-volume "${Number(trueUl.toFixed(4))} uL"\n`;
}

/** Old value, new value and change. */
export function changeReport({ file, oldPl, written, percent }: VolumeChange): string {
  return `\n${file}, head.volumePerRevolution\n  old     ${microlitres(oldPl)} µL\n  new     ${written}\n  change  ${changeText(percent)}\n`;
}

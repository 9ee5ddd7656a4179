import type { WindowResult } from "../../bench/analysis/flow-analysis";

/** Characters of a row, zero in its middle. */
const WIDTH = 61;
const MIDDLE = (WIDTH - 1) / 2;

/**
 * The trumpet in characters, a row for each window: `=` from its smallest to its largest error, `·` twice the balance's noise, `|` zero, `:` the
 * limit. @param limitPercent null: none
 */
export function trumpetPicture(windows: readonly WindowResult[], limitPercent: number | null): string {
  const errors = windows.flatMap(({ maxPercent, minPercent }) => [
    Math.abs(maxPercent ?? 0),
    Math.abs(minPercent ?? 0),
  ]);
  const scale = niceScale(Math.max(...errors, limitPercent ?? 0, 0.01));
  const place = (percent: number): number => MIDDLE + Math.round((percent / scale) * MIDDLE);
  const rows = windows.map((window) => {
    const cells = Array.from({ length: WIDTH }, () => " ");
    const put = (from: number, to: number, mark: string): void => {
      for (let i = Math.max(0, from); i <= Math.min(WIDTH - 1, to); i++) cells[i] = mark;
    };
    const { maxPercent, minPercent, noisePercent } = window;
    put(place(-2 * noisePercent), place(2 * noisePercent), "·");
    if (maxPercent !== null && minPercent !== null) put(place(minPercent), place(maxPercent), "=");
    if (limitPercent !== null) for (const at of [place(-limitPercent), place(limitPercent)]) put(at, at, ":");
    put(MIDDLE, MIDDLE, "|");
    return `${windowName(window.minutes).padStart(9)}  ${cells.join("")}`.trimEnd();
  });
  const left = `-${scale} %`;
  const axis = `${left}${"0".padStart(MIDDLE - left.length + 1)}${`+${scale} %`.padStart(MIDDLE)}`;
  return [`${"".padStart(9)}  ${axis}`, ...rows].map((row) => `${row}\n`).join("");
}

/** The length of a window: `2 min`. */
export function windowName(minutes: number): string {
  return `${Number(minutes.toFixed(3))} min`;
}

/** The next of 1, 2, 5, 10 ... of the right size. */
function niceScale(percent: number): number {
  const power = 10 ** Math.floor(Math.log10(percent));
  const step = [1, 2, 5, 10].find((one) => one * power >= percent * (1 - 1e-9)) ?? 10;
  return Number((step * power).toPrecision(2));
}

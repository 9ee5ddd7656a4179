import { INK } from "./chart";
import type { Curve } from "./chart";

/** How a level is drawn. */
export interface LevelStyle {
  readonly color: string;
  readonly width: number;
  readonly type: "solid" | "dashed" | "dotted";
}

/** A level across the chart, from one end of the x axis to the other. */
export function levelLine(
  name: string,
  level: number,
  x: { readonly from: number; readonly to: number },
  style: LevelStyle,
): Curve {
  const series = {
    type: "line",
    z: 2,
    symbol: "none",
    silent: true,
    lineStyle: style,
    itemStyle: { color: style.color },
    data: [
      [x.from, level],
      [x.to, level],
    ],
  };
  return { name, isBare: true, series };
}

/** The set rate, whose flow error is 0. */
export function setRateLine(name: string, level: number, x: { readonly from: number; readonly to: number }): Curve {
  return levelLine(name, level, x, { color: INK.black, width: 1, type: "solid" });
}

/** The mean of the analysed stretch. */
export function meanLine(name: string, level: number, x: { readonly from: number; readonly to: number }): Curve {
  return levelLine(name, level, x, { color: INK.black, width: 1.2, type: "dashed" });
}

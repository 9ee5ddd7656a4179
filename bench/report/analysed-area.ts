import { INK } from "./chart";

/** A pale area over the analysed stretch, as far as the axis shows it, for a series that is drawn; nothing where it lies outside. */
export function analysedArea(from: number, to: number, axis: { readonly from: number; readonly to: number }): object {
  const [start, end] = [Math.max(from, axis.from), Math.min(to, axis.to)];
  // All of the axis needs no mark.
  if (!(end > start) || (start === axis.from && end === axis.to)) return {};
  return {
    markArea: {
      silent: true,
      // Behind the noise band.
      z: -1,
      itemStyle: { color: INK.area },
      label: { show: true, position: "insideTop", color: INK.grey, fontSize: 10, distance: 2 },
      data: [[{ xAxis: start, name: "analysed" }, { xAxis: end }]],
    },
  };
}

import type { WindowResult } from "../analysis/flow-analysis";
import { INK } from "./chart";
import type { Curve } from "./chart";

/** The band shows this many standard deviations to either side. */
export const BAND_SIGMAS = 2;

/** Noise of the balance over any length of time, in %, from that of one window: it falls as 1/P, by its definition. */
export function noisePercentOver({ noisePercent, minutes }: WindowResult, overMinutes: number): number {
  return (noisePercent * minutes) / overMinutes;
}

/** A point of a band's upper or lower edge. */
type Edge = readonly [x: number, y: number];

/** What a custom series hands to its drawing function, as far as it is used here. */
interface Drawing {
  coord(point: Edge): number[];
}

/** The rectangle of the axes, in px. */
interface DrawnFrame {
  readonly coordSys: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

/** A grey band behind the curves, from the upper edge back along the lower one, cut off at the chart's frame. */
export function noiseBand(name: string, upper: readonly Edge[], lower: readonly Edge[]): Curve {
  const outline = [...upper, ...[...lower].reverse()];
  const series = {
    type: "custom",
    z: 0,
    silent: true,
    itemStyle: { color: INK.band },
    data: outline.slice(0, 1),
    renderItem: ({ coordSys }: DrawnFrame, drawing: Drawing) => ({
      type: "polygon",
      shape: { points: outline.map((point) => within(coordSys, drawing.coord(point))) },
      style: { fill: INK.band },
    }),
  };
  return { name, isBare: false, series };
}

function within({ x, y, width, height }: DrawnFrame["coordSys"], [px = 0, py = 0]: readonly number[]): number[] {
  return [Math.min(x + width, Math.max(x, px)), Math.min(y + height, Math.max(y, py))];
}

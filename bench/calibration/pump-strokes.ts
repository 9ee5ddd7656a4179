import type { LoggedStrokes } from "../analysis/pump-log";

/**
 * Strokes that the pump made between two times of its log. Those of one line are taken as even between its first and last time, as a steady rate makes
 * them. A stroke under way counts with its share.
 * @param fromS and toS on the axis of the lines @param strokeS how long a stroke takes, above 0
 */
export function strokesBetween(lines: readonly LoggedStrokes[], fromS: number, toS: number, strokeS: number): number {
  const share = (atS: number, untilS: number): number => Math.min(1, Math.max(0, (untilS - atS) / strokeS));
  let strokes = 0;
  for (const { atS: firstS, lastS, count } of lines) {
    const betweenS = count > 1 ? (lastS - firstS) / (count - 1) : 0;
    for (let i = 0; i < count; i++) {
      const atS = firstS + i * betweenS;
      strokes += share(atS, toS) - share(atS, fromS);
    }
  }
  return strokes;
}

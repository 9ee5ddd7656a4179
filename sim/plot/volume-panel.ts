import { BLANK } from "./ink";
import type { Cell } from "./ink";
import type { PanelRow } from "./rate-panel";
import { scaleEnd, volumeText } from "./scale";
import type { TimeColumns } from "./time-columns";
import { SHARES_PER_COLUMN } from "./volume-shares";
import type { VolumeShares } from "./volume-shares";

/** Height of the panel in rows. */
const ROWS = 5;

/** A braille character is two dots wide and four high; its dots' bits from the top, left and right. */
const DOTS_HIGH = 4;
const DOT_BITS: readonly (readonly number[])[] = [
  [0x01, 0x02, 0x04, 0x40],
  [0x08, 0x10, 0x20, 0x80],
];
const BRAILLE = 0x2800;

/** The volume delivered since the start of the run, as a curve that ends where the run ends. */
export function volumePanel(shares: VolumeShares, columns: TimeColumns): PanelRow[] {
  const sums = runningSums(shares.totalNl);
  const topNl = scaleEnd(sums[sums.length - 1] ?? 0);
  const dots = ROWS * DOTS_HIGH;
  const heights = sums.map((sum) => Math.min(dots - 1, Math.floor((sum / topNl) * dots)));
  const shown = Math.ceil((columns.endMs / columns.columnMs) * SHARES_PER_COLUMN);

  const bits = Array.from({ length: ROWS }, () => new Array<number>(columns.count).fill(0));
  heights.slice(0, shown).forEach((height, share) => {
    // Joined to the height before it, so that a steep rise stays a line.
    const from = Math.min(height, (heights[share - 1] ?? 0) + 1);
    for (let dot = from; dot <= height; dot++) {
      const row = bits[ROWS - 1 - Math.floor(dot / DOTS_HIGH)];
      const column = Math.floor(share / SHARES_PER_COLUMN);
      const bit = DOT_BITS[share % SHARES_PER_COLUMN]?.[DOTS_HIGH - 1 - (dot % DOTS_HIGH)] ?? 0;
      if (row !== undefined) row[column] = (row[column] ?? 0) | bit;
    }
  });
  return bits.map((row, index) => ({
    label: index === 0 ? volumeText(topNl) : "",
    cells: row.map((pattern): Cell =>
      pattern === 0 ? BLANK : { text: String.fromCodePoint(BRAILLE + pattern), ink: "volume" },
    ),
  }));
}

function runningSums(volumesNl: readonly number[]): number[] {
  let sum = 0;
  return volumesNl.map((volume) => (sum += volume));
}

/** Two ends of an axis and its marks, all whole multiples of one round step. */
export interface AxisRange {
  readonly from: number;
  readonly to: number;
  readonly marks: readonly number[];
}

const STEPS = [1, 2, 5, 10];

/** The smallest range with about `wantedMarks` marks at a round step (1, 2 or 5 times a power of ten) that holds all `values`. */
export function axisRange(values: readonly number[], wantedMarks = 6): AxisRange {
  let least = Infinity;
  let most = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  if (least > most) return { from: 0, to: 1, marks: [0, 1] };
  const spread = most > least ? most - least : Math.abs(most) > 0 ? Math.abs(most) / 5 : 1;
  const step = roundStep(spread / wantedMarks);
  // A hair of room: a value on a mark needs no further step, whatever its last digit.
  const first = Math.floor(least / step + 1e-9);
  const last = Math.max(first + 1, Math.ceil(most / step - 1e-9));
  const marks = Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
  return { from: marks[0] ?? 0, to: marks.at(-1) ?? 1, marks };
}

function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = STEPS.find((one) => one * power >= least * (1 - 1e-9)) ?? 10;
  return factor * power;
}

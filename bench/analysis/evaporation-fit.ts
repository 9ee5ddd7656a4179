import type { Evaporation } from "./corrections";
import type { MassSeries } from "./mass-series";

/**
 * Evaporation from blank runs (the pump stopped, the same vessel and room): the mean of their losses, each the slope of a least squares line.
 * Standard uncertainty: of several runs, their standard deviation over √n; of one, that of its slope, which is too small where the
 * balance drifts. Throws `RangeError` for a run of fewer than three samples or none at all.
 */
export function evaporationOfBlanks(blanks: readonly MassSeries[]): Evaporation {
  if (blanks.length === 0) throw new RangeError("a blank run is wanted");
  const fits = blanks.map(lossOf);
  const gPerH = fits.reduce((sum, fit) => sum + fit.gPerH, 0) / fits.length;
  const squares = fits.reduce((sum, fit) => sum + (fit.gPerH - gPerH) ** 2, 0);
  const own = Math.sqrt(fits.reduce((sum, fit) => sum + fit.standardGPerH ** 2, 0)) / fits.length;
  const between = fits.length > 1 ? Math.sqrt(squares / (fits.length - 1) / fits.length) : 0;
  const [only] = blanks;
  const source = fits.length === 1 ? `fit of the blank run ${only?.file ?? ""}` : `mean of ${fits.length} blank runs`;
  return { gPerH, standardGPerH: Math.max(own, between), source };
}

/** Mass lost each hour in a blank run, and the standard error of the fitted slope. */
export function lossOf({ timeS, massG }: MassSeries): { gPerH: number; standardGPerH: number } {
  const { length } = timeS;
  if (length < 3) throw new RangeError("at least three samples are wanted");
  const [time0 = 0] = timeS;
  const [mass0 = 0] = massG;
  let meanH = 0;
  let meanG = 0;
  for (let i = 0; i < length; i++) {
    meanH += ((timeS[i] ?? NaN) - time0) / 3600 / length;
    meanG += ((massG[i] ?? NaN) - mass0) / length;
  }
  let squares = 0;
  let products = 0;
  let massSquares = 0;
  for (let i = 0; i < length; i++) {
    const x = ((timeS[i] ?? NaN) - time0) / 3600 - meanH;
    const y = (massG[i] ?? NaN) - mass0 - meanG;
    squares += x * x;
    products += x * y;
    massSquares += y * y;
  }
  if (!(squares > 0)) throw new RangeError("its times do not differ");
  const slope = products / squares;
  const rest = Math.max(0, massSquares - slope * products);
  return { gPerH: -slope, standardGPerH: Math.sqrt(rest / (length - 2) / squares) };
}

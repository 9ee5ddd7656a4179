import { plPerRevolutionOf } from "./calibration-run";
import type { CalibrationRun } from "./calibration-run";
import type { OriginFit } from "./origin-fit";
import { studentLimit } from "./student-t";

/** A run that the others do not make believable. */
export interface Outlier {
  readonly run: string;
  readonly plPerRevolution: number;
  /** Its deviation from the line through the origin, in %. */
  readonly deviationPercent: number;
  /** Its residual over the standard deviation that the other runs leave for it. */
  readonly studentised: number;
  /** Beyond this it is called an outlier. */
  readonly limit: number;
}

/** Chance of naming any run of a set in which nothing is wrong. */
const FALSE_ALARM = 0.05;

/** Differences smaller than this share are not worth a word, however surely they are there: buoyancy alone is as much. */
export const NEGLIGIBLE_PERCENT = 0.1;

/** The smaller of two standard deviations may not be mere rounding, as a share of the value. */
const ROUNDING = 1e-9;

/**
 * The runs whose externally studentised residual is beyond Student's t for {@link FALSE_ALARM} over all runs (Bonferroni). With runs of one weight this is
 * Grubbs' test (Technometrics 11 (1969) 1) in another form. Fewer than 4 runs name none: of three, any could be the wrong one. Nor is one named that is
 * off by no more than {@link NEGLIGIBLE_PERCENT}.
 */
export function outliersOf(runs: readonly CalibrationRun[], fit: OriginFit): Outlier[] {
  const freedom = runs.length - 2;
  if (freedom < 2) return [];
  const limit = studentLimit(FALSE_ALARM / runs.length, freedom);
  const weight = fit.weights.reduce((sum, one) => sum + one, 0);
  return runs.flatMap((run, i) => {
    const own = fit.weights[i] ?? 0;
    const residual = plPerRevolutionOf(run) - fit.plPerRevolution;
    const leverage = own / weight;
    const square = (own * residual * residual) / (1 - leverage);
    const others = Math.max(0, fit.squares - square) / freedom;
    const least = own * (ROUNDING * fit.plPerRevolution) ** 2;
    const studentised = Math.sign(residual) * Math.sqrt(square / Math.max(others, least));
    const deviationPercent = (100 * residual) / fit.plPerRevolution;
    if (!(Math.abs(studentised) > limit && Math.abs(deviationPercent) > NEGLIGIBLE_PERCENT)) return [];
    return [
      {
        run: run.name,
        plPerRevolution: plPerRevolutionOf(run),
        deviationPercent,
        studentised,
        limit,
      },
    ];
  });
}

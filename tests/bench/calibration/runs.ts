import type { CalibrationRun } from "../../../bench/calibration/calibration-run";
import { Random } from "../../../sim/random/random";

/** Runs of exact numbers: each `[rate in mL/h, revolutions, volume in mL, uncertainty in mL]`. */
export function runsOf(rows: readonly (readonly [number, number, number, number?])[]): CalibrationRun[] {
  return rows.map(([rateMlPerH, revolutions, volumeMl, uncertaintyMl = 0], i) => ({
    name: `run-${i + 1}`,
    file: "runs.csv",
    line: i + 2,
    rateMlPerH,
    revolutions,
    volumeMl,
    uncertaintyMl,
    isUncertaintyTold: uncertaintyMl > 0,
    sharedMl: 0,
    endsMl: 0,
  }));
}

/** Numbers of the standard normal distribution (Box and Muller). */
export function normals(seed: number): () => number {
  const random = new Random(seed);
  const unit = (): number => (random.integer(1, 2 ** 40) - 0.5) / 2 ** 40;
  return () => Math.sqrt(-2 * Math.log(unit())) * Math.cos(2 * Math.PI * unit());
}

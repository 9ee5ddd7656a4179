import type { Battery } from "../plant/battery";
import type { FluidPath } from "../plant/fluid-path";
import { MixingLine, StirredSegment } from "../plant/mixing-line";
import type { PlantModel } from "../plant/plant-model";
import type { StrokeTimes } from "./stroke-times";

/** A change at one of the line's ends: other drugs at its inlet, in ng/µL, or a part before its tip that is new and without drug, in nL. */
export interface LineChange {
  readonly atMs: number;
  readonly drugs?: readonly number[];
  readonly emptyNl?: number;
}

/** What is known of the plant when a run is over. */
export interface FluidRecord {
  readonly path: FluidPath;
  readonly battery: Battery | undefined;
  /** Strokes that the motor was given. */
  readonly motorTimes: StrokeTimes;
  /** In order of time. */
  readonly lineChanges: readonly LineChange[];
}

/**
 * Concentration of one drug at the tip of the catheter at the end of the instant `atMs`, in ng/µL. The line begins full of what the reservoir
 * holds. Air and the line's give are left out of the mixing: what leaves the outlet is what moves through the tanks.
 * @param drugs what the reservoir holds at the start, in ng/µL, by place in the library  @param drug its place
 */
export function tipNgPerUl(
  record: FluidRecord,
  { line }: PlantModel,
  drugs: readonly number[],
  drug: number,
  atMs: number,
): number {
  let inlet = drugs[drug] ?? 0;
  const segments = [line.tubingNl, line.catheterNl].filter((nl) => nl > 0);
  const mixing = new MixingLine(
    segments.map((nl) => new StirredSegment(nl, line.tanks, inlet)),
    inlet,
  );
  let passedNl = 0;
  const flowTo = (toMs: number): void => {
    const { outNl } = record.path.at(toMs);
    mixing.push(outNl - passedNl, inlet);
    passedNl = outNl;
  };
  for (const change of record.lineChanges) {
    if (change.atMs > atMs) break;
    flowTo(change.atMs);
    if (change.drugs !== undefined) inlet = change.drugs[drug] ?? 0;
    if (change.emptyNl !== undefined) mixing.clearEnd(change.emptyNl);
  }
  flowTo(atMs);
  return mixing.tip;
}

import type { FluidPath } from "../plant/fluid-path";
import { MixingLine, StirredSegment } from "../plant/mixing-line";
import type { LineModel } from "../plant/plant-model";

/** A change at one of the line's ends: other drugs at its inlet, in ng/µL, or a part before its tip that is new and without drug, in nL. */
export interface LineChange {
  readonly atMs: number;
  readonly drugs?: readonly number[];
  readonly emptyNl?: number;
}

/** The line that a drug goes through. */
export interface DrugLine {
  readonly path: FluidPath;
  readonly line: LineModel;
  /** In order of time. */
  readonly lineChanges: readonly LineChange[];
}

/**
 * Concentration of one drug at the tip of the catheter through a run that is over. The line begins full of what the reservoir holds. Air and the line's
 * give are left out of the mixing: what leaves the outlet is what moves through the tanks. Asked in the order of time it goes on from where it was.
 */
export class TipCourse {
  private mixing: MixingLine;
  private inlet: number;
  private passedNl = 0;
  private atMs = 0;
  private changesDone = 0;

  /** @param drugs what the reservoir holds at the start, in ng/µL, by place in the library  @param drug its place */
  constructor(
    private readonly of: DrugLine,
    private readonly drugs: readonly number[],
    private readonly drug: number,
  ) {
    this.inlet = drugs[drug] ?? 0;
    this.mixing = fullLine(of.line, this.inlet);
  }

  /** At the end of the instant `atMs`, in ng/µL. */
  at(atMs: number): number {
    if (atMs < this.atMs) this.beginAgain();
    const { lineChanges } = this.of;
    for (let change = lineChanges[this.changesDone]; change !== undefined && change.atMs <= atMs;) {
      this.flowTo(change.atMs);
      if (change.drugs !== undefined) this.inlet = change.drugs[this.drug] ?? 0;
      if (change.emptyNl !== undefined) this.mixing.clearEnd(change.emptyNl);
      change = lineChanges[++this.changesDone];
    }
    this.flowTo(atMs);
    return this.mixing.tip;
  }

  private flowTo(atMs: number): void {
    const { outNl } = this.of.path.at(atMs);
    this.mixing.push(outNl - this.passedNl, this.inlet);
    this.passedNl = outNl;
    this.atMs = atMs;
  }

  private beginAgain(): void {
    this.inlet = this.drugs[this.drug] ?? 0;
    this.mixing = fullLine(this.of.line, this.inlet);
    this.passedNl = 0;
    this.changesDone = 0;
  }
}

function fullLine({ tubingNl, catheterNl, tanks }: LineModel, concentration: number): MixingLine {
  const segment = (volumeNl: number): StirredSegment => new StirredSegment(volumeNl, tanks, concentration);
  if (tubingNl > 0 && catheterNl > 0) return new MixingLine([segment(tubingNl), segment(catheterNl)], concentration);
  const aloneNl = tubingNl + catheterNl;
  return new MixingLine(aloneNl > 0 ? [segment(aloneNl)] : [], concentration);
}

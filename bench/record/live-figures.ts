import { USUAL_DENSITY_G_PER_ML } from "../analysis/corrections";
import { GAP_INTERVALS } from "../analysis/stretch";
import type { RawRow } from "./raw-row";

/** How a recording stands, from its rows. The flow is a first look only, from first to last weight; the analysis is another command. */
export class LiveFigures {
  /** Rows with a weight. */
  samples = 0;
  /** Rows of any kind. */
  rows = 0;
  /** Of the last row with a weight, in g; undefined before the first. */
  lastMassG: number | undefined;
  private firstMassG = 0;
  private firstS = 0;
  private lastS = 0;
  private closedGaps = 0;

  /** @param intervalMs from one reading to the next */
  constructor(private readonly intervalMs: number) {}

  /** Takes the next row. */
  add({ elapsedS, massG, status }: RawRow): void {
    this.rows++;
    if (massG === undefined || status !== undefined) return;
    if (this.samples === 0) {
      this.firstMassG = massG;
      this.firstS = elapsedS;
    } else if (this.isGap(elapsedS)) this.closedGaps++;
    this.samples++;
    this.lastS = elapsedS;
    this.lastMassG = massG;
  }

  /** Times without a weight that are longer than 2.5 intervals, the one that lasts at `elapsedMs` included. */
  gapsUntil(elapsedMs: number): number {
    return this.closedGaps + (this.isGap(elapsedMs / 1000) ? 1 : 0);
  }

  /** Mass that came since the first weight, in g; undefined before the second. */
  gainedG(): number | undefined {
    return this.samples < 2 || this.lastMassG === undefined ? undefined : this.lastMassG - this.firstMassG;
  }

  /** Mean flow since the first weight, in mL/h of water at 0.998 g/mL; undefined before the second. */
  flowMlPerH(): number | undefined {
    const gainedG = this.gainedG();
    const hours = (this.lastS - this.firstS) / 3600;
    return gainedG === undefined || hours <= 0 ? undefined : gainedG / USUAL_DENSITY_G_PER_ML / hours;
  }

  private isGap(untilS: number): boolean {
    return untilS - this.lastS > (GAP_INTERVALS * this.intervalMs) / 1000;
  }
}

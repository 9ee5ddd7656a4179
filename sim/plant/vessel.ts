/** A vessel on the pan and what becomes of the liquid in it. */
export interface VesselModel {
  /** Density of what comes in, in g/mL; above 0. */
  readonly densityGPerMl: number;
  /** What leaves by evaporation, in g/h; 0 or more. */
  readonly evaporationGPerH: number;
}

/** Nothing evaporates, and 1 mL is 1 g. */
export const IDEAL_VESSEL: VesselModel = { densityGPerMl: 1, evaporationGPerH: 0 };

const MS_PER_H = 3600000;
const FIRST_ROOM = 1024;

/**
 * What is really in a vessel, against the start:
 *
 *     m(t) = rho V(t) - E t
 *
 * with V what has come in, each stroke evenly over the time that it takes, rho its density and E the evaporation. E is a constant, which it is as
 * long as surface, oil film and room stay as they are and liquid is left: the vessel begins with water over the needle's tip, so that m may
 * become negative. Source: bench practice (EURAMET cg-19, ISO 23783-2). Orders of magnitude: an open boat 0.4 g/h (0.118 mg/s, seven blanks of a
 * published bench); a covered vessel 4 mg/h, an oil film 0.2 mg/h (1 and 0.05 ug/s, assumptions: measure your own). Not modelled: drops, a needle
 * that touches the vessel, an end of the liquid.
 */
export class Vessel {
  /** Start of each stroke in ms, and what had come in before it in nL; behind the last one its sum. */
  private startsMs = new Float64Array(FIRST_ROOM);
  private sumsNl = new Float64Array(FIRST_ROOM + 1);
  private strokes = 0;

  /** @param strokeMs how long a stroke takes, in ms; above 0. Throws `RangeError` for a model outside its ranges. */
  constructor(
    private readonly model: VesselModel,
    private readonly strokeMs: number,
  ) {
    if (!(model.densityGPerMl > 0 && model.evaporationGPerH >= 0 && strokeMs > 0))
      throw new RangeError("density and length of a stroke are above 0, evaporation is 0 or more");
  }

  /** A stroke of `volumeNl` nL comes in from `startMs` on, not before the end of the stroke before it. */
  take(startMs: number, volumeNl: number): void {
    const { strokes } = this;
    if (strokes > 0 && startMs < (this.startsMs[strokes - 1] ?? 0) + this.strokeMs)
      throw new RangeError(`a stroke at ${startMs} ms begins before the last one is over`);
    if (strokes === this.startsMs.length) {
      this.startsMs = grown(this.startsMs, 2 * strokes);
      this.sumsNl = grown(this.sumsNl, 2 * strokes + 1);
    }
    this.startsMs[strokes] = startMs;
    this.sumsNl[strokes + 1] = (this.sumsNl[strokes] ?? 0) + volumeNl;
    this.strokes++;
  }

  /** What has come in up to `atMs`, in nL. Any instant up to the start of the next stroke can be asked for. */
  volumeNl(atMs: number): number {
    let after = 0;
    let end = this.strokes;
    while (after < end) {
      const middle = (after + end) >>> 1;
      if ((this.startsMs[middle] ?? 0) <= atMs) after = middle + 1;
      else end = middle;
    }
    if (after === 0) return 0;
    const before = this.sumsNl[after - 1] ?? 0;
    const stroke = (this.sumsNl[after] ?? 0) - before;
    return before + stroke * Math.min(1, (atMs - (this.startsMs[after - 1] ?? 0)) / this.strokeMs);
  }

  /** What it has gained against the start, in g; negative when more has evaporated than came in. */
  gainG(atMs: number): number {
    return (this.volumeNl(atMs) / 1e6) * this.model.densityGPerMl - (this.model.evaporationGPerH * atMs) / MS_PER_H;
  }
}

function grown(values: Float64Array<ArrayBuffer>, room: number): Float64Array<ArrayBuffer> {
  const more = new Float64Array(room);
  more.set(values);
  return more;
}

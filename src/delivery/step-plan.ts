import type { StrokeVolume } from "../motion/stroke";
import { MS_PER_DAY, NEVER_MS, quotientRoundedUp, wholeQuotient } from "../units";

/**
 * The one step plan: basal and bolus add up to an owed volume, and a stroke is due as soon as a whole one is owed. So
 * delivered <= ordered < delivered + one stroke at every millisecond. All arithmetic is in the integer units of
 * {@link StrokeVolume}: nothing drifts, however long it runs. What is owed below one stroke survives a stop and the end
 * of a bolus.
 */
export class StepPlan {
  /** Owed and not yet delivered, in units; 0 to strokeUnits - 1 whenever no stroke is due. */
  owedUnits = 0;
  /** Basal in force, in nL/day; 0 while stopped. */
  basalNlPerDay = 0;
  /** Rate of the running bolus on top of basal, in nL/day; 0: none runs. */
  bolusNlPerDay = 0;
  /** Up to which instant the orders have been added up, in ms of core time. */
  accruedToMs: number;

  private readonly stroke: StrokeVolume;

  constructor(stroke: StrokeVolume, nowMs: number) {
    this.stroke = stroke;
    this.accruedToMs = nowMs;
  }

  /**
   * Adds what basal and bolus order from the last instant to `nowMs`. The product stays under 2^53: no call spans more than the
   * time to the next stroke (the caller stops at each), so it never exceeds about one stroke in units.
   */
  accrueTo(nowMs: number): void {
    const rate = this.basalNlPerDay + this.bolusNlPerDay;
    this.owedUnits += rate * this.stroke.unitsPerRateMs * (nowMs - this.accruedToMs);
    this.accruedToMs = nowMs;
  }

  /**
   * Passes over the time to `nowMs`: what it ordered is never delivered. `bolusEndMs` is when the running bolus would have ended. Returns
   * the volume in nL, by whole seconds, rounded down.
   */
  forfeitTo(nowMs: number, bolusEndMs: number): number {
    const basalSeconds = wholeQuotient(nowMs - this.accruedToMs, 1000);
    const bolusSeconds = wholeQuotient(
      Math.min(nowMs, Math.max(this.accruedToMs, bolusEndMs)) - this.accruedToMs,
      1000,
    );
    this.accruedToMs = nowMs;
    return wholeQuotient(this.basalNlPerDay * basalSeconds + this.bolusNlPerDay * bolusSeconds, 86400);
  }

  /** Adds a rest that is smaller than the rate's whole numbers could say: `nlMsPerDay` is nL/day times ms. */
  addRest(nlMsPerDay: number): void {
    this.owedUnits += nlMsPerDay * this.stroke.unitsPerRateMs;
  }

  /** True when a whole stroke is owed. */
  isStrokeDue(): boolean {
    return this.owedUnits >= this.stroke.strokeUnits;
  }

  /** Takes one owed stroke out of the plan, to be delivered or dropped for good. */
  takeStroke(): void {
    this.owedUnits -= this.stroke.strokeUnits;
  }

  /** First instant at which a whole stroke is owed if nothing changes, in ms of core time; NEVER_MS at rate 0. */
  nextStrokeMs(): number {
    const rate = this.basalNlPerDay + this.bolusNlPerDay;
    if (rate === 0) return NEVER_MS;
    const missing = this.stroke.strokeUnits - this.owedUnits;
    return this.accruedToMs + quotientRoundedUp(missing, rate * this.stroke.unitsPerRateMs);
  }

  /** What is owed now, in nL, rounded up; always less than one stroke and 1 nL. */
  owedRoundedUpNl(): number {
    return quotientRoundedUp(this.owedUnits, this.stroke.unitsPerRateMs * MS_PER_DAY);
  }
}

import type { StrokeVolume } from "../motion/stroke";
import { NEVER_MS, quotientRoundedUp, wholeQuotient } from "../units";

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

  constructor(
    /** The volume of one stroke, and the units. */
    readonly stroke: StrokeVolume,
    nowMs: number,
  ) {
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

  /** Takes one owed stroke out of the plan, to be delivered or dropped for good. False: less than a whole one is owed. */
  takeStroke(): boolean {
    const strokeUnits = this.stroke.strokeUnits;
    if (this.owedUnits < strokeUnits) return false;
    this.owedUnits -= strokeUnits;
    return true;
  }

  /** First instant at which a whole stroke is owed if nothing changes, in ms of core time; NEVER_MS at rate 0. */
  nextStrokeMs(): number {
    const rate = this.basalNlPerDay + this.bolusNlPerDay;
    if (rate === 0) return NEVER_MS;
    const missing = this.stroke.strokeUnits - this.owedUnits;
    return this.accruedToMs + quotientRoundedUp(missing, rate * this.stroke.unitsPerRateMs);
  }
}

import type { StrokeVolume } from "../motion/stroke";

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

  /** Takes one owed stroke out of the plan, to be delivered or dropped for good. False: less than a whole one is owed. */
  takeStroke(): boolean {
    const strokeUnits = this.stroke.strokeUnits;
    if (this.owedUnits < strokeUnits) return false;
    this.owedUnits = this.owedUnits - strokeUnits;
    return true;
  }
}

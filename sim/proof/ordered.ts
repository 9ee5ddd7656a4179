import type { Prescription } from "../../src/prescription/prescription";
import { TherapyMode } from "../../src/delivery/therapy";
import type { BolusKind } from "../../src/delivery/bolus-run";

/** Concentration of each drug of the library, in ng/µL. */
export type Fluid = readonly number[];

/** Fluid in the line that is not the reservoir's: it comes out until so many strokes have been made in all. */
export interface OldFluid {
  readonly fluid: Fluid;
  readonly untilStroke: number;
}

/** A bolus that is not the patient's own. */
export interface SquareBolus {
  readonly kind: BolusKind;
  readonly volumeNl: number;
  readonly overMs: number;
}

/**
 * What people have ordered and the pump has taken: all that must be the same behind a loss of power. Never changed, only replaced. Times are
 * powered time in ms.
 */
export interface Ordered {
  readonly prescription: Prescription | undefined;
  readonly mode: TherapyMode;
  /** Its program has reached its end. */
  readonly hasEnded: boolean;
  /** When demand boluses were granted. */
  readonly grantsMs: readonly number[];
  /** Volume of the demand bolus that is under way, in nL; 0: none is. */
  readonly demandNl: number;
  /** When the last one ended. */
  readonly lastEndMs: number;
  readonly square: SquareBolus | undefined;
  /** When the last priming bolus ended: what it owes comes at that instant. */
  readonly primedMs: number;
  /** Ids of requests that were granted. */
  readonly grantedIds: readonly number[];
  /** Strokes that had been made when each bolus of any kind began. */
  readonly strokesAtGrants: readonly number[];
  readonly highestCommandId: number;
  /** When the last scheduled bolus began, and how many have since the prescription was confirmed. */
  readonly scheduledMs: number;
  readonly scheduled: number;
  /** What the reservoir held when that was known last, and the strokes that had been made then. */
  readonly filledNl: number;
  readonly strokesAtFill: number;
  readonly fluid: Fluid;
  readonly line: readonly OldFluid[];
  /** Alarms that are active, and those whose cause is there: one bit each. */
  readonly active: number;
  readonly caused: number;
  /** The runtime is to be started anew at rest. */
  readonly isPlanning: boolean;
  /** Unplanned restarts that the pump has written down. */
  readonly restartsMs: readonly number[];
}

/** A pump that was never used. */
export function nothingOrdered(reservoirNl: number, fluid: Fluid): Ordered {
  return {
    prescription: undefined,
    mode: TherapyMode.stopped,
    hasEnded: false,
    grantsMs: [],
    demandNl: 0,
    lastEndMs: -Infinity,
    square: undefined,
    primedMs: -1,
    grantedIds: [],
    strokesAtGrants: [],
    highestCommandId: 0,
    scheduledMs: -Infinity,
    scheduled: 0,
    filledNl: reservoirNl,
    strokesAtFill: 0,
    fluid,
    line: [],
    active: 0,
    caused: 0,
    isPlanning: false,
    restartsMs: [],
  };
}

/** What comes out with stroke number `stroke` (from 0). */
export function fluidOf({ line, fluid }: Ordered, stroke: number): Fluid {
  return line.find(({ untilStroke }) => stroke < untilStroke)?.fluid ?? fluid;
}

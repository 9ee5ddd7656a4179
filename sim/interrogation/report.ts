import type { PrescriptionChange } from "../../config/prescription-difference";

/**
 * All that a pump tells a clinician's programmer. Keys end in their units; core times are in ms since the pump's store was made, and
 * beside them stands the date as text where the wall clock was known. `null`: unknown, or not there. Lists are newest first.
 */
export interface PumpReport {
  readonly identity: {
    readonly model: number;
    readonly serial: number;
    /** As people write it: `0.3.0`. */
    readonly firmware: string;
    /** The calibration: volume of one revolution of the head, in pL. */
    readonly revolutionPl: number;
  };
  readonly clock: {
    readonly isKnown: boolean;
    readonly wall: string | null;
    readonly coreMs: number;
  };
  readonly prescription: {
    readonly isInForce: boolean;
    /** Digests in 8 hexadecimal digits. */
    readonly digest: string | null;
    readonly confirmedMs: number | null;
    readonly confirmed: string | null;
    readonly inForce: PrescriptionReport | null;
    readonly isStaged: boolean;
    readonly stagedDigest: string | null;
    readonly staged: PrescriptionReport | null;
    /** Where the staged one differs. */
    readonly difference: readonly PrescriptionChange[];
  };
  readonly delivery: {
    /** `running`, `held` or `stopped`, as a person ordered it. */
    readonly state: string;
    /** A word of FaultKind; `none` unless the pump is in its safe state. */
    readonly fault: string;
    readonly basalNlPerDay: number;
    readonly bolusNlPerDay: number;
    readonly isBridging: boolean;
    readonly boluses: readonly {
      readonly bolus: string;
      readonly id: number;
      readonly leftNl: number;
      readonly isSuspended: boolean;
    }[];
  };
  readonly reservoir: {
    readonly leastNl: number;
    readonly mostNl: number;
    readonly lowNl: number;
    readonly drugs: readonly {
      readonly drug: string;
      readonly reservoirNgPerUl: number;
      readonly tipNgPerUl: number;
    }[];
    readonly oldFluidNl: number;
    readonly deadVolumeNl: number | null;
  };
  readonly refills: {
    readonly filledToNl: number;
    readonly filledMs: number;
    readonly filled: string | null;
    readonly expires: string | null;
    readonly lowWithAllBolusesMs: number | null;
    readonly lowWithAllBoluses: string | null;
    readonly lowWithoutBolusesMs: number | null;
    readonly lowWithoutBoluses: string | null;
    readonly judged: number;
    readonly flowErrorPerMille: number | null;
    readonly flowErrors: readonly {
      readonly atMs: number;
      readonly at: string | null;
      readonly errorPerMille: number;
    }[];
  };
  readonly battery: {
    readonly supplyMv: number | null;
    readonly chargePerMille: number | null;
    readonly endOfServiceMs: number | null;
    readonly endOfService: string | null;
  };
  readonly tube: {
    readonly strokes: number;
    readonly revolutions: number;
    readonly sinceMs: number;
    readonly since: string | null;
    readonly lifeStrokes: number | null;
    readonly lifeDays: number | null;
  };
  readonly alarms: readonly {
    readonly alarm: string;
    readonly priority: string;
    readonly sinceMs: number;
    readonly since: string | null;
    readonly hasCause: boolean;
  }[];
  readonly counters: {
    readonly strokes: number;
    readonly volumeNl: number;
    readonly primingStrokes: number;
    readonly granted: number;
    readonly denied: number;
  };
  readonly bolusLog: readonly {
    readonly atMs: number;
    readonly at: string | null;
    readonly id: number;
    readonly answer: string;
    readonly orderedNl: number;
  }[];
  /** Each with the first two numbers of its line in the event log. */
  readonly eventLog: readonly Readonly<Record<string, number | string | null>>[];
  readonly dosePerDay: readonly {
    /** The date, or `core day 1` while the clock was not known. */
    readonly day: string;
    readonly volumeNl: number;
    /** The primary drug. */
    readonly doseNg: number;
  }[];
}

/** A prescription as it is reported. */
export interface PrescriptionReport {
  readonly program: string;
  readonly primaryDrug: string;
  readonly drugs: readonly { readonly drug: string; readonly concentrationNgPerUl: number }[];
  readonly steps: readonly { readonly from: string; readonly rateNlPerDay: number; readonly doseNgPerDay: number }[];
  readonly scheduled: {
    readonly volumeNl: number;
    readonly durationMs: number;
    readonly everyMs: number;
    /** `null`: without end. */
    readonly count: number | null;
  } | null;
  readonly endsAfterMs: number | null;
  readonly demandBolus: {
    readonly volumeNl: number;
    readonly durationMs: number;
    readonly lockoutMs: number;
    readonly mostPer24h: number;
    /** `null`: all day. */
    readonly from: string | null;
    readonly to: string | null;
  } | null;
  readonly minimumNlPerDay: number;
  readonly limit: { readonly volumeNl: number; readonly perMs: number };
  readonly catheterNl: number | null;
  readonly lowNl: number;
  readonly refillDays: number | null;
  readonly isBridged: boolean;
}

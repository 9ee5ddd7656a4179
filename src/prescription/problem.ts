import { zeros } from "../units";

/** How much a problem of a prescription weighs. */
export enum Severity {
  /** Said, and nothing more. */
  warning = 1,
  /** Past a soft limit: confirmed only with an override, which is written down. */
  soft = 2,
  /** Past a hard limit, or impossible: refused. */
  hard = 3,
}

/**
 * What is wrong with a prescription. Each comes with the number that was given, the one that would be right, and the place it
 * is about (a step, or a drug's place in the library; 0 otherwise).
 */
export enum PrescriptionFault {
  none = 0,
  /** A field is not a whole number from 0 to 2^53 - 1; given: the field's index. Source: the core's arithmetic. */
  notAnInteger = 1,
  /** Basal of a step above the pump's hard limit; nL/day; at: the step. */
  basalAboveMaximum = 2,
  /** Demand bolus above the pump's hard limit; nL. */
  bolusAboveMaximum = 3,
  /** Demand bolus larger than a full reservoir gives above its low mark; nL. */
  bolusAboveReservoir = 4,
  /** Demand bolus smaller than one stroke; nL. */
  bolusBelowStroke = 5,
  /** Demand bolus's duration outside 1 ms to 24 h; ms. */
  bolusDuration = 6,
  /** Beside the highest basal the maximum rate leaves too little for the demand bolus to end within 24 h; nL/day left, nL of the bolus. */
  bolusStarved = 7,
  /** Lockout outside 1 ms to 30 days; ms. */
  lockout = 8,
  /** Most per 24 h outside 1 to MOST_BOLUSES_PER_24H. */
  mostPer24h = 9,
  /** Window not a whole number of minutes from 1 h to 7 days; ms. */
  window = 10,
  /** Window limit above the pump's hard limit less its margin; nL. */
  windowAboveHardLimit = 11,
  /** What is scheduled alone (basal and scheduled boluses) passes the window limit; nL in the worst window and the limit. */
  scheduledAboveWindow = 12,
  /** One demand bolus alone passes the window limit; nL. */
  bolusAboveWindow = 13,
  /** The demand bolus takes longer than the window; ms. */
  bolusLongerThanWindow = 14,
  /** No such program, or a number that this program does not have; given: the program. */
  program = 15,
  /** Steps outside 1 to MOST_STEPS (only flex has more than one); given, most. */
  stepCount = 16,
  /** Step does not begin after the one before it, or not within the day: an empty step, or two that overlap; ms from midnight, at: the step. */
  stepOrder = 17,
  /** The primary drug is not in the reservoir, or a place without a drug has a concentration; given: the place. */
  unknownDrug = 18,
  /** Drugs outside 1 to MOST_DRUGS; given, most. */
  drugCount = 19,
  /** Concentration below the library's lowest; ng/µL, at: the drug. */
  concentrationBelowLibrary = 20,
  /** Concentration above the library's highest; ng/µL, at: the drug. */
  concentrationAboveLibrary = 21,
  /** Highest scheduled rate of a drug above the library's hard limit; ng/h, at: the drug. */
  rateAboveHardDose = 22,
  /** The same above the soft limit. */
  rateAboveSoftDose = 23,
  /** Dose of one bolus (the larger of demand and scheduled) above the library's hard limit; ng, at: the drug. */
  bolusAboveHardDose = 24,
  /** The same above the soft limit. */
  bolusAboveSoftDose = 25,
  /** What is scheduled gives more in 24 h than the library's hard limit; ng, at: the drug. */
  dayAboveHardDose = 26,
  /** Scheduled and every permitted demand bolus together do, though neither does alone; ng, at: the drug. */
  totalAboveHardDose = 27,
  /** Scheduled and every permitted demand bolus together pass the soft limit of 24 h; ng, at: the drug. */
  totalAboveSoftDose = 28,
  /** Scheduled bolus above the pump's hard limit of a bolus, or less than a stroke; nL. */
  scheduledVolume = 29,
  /** Scheduled bolus's duration outside 1 ms to its interval; ms. */
  scheduledDuration = 30,
  /** Interval of scheduled boluses outside 1 min to 7 days; ms. */
  scheduledInterval = 31,
  /** Beside the highest basal the maximum rate leaves too little for the scheduled bolus to end before the next; nL/day left, nL. */
  scheduledStarved = 32,
  /** The program needs a count (single shot: 1, several shots: 2 or more), or must have none; given. */
  shotCount = 33,
  /** The continuous trial needs an end, from 1 min to 90 days; the others have none; ms. */
  trialEnd = 34,
  /** Hours of the day outside 0 to 24 h; ms from midnight. */
  hours = 35,
  /** Minimum rate above the lowest basal rate that is not 0, or above the pump's hard limit; nL/day. */
  minimumRate = 36,
  /** Dead volume of the catheter above 5 mL; nL. */
  catheterVolume = 37,
  /** Low mark below the pump's empty mark or above its capacity; nL. */
  lowMark = 38,
  /** Days to the refill above 366. */
  refillDays = 39,
  /** A bridge without known dead volumes of tubing and catheter, or with scheduled boluses. */
  bridge = 40,
  /** A full reservoir reaches its low mark before the refill is due; days that it lasts and days to the refill. A warning. */
  reservoirTooSmall = 41,
}

/** Most problems that are listed one by one. */
export const MOST_PROBLEMS = 12;

/** How much a fault weighs. */
export function severityOf(fault: PrescriptionFault): Severity {
  switch (fault) {
    case PrescriptionFault.reservoirTooSmall:
      return Severity.warning;
    case PrescriptionFault.rateAboveSoftDose:
    case PrescriptionFault.bolusAboveSoftDose:
    case PrescriptionFault.totalAboveSoftDose:
      return Severity.soft;
    default:
      return Severity.hard;
  }
}

/**
 * All problems of a prescription, in fixed memory: the first MOST_PROBLEMS one by one, and how many of each weight. The counts have a value from
 * the first judgement on, which sets them to 0 when it begins.
 */
export class PrescriptionProblems {
  /** How many are listed. */
  declare listed: number;
  /** Problems that refuse it. */
  declare hard: number;
  /** Problems that ask for an override. */
  declare soft: number;
  readonly fault: PrescriptionFault[] = zeros(MOST_PROBLEMS);
  readonly given = zeros(MOST_PROBLEMS);
  readonly limit = zeros(MOST_PROBLEMS);
  readonly at = zeros(MOST_PROBLEMS);

  /** Adds one. */
  addProblem(fault: PrescriptionFault, given: number, limit: number, at: number): void {
    const severity = severityOf(fault);
    if (severity === Severity.hard) this.hard = this.hard + 1;
    if (severity === Severity.soft) this.soft = this.soft + 1;
    const slot = this.listed;
    if (slot === MOST_PROBLEMS) return;
    this.fault[slot] = fault;
    this.given[slot] = given;
    this.limit[slot] = limit;
    this.at[slot] = at;
    this.listed = slot + 1;
  }
}

import { MOST_LIBRARY_DRUGS } from "../config";
import { copyInto, zeros } from "../units";

/** What kind of therapy is ordered. The three trials are seen before an implant; each has an end. */
export enum ProgramKind {
  /** One rate all day. */
  continuous = 1,
  /** A rate for each time of day: the flex schedule. */
  flex = 2,
  /** A scheduled bolus again and again, with a rate between them. */
  periodic = 3,
  /** Trial: one scheduled bolus, then the end. */
  singleShot = 4,
  /** Trial: several scheduled boluses over days, then the end. */
  severalShots = 5,
  /** Trial: one rate from an external pump, until its time is over. */
  continuousTrial = 6,
}

/** Most steps in a day of a flex schedule. */
export const MOST_STEPS = 13;

/** Most drugs in one reservoir. */
export const MOST_DRUGS = 4;

/** The largest `mostPer24h` that can be prescribed: the core remembers each grant of the last 24 h one by one. */
export const MOST_BOLUSES_PER_24H = 48;

/** What is ordered, in the core's integers. */
export interface Prescription {
  readonly program: ProgramKind;
  /** Place in the library of the drug that doses are said in. */
  readonly primaryDrug: number;
  /** Concentration of each drug of the library in the reservoir, in ng/µL; 0: not in it. MOST_LIBRARY_DRUGS numbers. */
  readonly concentrationNgPerUl: readonly number[];
  /** Steps of the day; 1 unless the program is `flex`. */
  readonly steps: number;
  /** Where each step begins, in ms from midnight, rising; the last goes on over midnight to the first. MOST_STEPS numbers, 0 when unused. */
  readonly stepStartMs: readonly number[];
  /** Basal rate of each step, in nL/day; 0 is allowed. MOST_STEPS numbers. */
  readonly stepNlPerDay: readonly number[];
  /** Volume of one scheduled bolus, in nL; 0: none. */
  readonly scheduledNl: number;
  /** Time over which it is delivered, in ms. */
  readonly scheduledMs: number;
  /** From the start of one to the start of the next, in ms of core time. */
  readonly scheduledEveryMs: number;
  /** How many are given before the program ends; 0: no end. */
  readonly scheduledCount: number;
  /** When the program ends, in ms after its first start; 0: never. */
  readonly endsAfterMs: number;
  /** Volume of one demand bolus, in nL; 0: none is prescribed. */
  readonly bolusNl: number;
  /** Time over which a demand bolus is delivered, in ms. */
  readonly bolusMs: number;
  /** Time from the end of the last granted bolus until the next can be granted, in ms. */
  readonly lockoutMs: number;
  /** Most demand boluses granted in any rolling 24 h; 1 to {@link MOST_BOLUSES_PER_24H}. */
  readonly mostPer24h: number;
  /** First instant of the day at which a demand bolus is allowed, in ms from midnight. */
  readonly hoursFromMs: number;
  /** First instant of the day at which it is not allowed any more; the same as `hoursFromMs`: all day. May lie before it: over midnight. */
  readonly hoursToMs: number;
  /** Rate that keeps the tube set moving while therapy is held, in nL/day; 0: none. */
  readonly minimumNlPerDay: number;
  /** Length of the dose limit's rolling window, in ms: a whole number of minutes. */
  readonly windowMs: number;
  /** Most volume in any such window, in nL. */
  readonly windowLimitNl: number;
  /** Dead volume of the catheter, in nL; 0: not known. */
  readonly catheterNl: number;
  /** Content at which *low reservoir* is raised, in nL. */
  readonly lowNl: number;
  /** Days from a refill until *refill due* is raised; 0: never. */
  readonly refillDays: number;
  /** 1: after a change of concentration the basal gives the dose with the old fluid until the dead volume has passed. */
  readonly bridge: number;
}

/** Where each number of a prescription stands when it crosses from host to board. From `amounts` on: doses, which ask for a second look. */
export enum PrescriptionField {
  program = 0,
  primaryDrug = 1,
  steps = 2,
  scheduledMs = 3,
  scheduledEveryMs = 4,
  scheduledCount = 5,
  endsAfterMs = 6,
  bolusMs = 7,
  lockoutMs = 8,
  hoursFromMs = 9,
  hoursToMs = 10,
  windowMs = 11,
  catheterNl = 12,
  lowNl = 13,
  refillDays = 14,
  bridge = 15,
  /** First of MOST_STEPS. */
  stepStartMs = 16,
  /** First of MOST_LIBRARY_DRUGS; the amounts begin here. */
  concentrationNgPerUl = 29,
  /** First of MOST_STEPS. */
  stepNlPerDay = 37,
  scheduledNl = 50,
  bolusNl = 51,
  mostPer24h = 52,
  minimumNlPerDay = 53,
  windowLimitNl = 54,
}

/** How many numbers a prescription is. */
export const PRESCRIPTION_FIELDS = 55;

/** The numbers that are amounts: a change by more than this factor, a first value or one that was 0 is confirmed on its own. */
export const LARGE_CHANGE = 3;

type SingleNumber = keyof Omit<Prescription, "concentrationNgPerUl" | "stepStartMs" | "stepNlPerDay">;

/** The single numbers in the order of PrescriptionField. Made when they are wanted, which is seldom: kept, they would take heap. */
function singleNames(): SingleNumber[] {
  return [
    "program",
    "primaryDrug",
    "steps",
    "scheduledMs",
    "scheduledEveryMs",
    "scheduledCount",
    "endsAfterMs",
    "bolusMs",
    "lockoutMs",
    "hoursFromMs",
    "hoursToMs",
    "windowMs",
    "catheterNl",
    "lowNl",
    "refillDays",
    "bridge",
    "scheduledNl",
    "bolusNl",
    "mostPer24h",
    "minimumNlPerDay",
    "windowLimitNl",
  ];
}

/** The numbers of a prescription, taken apart. The pump's own is kept, so that a new one is taken over without allocation. */
export class ActivePrescription implements Prescription {
  declare program: ProgramKind;
  declare primaryDrug: number;
  readonly concentrationNgPerUl = zeros(MOST_LIBRARY_DRUGS);
  declare steps: number;
  readonly stepStartMs = zeros(MOST_STEPS);
  readonly stepNlPerDay = zeros(MOST_STEPS);
  declare scheduledNl: number;
  declare scheduledMs: number;
  declare scheduledEveryMs: number;
  declare scheduledCount: number;
  declare endsAfterMs: number;
  declare bolusNl: number;
  declare bolusMs: number;
  declare lockoutMs: number;
  declare mostPer24h: number;
  declare hoursFromMs: number;
  declare hoursToMs: number;
  declare minimumNlPerDay: number;
  declare windowMs: number;
  declare windowLimitNl: number;
  declare catheterNl: number;
  declare lowNl: number;
  declare refillDays: number;
  declare bridge: number;

  constructor(
    /** All of it once more, as it came: PRESCRIPTION_FIELDS numbers in the order of {@link PrescriptionField}. They stay the caller's. */
    readonly fields: number[],
  ) {
    takeApart(this);
  }

  /** Takes over other numbers. */
  adopt(n: readonly number[]): void {
    copyInto(this.fields, n);
    takeApart(this);
  }
}

function takeApart(p: ActivePrescription): void {
  const n = p.fields;
  const names = singleNames();
  let at = 0;
  for (let i = 0; i < names.length; i++) {
    // The lists lie between the first ones and the last.
    if (at === PrescriptionField.stepStartMs) at = PrescriptionField.scheduledNl;
    p[names[i]] = n[at];
    at++;
  }
  for (let i = 0; i < MOST_STEPS; i++) {
    p.stepStartMs[i] = n[PrescriptionField.stepStartMs + i];
    p.stepNlPerDay[i] = n[PrescriptionField.stepNlPerDay + i];
    if (i < MOST_LIBRARY_DRUGS) p.concentrationNgPerUl[i] = n[PrescriptionField.concentrationNgPerUl + i];
  }
}

/** The numbers of a prescription in the order in which {@link ActivePrescription.adopt} reads them, into `fields`. For hosts. */
export function writePrescription(p: Prescription, fields: number[]): void {
  const names = singleNames();
  let at = 0;
  for (let i = 0; i < names.length; i++) {
    if (at === PrescriptionField.stepStartMs) at = PrescriptionField.scheduledNl;
    fields[at] = p[names[i]];
    at++;
  }
  for (let i = 0; i < MOST_STEPS; i++) {
    fields[PrescriptionField.stepStartMs + i] = p.stepStartMs[i];
    fields[PrescriptionField.stepNlPerDay + i] = p.stepNlPerDay[i];
  }
  for (let i = 0; i < MOST_LIBRARY_DRUGS; i++)
    fields[PrescriptionField.concentrationNgPerUl + i] = p.concentrationNgPerUl[i];
}

/** The numbers of a prescription in a list of their own. For hosts: it allocates. */
export function prescriptionNumbers(p: Prescription): number[] {
  const fields = zeros(PRESCRIPTION_FIELDS);
  writePrescription(p, fields);
  return fields;
}

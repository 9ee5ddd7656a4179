import { MOST_LIBRARY_DRUGS } from "../src/config";
import { MOST_STEPS } from "../src/prescription/prescription";
import type { Prescription } from "../src/prescription/prescription";
import { concentrationInUnit } from "./drug-library";
import type { DrugLibrary } from "./drug-library";
import { formatDuration } from "./duration";
import { PROGRAMS } from "./fault-messages";
import { formatRate } from "./rate";
import { formatTimeOfDay } from "./time-of-day";
import { formatVolume } from "./volume";
import { formatDays } from "./whole-days";

/** One value that a staged prescription changes: the core's numbers, and both as a clinician reads them. */
export interface PrescriptionChange {
  /** What it is: `basal of step 1`, `concentration of morphine`. */
  readonly field: string;
  /** Unit of the two numbers; empty for a count or a choice. */
  readonly unit: string;
  readonly active: number;
  readonly staged: number;
  readonly activeText: string;
  readonly stagedText: string;
}

/** A value of a prescription: its name, its unit, and how it reads. */
interface Row {
  readonly field: string;
  readonly unit: string;
  readonly value: number;
  readonly text: string;
}

/**
 * What `staged` changes beside `active`, side by side in the order of a prescription's text; empty when they are the same. `active` is
 * `undefined` when nothing has been prescribed yet: each value that is not 0 is then a change.
 */
export function prescriptionDifference(
  active: Prescription | undefined,
  staged: Prescription,
  drugs: DrugLibrary,
): PrescriptionChange[] {
  const before = new Map(active === undefined ? [] : rowsOf(active, drugs).map((row) => [row.field, row]));
  const after = new Map(rowsOf(staged, drugs).map((row) => [row.field, row]));
  const fields = [...after.keys(), ...[...before.keys()].filter((field) => !after.has(field))];
  return fields.flatMap((field) => {
    const from = before.get(field);
    const to = after.get(field);
    const changed = (from?.value ?? 0) !== (to?.value ?? 0) || from?.text !== to?.text;
    if (!changed || (active === undefined && to?.value === 0)) return [];
    return {
      field,
      unit: to?.unit ?? from?.unit ?? "",
      active: from?.value ?? 0,
      staged: to?.value ?? 0,
      activeText: from?.text ?? "none",
      stagedText: to?.text ?? "none",
    };
  });
}

/** All values of a prescription; those of a step or a drug only when there is one. */
function rowsOf(p: Prescription, drugs: DrugLibrary): Row[] {
  const volume = (field: string, value: number): Row => ({ field, unit: "nL", value, text: formatVolume(value) });
  const time = (field: string, value: number): Row => ({ field, unit: "ms", value, text: formatDuration(value) });
  const clock = (field: string, value: number): Row => ({ field, unit: "ms", value, text: formatTimeOfDay(value) });
  const rate = (field: string, value: number): Row => ({ field, unit: "nL/day", value, text: formatRate(value) });
  const count = (field: string, value: number, text = String(value)): Row => ({ field, unit: "", value, text });
  return [
    ...concentrationRows(p, drugs),
    count("primary drug", p.primaryDrug, drugs[p.primaryDrug]?.name),
    count("program", p.program, PROGRAMS[p.program]),
    ...Array.from({ length: Math.min(p.steps, MOST_STEPS) }, (_, step) => [
      clock(`begin of step ${step + 1}`, p.stepStartMs[step] ?? 0),
      rate(`basal of step ${step + 1}`, p.stepNlPerDay[step] ?? 0),
    ]).flat(),
    volume("scheduled bolus", p.scheduledNl),
    time("duration of the scheduled bolus", p.scheduledMs),
    time("interval of scheduled boluses", p.scheduledEveryMs),
    count("number of scheduled boluses", p.scheduledCount),
    time("end of the trial", p.endsAfterMs),
    volume("demand bolus", p.bolusNl),
    time("duration of the demand bolus", p.bolusMs),
    time("lockout", p.lockoutMs),
    count("most demand boluses in 24 h", p.mostPer24h),
    clock("hours of the demand bolus from", p.hoursFromMs),
    clock("hours of the demand bolus to", p.hoursToMs),
    rate("minimum rate", p.minimumNlPerDay),
    volume("dose limit", p.windowLimitNl),
    time("window of the dose limit", p.windowMs),
    volume("dead volume of the catheter", p.catheterNl),
    volume("low reservoir", p.lowNl),
    { field: "refill after", unit: "days", value: p.refillDays, text: formatDays(p.refillDays) },
    count("bridge", p.bridge, p.bridge === 0 ? "no" : "yes"),
  ];
}

function concentrationRows(p: Prescription, drugs: DrugLibrary): Row[] {
  const rows: Row[] = [];
  for (let place = 0; place < MOST_LIBRARY_DRUGS; place++) {
    const value = p.concentrationNgPerUl[place] ?? 0;
    const { name, unit } = drugs[place] ?? { name: `drug ${place + 1}`, unit: "mg" };
    if (value !== 0)
      rows.push({ field: `concentration of ${name}`, unit: "ng/µL", value, text: concentrationInUnit(value, unit) });
  }
  return rows;
}

import { ActivePrescription, PRESCRIPTION_FIELDS, ProgramKind } from "../../src/prescription/prescription";
import type { Prescription } from "../../src/prescription/prescription";
import { prescriptionDifference } from "../../config/prescription-difference";
import { formatTimeOfDay } from "../../config/quantities";
import type { PrescribedPump } from "../../config/prescribed-pump";
import { PRESCRIPTION_WORDS } from "../log/row-words";
import type { PrescriptionReport, PumpReport } from "./report";
import type { Rows } from "./rows";

/** The prescription in force, the staged one, and where they differ. */
export function prescriptionPart(rows: Rows, pump: PrescribedPump): PumpReport["prescription"] {
  const row = rows.one("prescription");
  const confirmedMs = row.numberUnless(-1, "confirmedMs");
  const isInForce = confirmedMs !== null;
  const isStaged = row.isSet("staged");
  const inForce = isInForce ? prescriptionOf(rows, "inForce") : undefined;
  const staged = isStaged ? prescriptionOf(rows, "asStaged") : undefined;
  return {
    isInForce,
    digest: isInForce ? digestText(row.number("digest")) : null,
    confirmedMs,
    confirmed: rows.wall(confirmedMs),
    inForce: inForce === undefined ? null : prescriptionReport(inForce, pump),
    isStaged,
    stagedDigest: isStaged ? digestText(row.number("stagedDigest")) : null,
    staged: staged === undefined ? null : prescriptionReport(staged, pump),
    difference: staged === undefined ? [] : prescriptionDifference(inForce, staged, pump.drugs),
  };
}

function digestText(digest: number): string {
  return digest.toString(16).padStart(8, "0");
}

function prescriptionOf(rows: Rows, key: "inForce" | "asStaged"): Prescription {
  const numbers = new Array<number>(PRESCRIPTION_FIELDS).fill(0);
  const places = new Map(Object.entries(PRESCRIPTION_WORDS).map(([place, word]) => [word, Number(place)]));
  for (const row of rows.all("field")) numbers[places.get(row.word("field")) ?? 0] = row.number(key);
  return new ActivePrescription(numbers);
}

function prescriptionReport(p: Prescription, { drugs }: PrescribedPump): PrescriptionReport {
  const name = (place: number): string => drugs[place]?.name ?? `drug ${place + 1}`;
  const primaryNgPerUl = p.concentrationNgPerUl[p.primaryDrug] ?? 0;
  return {
    program: ProgramKind[p.program] ?? String(p.program),
    primaryDrug: name(p.primaryDrug),
    drugs: p.concentrationNgPerUl.flatMap((ngPerUl, place) =>
      ngPerUl === 0 ? [] : [{ drug: name(place), concentrationNgPerUl: ngPerUl }],
    ),
    steps: p.stepNlPerDay.slice(0, p.steps).map((rateNlPerDay, step) => ({
      from: formatTimeOfDay(p.stepStartMs[step] ?? 0),
      rateNlPerDay,
      doseNgPerDay: massNg(rateNlPerDay, primaryNgPerUl),
    })),
    scheduled:
      p.scheduledNl === 0
        ? null
        : {
            volumeNl: p.scheduledNl,
            durationMs: p.scheduledMs,
            everyMs: p.scheduledEveryMs,
            count: orNull(p.scheduledCount),
          },
    endsAfterMs: orNull(p.endsAfterMs),
    demandBolus: demandBolus(p),
    minimumNlPerDay: p.minimumNlPerDay,
    limit: { volumeNl: p.windowLimitNl, perMs: p.windowMs },
    catheterNl: orNull(p.catheterNl),
    lowNl: p.lowNl,
    refillDays: orNull(p.refillDays),
    isBridged: p.bridge === 1,
  };
}

function demandBolus(p: Prescription): PrescriptionReport["demandBolus"] {
  if (p.bolusNl === 0) return null;
  const allDay = p.hoursFromMs === p.hoursToMs;
  return {
    volumeNl: p.bolusNl,
    durationMs: p.bolusMs,
    lockoutMs: p.lockoutMs,
    mostPer24h: p.mostPer24h,
    from: allDay ? null : formatTimeOfDay(p.hoursFromMs),
    to: allDay ? null : formatTimeOfDay(p.hoursToMs),
  };
}

function orNull(value: number): number | null {
  return value === 0 ? null : value;
}

/** Mass in ng, rounded down, of a volume in nL at a concentration in ng/µL. */
function massNg(volumeNl: number, ngPerUl: number): number {
  return Number((BigInt(volumeNl) * BigInt(ngPerUl)) / 1000n);
}

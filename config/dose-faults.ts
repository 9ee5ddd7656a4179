import { ProgramKind } from "../src/prescription/prescription";
import { Severity } from "../src/prescription/problem";
import { highestNlPerDay } from "../src/prescription/scheduled-volume";
import type { KeyPath } from "./document";
import { concentrationInUnit, massInUnit } from "./drug-library";
import type { ToldFault } from "./told-fault";

/** Where a drug's concentration stands. */
export function concentrationKey({ keys, at }: ToldFault): KeyPath {
  return [...keys.drug(at), "concentration"];
}

/** A concentration outside the library's range, and the range. */
export function concentrationMessage({ given, at, config, drug }: ToldFault, side: string): string {
  const range = config.library[at];
  const inUnit = (ngPerUl: number): string => concentrationInUnit(ngPerUl, drug.unit);
  const allowed = `${inUnit(range?.minNgPerUl ?? 0)} to ${inUnit(range?.maxNgPerUl ?? 0)}`;
  return `${inUnit(given)} is ${side} what the library has for ${drug.name}: ${allowed}`;
}

/** Where the highest rate stands. */
export function rateKey({ keys, p }: ToldFault): KeyPath {
  if (p.minimumNlPerDay > highestNlPerDay(p)) return ["minimumRate"];
  return keys.basal(Math.max(0, p.stepNlPerDay.indexOf(highestNlPerDay(p))));
}

/** Where the larger of demand and scheduled bolus stands. */
export function largestBolusKey({ keys, p }: ToldFault): KeyPath {
  return p.scheduledNl > p.bolusNl ? keys.scheduled : keys.bolus;
}

/** Where what is scheduled stands. */
export function scheduledKey({ keys, p }: ToldFault): KeyPath {
  return p.scheduledNl === 0 ? (p.program === ProgramKind.flex ? keys.program : keys.basal(0)) : keys.scheduled;
}

/** A dose above a limit of the library, and the limit; `span` says in what. */
export function doseMessage({ given, limit, drug, severity }: ToldFault, span: string): string {
  const kind = severity === Severity.soft ? "soft" : "hard";
  const mass = (ng: number): string => massInUnit(ng, drug.unit);
  return `${mass(given)} of ${drug.name} in ${span} is above the library's ${kind} limit of ${mass(limit)}`;
}

import { decimalText } from "./exact-decimal";

/** Units in which a library gives a drug. A dose in the other one is never converted: the two are what is mixed up. */
export const DRUG_UNITS = ["mg", "mcg"] as const;

/** One of {@link DRUG_UNITS}. */
export type DrugUnit = (typeof DRUG_UNITS)[number];

/** What a person needs to know of a drug in the library; its limits are the core's. */
export interface LibraryDrug {
  readonly name: string;
  readonly unit: DrugUnit;
}

/** The drugs of a pump, in the order of `PumpConfig.library`. */
export type DrugLibrary = readonly LibraryDrug[];

/** An amount of a drug as it was written: in ng, ng/day or ng/µL by its key, and the unit of mass in the text. */
export interface DrugAmount {
  readonly value: number;
  /** `mg`, `mcg`, `ug`, `ng`, `g`. */
  readonly massUnit: string;
  /** The text itself, blanks cut off. */
  readonly text: string;
}

/** Place in the library of the drug with this name, whatever the case of its letters; -1: it is not there. */
export function placeInLibrary(drugs: DrugLibrary, name: string): number {
  return drugs.findIndex((drug) => drug.name.toLowerCase() === name.toLowerCase());
}

const DECIMALS: Readonly<Record<DrugUnit, number>> = { mg: 6, mcg: 3 };

/** A mass in a drug's own unit, exactly: `0.5 mg`. @param ng whole ng from 0 */
export function massInUnit(ng: number | bigint, unit: DrugUnit): string {
  return `${decimalText(ng, DECIMALS[unit])} ${unit}`;
}

/** A concentration in a drug's own unit, exactly: `10 mg/mL`. @param ngPerUl whole ng/µL from 0 */
export function concentrationInUnit(ngPerUl: number, unit: DrugUnit): string {
  return `${decimalText(ngPerUl, DECIMALS[unit] - 3)} ${unit}/mL`;
}

/**
 * What is wrong with the unit in which an amount of a drug is written; `undefined` when it is the library's. `inUnit` is the amount in the
 * unit of the library.
 */
export function wrongUnit(drug: LibraryDrug, amount: DrugAmount, inUnit: string): string | undefined {
  const written = amount.massUnit === "ug" ? "mcg" : amount.massUnit;
  if (written === drug.unit) return undefined;
  return `${amount.text} is in ${written}, but the library gives ${drug.name} in ${drug.unit}; ${amount.text} would be ${inUnit}`;
}

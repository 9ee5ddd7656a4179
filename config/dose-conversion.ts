import { concentrationInUnit, massInUnit, wrongUnit } from "./drug-library";
import type { DrugAmount, LibraryDrug } from "./drug-library";
import { greatestCommonDivisor } from "../src/units";

/** A drug in a fluid: what a dose is turned into a volume with. */
export interface DissolvedDrug {
  readonly drug: LibraryDrug;
  /** 1 or more. */
  readonly ngPerUl: number;
}

/** What a dose is as a volume, or why it is none. */
export type Converted = { readonly value: number } | { readonly refused: string };

/**
 * The volume of a dose, exactly: nL of a mass in ng, or nL/day of ng/day (`per` is then `/day`). Refused when the unit is not the library's,
 * and when no whole number of nL holds the dose; then with the nearest doses that one does.
 */
export function volumeOfDose(dose: DrugAmount, { drug, ngPerUl }: DissolvedDrug, per: "" | "/day"): Converted {
  const inUnit = (ng: number | bigint): string => `${massInUnit(ng, drug.unit)}${per}`;
  const wrong = wrongUnit(drug, dose, inUnit(dose.value));
  if (wrong !== undefined) return { refused: wrong };
  const picograms = BigInt(dose.value) * 1000n;
  const concentration = BigInt(ngPerUl);
  const nl = picograms / concentration;
  if (nl > BigInt(Number.MAX_SAFE_INTEGER)) return { refused: `${dose.text} is too large` };
  if (nl * concentration === picograms) return { value: Number(nl) };
  // Doses are whole ng, so only every `step`-th nL holds one.
  const step = 1000n / BigInt(greatestCommonDivisor(1000, ngPerUl));
  const below = (nl / step) * step;
  const near = [below, below + step].filter((volume) => volume > 0n);
  const doses = near.map((volume) => inUnit((volume * concentration) / 1000n));
  const are = doses.length === 1 ? "the smallest exact dose is" : "the nearest exact doses are";
  return {
    refused:
      `${dose.text} of ${drug.name} at ${concentrationInUnit(ngPerUl, drug.unit)} is not a whole number of nL${per}; ` +
      `${are} ${doses.join(" and ")}`,
  };
}

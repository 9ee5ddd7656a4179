import { MOST_DRUG_NG, MOST_NG_PER_UL } from "../src/config";
import type { KeyPath } from "./document";
import { concentrationInUnit, massInUnit, placeInLibrary, wrongUnit } from "./drug-library";
import type { DrugAmount } from "./drug-library";
import type { LibraryDrugFile } from "./drug-schema";
import type { PumpFile } from "./pump-file";
import type { PumpProblem } from "./pump-problem";

/** The first thing wrong with the drug library, or `undefined`. */
export function drugProblem({ drugs }: PumpFile): PumpProblem | undefined {
  for (const [at, drug] of drugs.entries()) {
    if (placeInLibrary(drugs, drug.name) < at)
      return { keys: [["drugs", at, "name"]], message: `${drug.name} is in the library twice` };
    const problem = amountsProblem(drug, ["drugs", at]);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** A pair of amounts of a drug, of which the first must not be above the second, and the second not above `most`. */
interface AmountPair {
  readonly key: string;
  readonly words: readonly [string, string];
  readonly amounts: readonly [DrugAmount, DrugAmount];
  readonly most: number;
  readonly format: (value: number) => string;
}

function amountsProblem(drug: LibraryDrugFile, path: KeyPath): PumpProblem | undefined {
  const { concentration, perDay, bolus, perHour } = drug.written;
  const mass = (ng: number): string => massInUnit(ng, drug.unit);
  const limits = { words: ["soft", "hard"] as const, most: MOST_DRUG_NG, format: mass };
  const pairs: AmountPair[] = [
    {
      key: "concentration",
      words: ["from", "to"],
      amounts: [concentration.from, concentration.to],
      most: MOST_NG_PER_UL,
      format: (ngPerUl) => concentrationInUnit(ngPerUl, drug.unit),
    },
    { ...limits, key: "perDay", amounts: [perDay.soft, perDay.hard] },
    { ...limits, key: "bolus", amounts: [bolus.soft, bolus.hard] },
    { ...limits, key: "perHour", amounts: [perHour.soft, perHour.hard] },
  ];
  for (const pair of pairs) {
    const problem = pairProblem(drug, pair, path);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function pairProblem(drug: LibraryDrugFile, pair: AmountPair, path: KeyPath): PumpProblem | undefined {
  const [least, most] = pair.amounts;
  const [leastKey, mostKey] = pair.words.map((word): KeyPath => [...path, pair.key, word]);
  if (leastKey === undefined || mostKey === undefined) return undefined;
  for (const [key, amount] of [
    [leastKey, least],
    [mostKey, most],
  ] as const) {
    const message = wrongUnit(drug, amount, pair.format(amount.value));
    if (message !== undefined) return { keys: [key], message };
  }
  if (most.value > pair.most)
    return { keys: [mostKey], message: `${most.text} is too large; the most is ${pair.format(pair.most)}` };
  if (least.value > most.value)
    return {
      keys: [leastKey, mostKey],
      message: `${least.text} must not be above ${pair.key}.${pair.words[1]}, ${most.text}`,
    };
  return undefined;
}

import type { KeyPath } from "../../config/document";
import { concentrationInUnit, placeInLibrary, wrongUnit } from "../../config/drug-library";
import type { DrugAmount, DrugLibrary } from "../../config/drug-library";
import { didYouMean } from "../../config/nearest-word";
import { checkSchema } from "../../config/schema-check";
import { wordList } from "../../config/schema-words";
import { EXPECT_SCHEMAS } from "./expect-schema";
import type { Expected, Tolerance } from "./expectation";
import { readMoment } from "./read-moment";
import type { TimeFrame } from "./read-moment";

/** The drugs that an expectation can speak of. */
export interface KnownDrugs {
  readonly library: DrugLibrary;
  /** Place of the prescription's first drug in the library. */
  readonly primary: number;
}

/** Words of `expect` that are about the plant. */
export const PLANT_WORDS = ["outlet", "pressure", "tip", "charge"] as const;

/** One of {@link PLANT_WORDS}. */
export type PlantWord = (typeof PLANT_WORDS)[number];

const ONE_STROKE: Tolerance = { strokes: 1 };

/** Reads an entry of `expect` that is about the plant. Throws `BadInput` for one that cannot be judged. */
export function readPlantExpected(frame: TimeFrame, path: KeyPath, about: PlantWord, drugs: KnownDrugs): Expected {
  const { document } = frame;
  const instant = (text: string) => readMoment(frame, [...path, "at"], text);
  switch (about) {
    case "outlet": {
      const { at, outlet, within } = checkSchema(document, EXPECT_SCHEMAS.outlet, path);
      return { about, at: instant(at), volumeNl: outlet, within: within ?? ONE_STROKE };
    }
    case "pressure": {
      const { at, pressure, within } = checkSchema(document, EXPECT_SCHEMAS.pressure, path);
      return { about, at: instant(at), kpa: pressure, withinKpa: within };
    }
    case "tip": {
      const { at, tip, drug: name, within } = checkSchema(document, EXPECT_SCHEMAS.tip, path);
      const drug = name === undefined ? drugs.primary : drugNamed(frame, path, name, drugs.library);
      refuseOtherUnit(frame, [...path, "tip"], drugs.library, drug, tip);
      refuseOtherUnit(frame, [...path, "within"], drugs.library, drug, within);
      return { about, at: instant(at), drug, ngPerUl: tip.value, withinNgPerUl: within.value };
    }
    case "charge": {
      const { at, charge, within } = checkSchema(document, EXPECT_SCHEMAS.charge, path);
      return { about, at: instant(at), percent: charge, withinPercent: within };
    }
  }
}

function drugNamed({ document }: TimeFrame, path: KeyPath, name: string, library: DrugLibrary): number {
  const place = placeInLibrary(library, name);
  if (place >= 0) return place;
  const names = library.map((drug) => drug.name);
  throw document.refuse(
    [...path, "drug"],
    `the library has no ${name}${didYouMean(name, names)} (it has ${wordList(names)})`,
  );
}

function refuseOtherUnit(
  { document }: TimeFrame,
  path: KeyPath,
  library: DrugLibrary,
  place: number,
  amount: DrugAmount,
): void {
  const drug = library[place];
  if (drug === undefined) throw document.refuse(path, "the prescription has no first drug; say which: drug: morphine");
  const wrong = wrongUnit(drug, amount, concentrationInUnit(amount.value, drug.unit));
  if (wrong !== undefined) throw document.refuse(path, wrong);
}

import { MOST_LIBRARY_DRUGS } from "../src/config";
import { MOST_STEPS, ProgramKind } from "../src/prescription/prescription";
import type { Prescription } from "../src/prescription/prescription";
import { MAX_WINDOW_MS, prescribableWindowNl } from "../src/prescription/validate";
import type { KeyPath } from "./document";
import { volumeOfDose } from "./dose-conversion";
import type { DissolvedDrug } from "./dose-conversion";
import { concentrationInUnit, placeInLibrary, wrongUnit } from "./drug-library";
import type { DrugAmount, DrugLibrary } from "./drug-library";
import { didYouMean } from "./nearest-word";
import type { PrescribedPump } from "./prescribed-pump";
import type { VolumeOrDose } from "./prescription-fields";
import type { DrugsText, PrescriptionText } from "./prescription-text";
import { keysOf } from "./prescription-text-keys";
import type { RateOrDose } from "./quantity-fields";
import { wordList } from "./schema-words";

/** Something wrong in a prescription's text: the key to blame, seen from the prescription, and what is wrong with it. */
export interface TextProblem {
  readonly key: KeyPath;
  readonly message: string;
}

/** Told of each problem. */
export type Complain = (key: KeyPath, message: string) => void;

/** Concentration of each drug of the library in a fluid, in ng/µL: MOST_LIBRARY_DRUGS numbers. Complains of names and units, with keys from `above`. */
export function mixture(drugs: DrugsText, library: DrugLibrary, above: KeyPath, complain: Complain): number[] {
  const ngPerUl = new Array<number>(MOST_LIBRARY_DRUGS).fill(0);
  for (const [at, { name, concentration }] of drugs.entries()) {
    const place = drugPlace(name, library, [...above, at, "name"], complain);
    const drug = library[place];
    if (drug === undefined) continue;
    const wrong = wrongUnit(drug, concentration, concentrationInUnit(concentration.value, drug.unit));
    if (wrong !== undefined) complain([...above, at, "concentration"], wrong);
    ngPerUl[place] = concentration.value;
  }
  return ngPerUl;
}

function drugPlace(name: string, library: DrugLibrary, key: KeyPath, complain: Complain): number {
  const place = placeInLibrary(library, name);
  if (place >= 0) return place;
  const names = library.map((drug) => drug.name);
  const known = names.length === 0 ? "it is empty; list drugs in the pump's file" : `it has ${wordList(names)}`;
  complain(key, `${name} is not in the pump's drug library${didYouMean(name, names)} (${known})`);
  return -1;
}

/** What a prescription's text means for a pump; nothing is judged but what has no meaning at all. */
export class PrescriptionResolver {
  readonly problems: TextProblem[] = [];
  private readonly keys;
  private readonly concentrations: readonly number[];
  private readonly primaryPlace: number;

  constructor(
    private readonly text: PrescriptionText,
    private readonly pump: PrescribedPump,
  ) {
    const complain: Complain = (key, message) => this.complain(key, message);
    this.keys = keysOf(text);
    this.concentrations = mixture(text.drugs, pump.drugs, ["drugs"], complain);
    const first = text.drugs[0]?.name ?? "";
    this.primaryPlace =
      text.primary === undefined
        ? placeInLibrary(pump.drugs, first)
        : drugPlace(text.primary, pump.drugs, ["primary"], complain);
    if (text.primary !== undefined && this.primaryPlace >= 0 && this.concentrations[this.primaryPlace] === 0)
      this.complain(["primary"], `${text.primary} is not one of the prescription's drugs`);
  }

  /** The core's prescription; only of use when there are no `problems`. */
  prescription(): Prescription {
    const { text } = this;
    const windowMs = text.limit?.perMs ?? this.pump.config.windowMs;
    return {
      ...this.program(),
      primaryDrug: Math.max(0, this.primaryPlace),
      concentrationNgPerUl: this.concentrations,
      bolusNl: text.demandBolus === undefined ? 0 : this.volumeNl(text.demandBolus.bolus, this.keys.bolus),
      bolusMs: text.demandBolus?.overMs ?? 0,
      lockoutMs: text.demandBolus?.lockoutMs ?? 0,
      mostPer24h: text.demandBolus?.mostPer24h ?? 0,
      hoursFromMs: text.demandBolus?.hours?.fromMs ?? 0,
      hoursToMs: text.demandBolus?.hours?.toMs ?? 0,
      minimumNlPerDay: text.minimumNlPerDay,
      windowMs,
      windowLimitNl: text.limit?.volumeNl ?? prescribableWindowNl(this.pump.config, windowMs),
      catheterNl: text.catheterNl,
      lowNl: text.lowNl ?? this.pump.config.lowNl,
      refillDays: text.refillDays,
      bridge: text.bridge ? 1 : 0,
    };
  }

  private program(): Pick<
    Prescription,
    | "program"
    | "steps"
    | "stepStartMs"
    | "stepNlPerDay"
    | "scheduledNl"
    | "scheduledMs"
    | "scheduledEveryMs"
    | "scheduledCount"
    | "endsAfterMs"
  > {
    const { basal, flex, periodic, singleShot, severalShots, continuousTrial } = this.text;
    const none: RateOrDose = { nlPerDay: 0 };
    const steps = flex ?? [{ fromMs: 0, rate: continuousTrial?.rate ?? basal ?? none }];
    const shots = periodic ?? severalShots ?? singleShot;
    let program = ProgramKind.continuous;
    if (flex) program = ProgramKind.flex;
    if (periodic) program = ProgramKind.periodic;
    if (singleShot) program = ProgramKind.singleShot;
    if (severalShots) program = ProgramKind.severalShots;
    if (continuousTrial) program = ProgramKind.continuousTrial;
    return {
      program,
      steps: steps.length,
      stepStartMs: filled(steps.map(({ fromMs }) => fromMs)),
      stepNlPerDay: filled(steps.map(({ rate }, at) => this.nlPerDay(rate, this.keys.basal(at)))),
      scheduledNl: shots === undefined ? 0 : this.volumeNl(shots.bolus, this.keys.scheduled),
      scheduledMs: shots?.overMs ?? 0,
      // A single shot comes once in whatever span is looked at.
      scheduledEveryMs: periodic?.everyMs ?? severalShots?.everyMs ?? (singleShot ? MAX_WINDOW_MS : 0),
      scheduledCount: severalShots?.count ?? (singleShot ? 1 : 0),
      endsAfterMs: continuousTrial?.forMs ?? 0,
    };
  }

  private nlPerDay(rate: RateOrDose, key: KeyPath): number {
    return "dose" in rate ? this.ofDose(rate.dose, "/day", key) : rate.nlPerDay;
  }

  private volumeNl(bolus: VolumeOrDose, key: KeyPath): number {
    return "dose" in bolus ? this.ofDose(bolus.dose, "", key) : bolus.volumeNl;
  }

  private ofDose(dose: DrugAmount, per: "" | "/day", key: KeyPath): number {
    const drug = this.pump.drugs[this.primaryPlace];
    const ngPerUl = this.concentrations[this.primaryPlace] ?? 0;
    // Without a known drug in the fluid there is a complaint already.
    if (drug === undefined || ngPerUl === 0) return 0;
    const primary: DissolvedDrug = { drug, ngPerUl };
    const converted = volumeOfDose(dose, primary, per);
    if ("value" in converted) return converted.value;
    this.complain(key, converted.refused);
    return 0;
  }

  private complain(key: KeyPath, message: string): void {
    this.problems.push({ key, message });
  }
}

function filled(values: readonly number[]): number[] {
  return Array.from({ length: MOST_STEPS }, (_, at) => values[at] ?? 0);
}

import { concentrationInUnit } from "../../config/drug-library";
import { QuantityError } from "../../config/exact-decimal";
import { parseConcentrationNgPerUl } from "../../config/concentration";
import { inOneLine } from "../../config/bad-input";
import type { PrescribedPump } from "../../config/prescribed-pump";
import { shown, unitAsWritten } from "../../config/quantity";
import { formatVolume, parseVolumeNl } from "../../config/quantities";
import { mixture } from "../../config/resolve-prescription";
import { dayText } from "../../sim/scenario/wall-clock";
import { MOST_DRUGS } from "../../src/prescription/prescription";
import type { OrderOptions } from "./pump-options";
import { REFILL_STEPS } from "./refill-steps";
import type { RefillStep } from "./refill-steps";
import type { Words } from "./ask-again";

/** The options of `minim pump refill`: what is not given is asked. */
export interface RefillOptions extends OrderOptions {
  /** What the reservoir held when it was emptied, in nL. */
  readonly residual?: number;
  /** A residual that differs by more than it may is known, and meant. */
  readonly acknowledgeDifference?: true;
  /** What it holds now, in nL. */
  readonly volume?: number;
  /** As written: `morphine=10 mg/mL`. */
  readonly drug?: readonly string[];
  /** Days since 2000-01-01. */
  readonly expires?: number;
  /** The drug has no date. */
  readonly expiry?: false;
  /** Goes on with this step; the ones before it were answered. */
  readonly from?: RefillStep;
  readonly otherBuild?: true;
}

/** What is known of a refill so far; `undefined`: to be asked. */
export interface RefillPlan {
  residualNl: number | undefined;
  acknowledges: boolean;
  volumeNl: number | undefined;
  drugs: readonly string[];
  /** ng/µL of each drug of the library. */
  ngPerUl: readonly number[] | undefined;
  /** Days since 2000-01-01; 0: the drug has none. */
  expiryDay: number | undefined;
}

/** What the options say. Throws `QuantityError` for a drug or a volume that this pump cannot hold. */
export function planOf(options: RefillOptions, pump: PrescribedPump): RefillPlan {
  const { residual, acknowledgeDifference, volume, drug = [], expires, expiry } = options;
  if (expires !== undefined && expiry === false)
    throw new QuantityError("--expires and --no-expiry: the drug has a date, or it has none");
  for (const nl of [residual, volume]) if (nl !== undefined) requireFits(nl, pump);
  return {
    residualNl: residual,
    acknowledges: acknowledgeDifference === true,
    volumeNl: volume,
    drugs: drug,
    ngPerUl: drug.length === 0 ? undefined : mixtureOfDrugs(drug, pump),
    expiryDay: expiry === false ? 0 : expires,
  };
}

/** The drugs for people: `morphine 10 mg/mL`. */
export function drugsText({ drugs }: RefillPlan): string {
  return drugs.map((drug) => drug.replace("=", " ")).join(", ");
}

/** The options that are still missing from step `from` on, for whoever is not asked. */
export function missingOptions({ residualNl, volumeNl, ngPerUl, expiryDay }: RefillPlan, from: RefillStep): string[] {
  const isMeasured = REFILL_STEPS.indexOf(from) > REFILL_STEPS.indexOf("residual");
  return [
    residualNl === undefined && !isMeasured ? "--residual VOLUME" : [],
    volumeNl === undefined ? "--volume VOLUME" : [],
    ngPerUl === undefined ? '--drug "NAME=CONCENTRATION"' : [],
    expiryDay === undefined ? "--expires DATE or --no-expiry" : [],
  ].flat();
}

/** The words of the command that goes on with `step`. */
export function refillWords(plan: RefillPlan, step: RefillStep): Words {
  const { residualNl, acknowledges, volumeNl, drugs, expiryDay } = plan;
  return [
    "refill",
    ...(step === "stop" ? [] : ["--from", step]),
    ...(residualNl === undefined || step === "fill" || step === "acknowledge"
      ? []
      : ["--residual", formatVolume(residualNl)]),
    ...(acknowledges && step !== "fill" ? ["--acknowledge-difference"] : []),
    ...(volumeNl === undefined ? [] : ["--volume", formatVolume(volumeNl)]),
    ...drugs.flatMap((drug) => ["--drug", drug]),
    ...(expiryDay === undefined ? [] : expiryDay === 0 ? ["--no-expiry"] : ["--expires", dayText(expiryDay)]),
  ];
}

/** A volume that a reservoir can hold. Throws `QuantityError`. */
export function readContentNl(text: string, pump: PrescribedPump): number {
  const nl = parseVolumeNl(text);
  requireFits(nl, pump);
  return nl;
}

function requireFits(nl: number, { config }: PrescribedPump): void {
  if (nl > config.capacityNl)
    throw new QuantityError(`${formatVolume(nl)} is more than the reservoir holds, ${formatVolume(config.capacityNl)}`);
}

/** `morphine=10 mg/mL` and others as ng/µL of each drug of the pump's library. Throws `QuantityError`. */
export function mixtureOfDrugs(written: readonly string[], pump: PrescribedPump): number[] {
  if (written.length > MOST_DRUGS)
    throw new QuantityError(`${written.length} drugs are too many; the most is ${MOST_DRUGS}`);
  const drugs = written.map((text) => {
    const [name = "", concentration] = text.split("=", 2);
    if (concentration === undefined || name.trim() === "")
      throw new QuantityError(`${shown(text)}: a drug is written with its concentration, as "morphine=10 mg/mL"`);
    const [massUnit = ""] = unitAsWritten(concentration).split("/");
    const amount = { value: parseConcentrationNgPerUl(concentration), massUnit, text: concentration.trim() };
    return { name: name.trim(), concentration: amount };
  });
  const names = drugs.map(({ name }) => name.toLowerCase());
  const double = names.find((name, at) => names.indexOf(name) !== at);
  if (double !== undefined) throw new QuantityError(`${inOneLine(double, 60)} is given twice`);
  const ngPerUl = mixture(drugs, pump.drugs, [], (_, message) => {
    throw new QuantityError(message);
  });
  for (const [place, given] of ngPerUl.entries()) requireInRange(place, given, pump);
  return ngPerUl;
}

function requireInRange(place: number, ngPerUl: number, { config, drugs }: PrescribedPump): void {
  const drug = drugs[place];
  const limits = config.library[place];
  if (ngPerUl === 0 || drug === undefined || limits === undefined) return;
  if (ngPerUl >= limits.minNgPerUl && ngPerUl <= limits.maxNgPerUl) return;
  const text = (value: number): string => concentrationInUnit(value, drug.unit);
  throw new QuantityError(
    `${drug.name} at ${text(ngPerUl)} is outside the library's ${text(limits.minNgPerUl)} to ${text(limits.maxNgPerUl)}`,
  );
}

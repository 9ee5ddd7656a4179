import type { DrugAmount } from "./drug-library";
import { doseRateField, massField, rateField, volumeField } from "./quantity-fields";
import type { RateOrDose } from "./quantity-fields";

/** A volume that is written as such, in nL, or as a dose of a drug, in ng. */
export type VolumeOrDose = { readonly volumeNl: number } | { readonly dose: DrugAmount };

/** The keys `volume` and `dose` of a bolus, of which one is given. */
export const BOLUS_KEYS = {
  volume: volumeField({ description: "Volume of one bolus.", example: "30 uL" }).optional(),
  dose: massField({ description: "Or its dose of the primary drug.", example: "0.3 mg" }).optional(),
};

/** The keys `rate` and `dose` of a basal rate, of which one is given. */
export const RATE_KEYS = {
  rate: rateField({ description: "Basal rate.", example: "0.5 mL/day", zero: "zeroAllowed" }).optional(),
  dose: doseRateField({
    description: "Or its dose of the primary drug.",
    example: "5 mg/day",
    zero: "zeroAllowed",
  }).optional(),
};

interface Refusing {
  addIssue(issue: { code: "custom"; path: string[]; message: string }): void;
}

/** What `volume` or `dose` say; refuses both, and neither. */
export function volumeOrDose(
  text: { readonly volume?: number | undefined; readonly dose?: DrugAmount | undefined },
  context: Refusing,
): VolumeOrDose {
  refuseUnlessOne("volume", text.volume, text.dose, "volume: 30 uL", context);
  return text.dose === undefined ? { volumeNl: text.volume ?? 0 } : { dose: text.dose };
}

/** What `rate` or `dose` say; refuses both, and neither. */
export function rateOrDose(
  text: { readonly rate?: number | undefined; readonly dose?: DrugAmount | undefined },
  context: Refusing,
): RateOrDose {
  refuseUnlessOne("rate", text.rate, text.dose, "rate: 0.5 mL/day", context);
  return text.dose === undefined ? { nlPerDay: text.rate ?? 0 } : { dose: text.dose };
}

function refuseUnlessOne(key: string, value: unknown, dose: unknown, example: string, context: Refusing): void {
  if (value === undefined && dose === undefined)
    context.addIssue({ code: "custom", path: [key], message: `give ${key} or dose, for example ${example}` });
  if (value !== undefined && dose !== undefined)
    context.addIssue({ code: "custom", path: ["dose"], message: `give ${key} or dose, not both` });
}

/** Hours of the day in which the patient's button works, in ms from midnight. */
export interface Hours {
  readonly fromMs: number;
  readonly toMs: number;
}

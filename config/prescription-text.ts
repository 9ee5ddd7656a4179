import { z } from "zod";
import { MOST_BOLUSES_PER_24H } from "../src/prescription/prescription";
import { concentrationField, durationField, rateField, volumeField } from "./quantity-fields";
import { textField } from "./text-field";

const drug = z
  .strictObject({
    name: textField({ description: "The drug's name.", example: "morphine", most: 60 }),
    concentration: concentrationField({ description: "Drug in the reservoir's fluid.", example: "10 mg/mL" }),
  })
  .transform((text) => ({ name: text.name, concentrationNgPerUl: text.concentration }));

const demandBolus = z
  .strictObject({
    volume: volumeField({ description: "Volume of one demand bolus.", example: "30 uL" }),
    over: durationField({ description: "Time over which it is delivered.", example: "10 min" }),
    lockout: durationField({
      description: "Time from the end of the last granted bolus until the next can be granted.",
      example: "2 h",
    }),
    mostPer24h: z
      .int()
      .min(1)
      .max(MOST_BOLUSES_PER_24H)
      .meta({ description: "Most boluses granted in any rolling 24 h.", examples: [4] }),
  })
  .meta({ description: "What the patient's button asks for; leave it out when there is none." })
  .transform((text) => ({
    volumeNl: text.volume,
    overMs: text.over,
    lockoutMs: text.lockout,
    mostPer24h: text.mostPer24h,
  }));

const limit = z
  .strictObject({
    volume: volumeField({ description: "Most volume in any rolling window of the length `per`.", example: "1.5 mL" }),
    per: durationField({
      description: "Length of that window: whole minutes, from 1 h to 7 days.",
      example: "24 h",
    }),
  })
  .meta({ description: "The dose limit; when it is left out, the pump's hard limit less its margin holds." })
  .transform((text) => ({ volumeNl: text.volume, perMs: text.per }));

/** A prescription as written in a scenario: text in, whole numbers out. */
export const prescriptionSchema = z
  .strictObject({
    drugs: z
      .array(drug)
      .min(1)
      .max(4)
      .superRefine((drugs, context) => {
        drugs.forEach(({ name }, at) => {
          if (drugs.findIndex((other) => other.name.toLowerCase() === name.toLowerCase()) < at)
            context.addIssue({ code: "custom", path: [at, "name"], message: `${name} is named twice` });
        });
      })
      .meta({ description: "One to four drugs in the reservoir, each named once." }),
    basal: rateField({
      description: "Continuous rate; `0 mL/day` for boluses only.",
      example: "0.5 mL/day",
      zero: "zeroAllowed",
    }),
    demandBolus: demandBolus.optional(),
    limit: limit.optional(),
  })
  .meta({ description: "What is ordered: drugs, basal rate, demand bolus and dose limit." })
  .transform(({ drugs, basal, demandBolus, limit }) => ({ drugs, basalNlPerDay: basal, demandBolus, limit }));

/** A prescription as it was written, in whole numbers: drugs are kept, and what was left out is still absent. */
export type PrescriptionText = z.infer<typeof prescriptionSchema>;

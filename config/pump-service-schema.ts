import { z } from "zod";
import { shareField, temperatureField, wholeDaysField } from "./quantity-fields";

/** How long the tube set of the pump head lasts. */
export const tubeLifeSchema = z
  .strictObject({
    revolutions: z
      .int()
      .min(1)
      .max(1000000000)
      .optional()
      .meta({ description: "Revolutions of the head that a tube set lasts.", examples: [100000] }),
    days: wholeDaysField({ description: "Days that a tube set lasts.", example: "1825 days" }).optional(),
  })
  .meta({ description: "Life of the tube set; the pump says when it is over. Left out: no bound." })
  .transform((text) => ({ revolutions: text.revolutions ?? 0, days: text.days ?? 0 }));

/** When the pump is to be replaced, by age and by charge. */
export const serviceSchema = z
  .strictObject({
    life: wholeDaysField({
      description: "Age at which the pump is at the end of its service.",
      example: "2555 days",
    }).optional(),
    replacementLead: wholeDaysField({
      description: "How long before that replacement is announced (ERI).",
      example: "90 days",
    }).optional(),
    charge: z
      .strictObject({
        replacement: shareField({ description: "Charge left at which replacement is announced.", example: "10 %" }),
        end: shareField({
          description: "Charge left at which the pump is at the end of its service.",
          example: "2 %",
          zero: "zeroAllowed",
        }),
      })
      .optional()
      .meta({ description: "The same by the battery's charge, when that is measured." }),
  })
  .meta({ description: "Service life; left out: the pump has no end of its own." })
  .transform((text) => ({
    lifeDays: text.life ?? 0,
    replacementLeadDays: text.replacementLead ?? 0,
    replacementPerMille: text.charge?.replacement ?? 0,
    endPerMille: text.charge?.end ?? 0,
  }));

/** The motor's own limit. */
export const motorSchema = z
  .strictObject({
    maxTemperature: temperatureField({
      description: "Temperature above which the motor is too hot.",
      example: "55 C",
    }),
  })
  .meta({ description: "The motor's limits; left out: its temperature is not measured." })
  .transform((text) => ({ maxDeciC: text.maxTemperature }));

/** What watches the head turn. */
export const encoderSchema = z
  .strictObject({
    countsPerRevolution: z
      .int()
      .min(1)
      .max(1000000)
      .meta({ description: "Counts in one revolution of the head; a gear counts in.", examples: [600] }),
  })
  .meta({
    description:
      "Encoder or roller index on the pump head: the motion is compared with what was ordered. Left out: the motion is not watched.",
  });

import { z } from "zod";
import { MOST_STEPS } from "../src/prescription/prescription";
import { BOLUS_KEYS, RATE_KEYS, rateOrDose, volumeOrDose } from "./prescription-fields";
import { durationField, rateOrDoseField, timeOfDayField } from "./quantity-fields";

const over = durationField({ description: "Time over which one bolus is delivered.", example: "10 min" });

const every = durationField({
  description: "From the start of one to the start of the next: 1 min to 7 days.",
  example: "6 h",
});

const step = z
  .strictObject({
    from: timeOfDayField("begins", { description: "When the step begins.", example: "06:00" }),
    ...RATE_KEYS,
  })
  .transform((text, context) => ({ fromMs: text.from, rate: rateOrDose(text, context) }));

/** The programs of a prescription; one of them is given, and `basal` may stand beside `periodic`. */
export const PROGRAM_KEYS = {
  basal: rateOrDoseField({
    description: "Continuous rate, or dose of the primary drug; `0 mL/day` for boluses only.",
    example: "0.5 mL/day",
    zero: "zeroAllowed",
  }).optional(),
  flex: z
    .array(step)
    .min(1)
    .max(MOST_STEPS)
    .optional()
    .meta({
      description: `Flex schedule: 1 to ${MOST_STEPS} steps of the day in rising order, each until the next; the last goes on over midnight.`,
    }),
  periodic: z
    .strictObject({ ...BOLUS_KEYS, over, every })
    .transform((text, context) => ({ bolus: volumeOrDose(text, context), overMs: text.over, everyMs: text.every }))
    .optional()
    .meta({ description: "A bolus again and again; `basal` gives the rate in between." }),
  singleShot: z
    .strictObject({ ...BOLUS_KEYS, over })
    .transform((text, context) => ({ bolus: volumeOrDose(text, context), overMs: text.over }))
    .optional()
    .meta({ description: "Trial: one bolus, then the end." }),
  severalShots: z
    .strictObject({
      ...BOLUS_KEYS,
      over,
      every,
      count: z
        .int()
        .min(2)
        .max(1000)
        .meta({ description: "How many are given.", examples: [5] }),
    })
    .transform((text, context) => ({
      bolus: volumeOrDose(text, context),
      overMs: text.over,
      everyMs: text.every,
      count: text.count,
    }))
    .optional()
    .meta({ description: "Trial: several boluses over days, then the end." }),
  continuousTrial: z
    .strictObject({
      ...RATE_KEYS,
      for: durationField({ description: "When it ends: 1 min to 90 days.", example: "3 days" }),
    })
    .transform((text, context) => ({ rate: rateOrDose(text, context), forMs: text.for }))
    .optional()
    .meta({ description: "Trial: one rate from an external pump, until its time is over." }),
};

/** The keys of {@link PROGRAM_KEYS}. */
export const PROGRAM_NAMES = ["basal", "flex", "periodic", "singleShot", "severalShots", "continuousTrial"] as const;

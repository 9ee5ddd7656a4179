import { z } from "zod";
import { MOST_BOLUSES_PER_24H, MOST_DRUGS } from "../src/prescription/prescription";
import { BOLUS_KEYS, volumeOrDose } from "./prescription-fields";
import type { Hours } from "./prescription-fields";
import { PROGRAM_KEYS, PROGRAM_NAMES } from "./program-schema";
import {
  concentrationField,
  durationField,
  rateField,
  timeOfDayField,
  volumeField,
  wholeDaysField,
} from "./quantity-fields";
import { wordList } from "./schema-words";
import { textField } from "./text-field";
import { parseTimeOfDayMs, TIME_OF_DAY_PATTERN } from "./time-of-day";
import { QuantityError } from "./exact-decimal";
import { yesNoField } from "./yes-no-field";

const drug = z.strictObject({
  name: textField({ description: "The drug's name, as the pump's library has it.", example: "morphine", most: 60 }),
  concentration: concentrationField({
    description: "Drug in the reservoir's fluid, in the library's unit.",
    example: "10 mg/mL",
  }),
});

/** The drugs of a fluid: of a prescription, or of what a reservoir is filled with. */
export const drugsSchema = z
  .array(drug)
  .min(1)
  .max(MOST_DRUGS)
  .superRefine((drugs, context) => {
    drugs.forEach(({ name }, at) => {
      if (drugs.findIndex((other) => other.name.toLowerCase() === name.toLowerCase()) < at)
        context.addIssue({ code: "custom", path: [at, "name"], message: `${name} is named twice` });
    });
  })
  .meta({ description: "One to four drugs in the reservoir, each named once." });

/** The drugs of a fluid as they were written. */
export type DrugsText = z.infer<typeof drugsSchema>;

const hoursText = z
  .string()
  .meta({
    description: "As `07:00 to 22:00`.",
    examples: ["07:00 to 22:00"],
    pattern: `${TIME_OF_DAY_PATTERN.slice(0, -1)}to${TIME_OF_DAY_PATTERN.slice(1)}`,
  })
  .transform((text, context): Hours => {
    try {
      const [from, to, ...more] = text.split("to");
      if (from === undefined || to === undefined || more.length > 0)
        throw new QuantityError("the hours are two times of day, for example 07:00 to 22:00");
      return { fromMs: parseTimeOfDayMs(from), toMs: parseTimeOfDayMs(to, "ends") };
    } catch (error) {
      if (!(error instanceof QuantityError)) throw error;
      context.addIssue({ code: "custom", message: error.message });
      return z.NEVER;
    }
  });

const hoursKeys = z
  .strictObject({
    from: timeOfDayField("begins", { description: "From when a bolus is allowed.", example: "07:00" }),
    to: timeOfDayField("ends", { description: "From when it is not any more.", example: "22:00" }),
  })
  .transform((text): Hours => ({ fromMs: text.from, toMs: text.to }));

const demandBolus = z
  .strictObject({
    ...BOLUS_KEYS,
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
    hours: z
      .union([hoursText, hoursKeys])
      .refine(({ fromMs, toMs }) => fromMs !== toMs || fromMs === 0, {
        error: "they begin and end at the same time; leave them out for the whole day",
      })
      .optional()
      .meta({ description: "Hours of the day in which it is allowed; left out: all day. May go over midnight." }),
  })
  .meta({ description: "What the patient's button asks for; leave it out when there is none." })
  .transform((text, context) => ({
    bolus: volumeOrDose(text, context),
    overMs: text.over,
    lockoutMs: text.lockout,
    mostPer24h: text.mostPer24h,
    hours: text.hours,
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
    drugs: drugsSchema,
    primary: textField({
      description: "The drug that doses are said in; left out: the first.",
      example: "morphine",
      most: 60,
    }).optional(),
    ...PROGRAM_KEYS,
    demandBolus: demandBolus.optional(),
    minimumRate: rateField({
      description: "Rate that keeps the tube set moving while therapy is held; left out: none.",
      example: "6 uL/day",
      zero: "zeroAllowed",
    }).optional(),
    limit: limit.optional(),
    catheter: volumeField({
      description: "Dead volume of the catheter; for prime and bridge. Left out: not known.",
      example: "0.18 mL",
    }).optional(),
    lowReservoir: volumeField({
      description: "Content at which low reservoir is raised; left out: the pump's own.",
      example: "2 mL",
    }).optional(),
    refillAfter: wholeDaysField({
      description: "Days from a refill until refill due is raised; left out: never.",
      example: "60 days",
    }).optional(),
    bridge: yesNoField(
      "After a change of concentration the basal gives the dose with the old fluid until the dead volume has passed.",
    ).optional(),
    override: z
      .literal("softLimits")
      .optional()
      .meta({ description: "Soft limits of the drug library are passed on purpose.", examples: ["softLimits"] }),
  })
  .superRefine((text, context) => {
    const given = PROGRAM_NAMES.filter((name) => text[name] !== undefined);
    if (given.length === 0)
      context.addIssue({
        code: "custom",
        path: ["basal"],
        message: `it is missing, for example 0.5 mL/day; a prescription has one of ${wordList(PROGRAM_NAMES)}`,
      });
    const [, second] = given.filter((name) => name !== "basal" || text.periodic === undefined);
    if (second !== undefined)
      context.addIssue({
        code: "custom",
        path: [second],
        message: `a prescription has one program, not ${wordList(given)}; only basal and periodic go together`,
      });
  })
  .meta({ description: "What is ordered: drugs, one program, demand bolus, dose limit and what the pump watches." })
  .transform(({ minimumRate, catheter, lowReservoir, refillAfter, bridge, override, ...text }) => ({
    ...text,
    minimumNlPerDay: minimumRate ?? 0,
    catheterNl: catheter ?? 0,
    /** `undefined`: the pump's own. */
    lowNl: lowReservoir,
    refillDays: refillAfter ?? 0,
    bridge: bridge ?? false,
    passesSoftLimits: override !== undefined,
  }));

/** A prescription as it was written, in whole numbers: names and doses are not looked up yet, and what was left out is still absent. */
export type PrescriptionText = z.infer<typeof prescriptionSchema>;

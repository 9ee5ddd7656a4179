import { z } from "zod";
import { MS_PER_MIN } from "../../src/units";
import { durationField } from "../../config/quantity-fields";
import { timeField } from "./time-field";

// Faster than this nobody presses for days on end, and a run would do nothing but answer.
const LEAST_EVERY_MS = MS_PER_MIN;
const LEAST_MEAN_MS = 5 * MS_PER_MIN;

const SHARED = {
  from: timeField("From when on; left out: from the start.").optional(),
  until: timeField("Until when; left out: to the end of the run.").optional(),
  bounce: z
    .int()
    .min(2)
    .max(20)
    .optional()
    .meta({
      description:
        "The key bounces: each press makes so many contacts, some ms apart, and each reaches the pump. Left out: one.",
      examples: [3],
    }),
};

/** Both kinds of behaviour, by their word. */
export const behaviourSchema = z.discriminatedUnion("presses", [
  z
    .strictObject({
      presses: z.literal("byHabit").meta({ description: "About every so often, whatever the pump answers." }),
      every: durationField({
        description: "From one press to the next; the first comes so long after `from`.",
        example: "4 h",
      }).refine((ms) => ms >= LEAST_EVERY_MS, { error: "a patient presses at most once a minute by habit" }),
      spread: durationField({
        description: "How much earlier or later a press may come, at most half of `every`; left out: not at all.",
        example: "30 min",
        zero: "zeroAllowed",
      }).optional(),
      ...SHARED,
    })
    .meta({ description: "The patient presses by habit." }),
  z
    .strictObject({
      presses: z.literal("byNeed").meta({
        description: "The longer the last granted bolus is past, the more likely; ever faster while it is refused.",
      }),
      after: durationField({
        description: "Mean time from a granted bolus to the next press; at least 5 min.",
        example: "3 h",
      }).refine((ms) => ms >= LEAST_MEAN_MS, {
        error: "the mean time is at least 5 min: presses come ever faster after it",
      }),
      ...SHARED,
    })
    .meta({ description: "The patient presses by need." }),
]);

/** What `patient:` says. */
export const patientSchema = z
  .array(behaviourSchema)
  .min(1, { error: "it is empty; say how the patient presses, or leave it out" })
  .max(20)
  .meta({ description: "What the patient does with the button besides `events`, drawn from the run's `--seed`." });

/** One behaviour as it was written. */
export type BehaviourText = z.infer<typeof behaviourSchema>;

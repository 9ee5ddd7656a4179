import { z } from "zod";
import { prescriptionSchema } from "../../config/prescription-text";
import { durationField, volumeField } from "../../config/quantity-fields";
import { textField } from "../../config/text-field";
import { patientSchema } from "./patient-schema";
import { plantSchema } from "./plant-schema";
import { WALL_CLOCK_PATTERN } from "./wall-clock";
import { dateField } from "./time-field";

/** What `pump:` says. */
export const PUMP_KEY =
  "The pump: its name in scenarios/pumps or the path of its file, the same with keys that differ (`extends`), or a whole pump.";

/**
 * A scenario as it was written. `pump` and the entries of `events` and `expect` are judged on their own: what is right there depends
 * on other files, and on which word an entry is about.
 */
export const scenarioSchema = z
  .strictObject({
    $schema: z.string().optional().meta({ description: "Where an editor finds this schema." }),
    title: textField({ description: "What the scenario shows, in one sentence.", most: 200 }),
    requirement: z
      .string()
      .regex(/^[A-Z]{2,6}-[0-9]{1,4}$/, { error: "an identifier is capital letters, a hyphen and digits, as BOL-004" })
      .optional()
      .meta({ description: "Identifier of the requirement that the scenario verifies.", examples: ["BOL-004"] }),
    description: textField({ description: "More about it.", most: 4000, severalLines: true }).optional(),
    pump: z
      .unknown()
      .optional()
      .meta({ description: PUMP_KEY, examples: ["reference-20ml"] }),
    clock: z
      .string()
      .optional()
      .meta({
        description:
          "Wall time at the start: the pump's clock is set to it at 0. Needed for times such as `day 2 08:00`, which count by it even when the pump's clock is set otherwise later. Left out: no clock is set.",
        examples: ["2026-03-01 08:00"],
        pattern: WALL_CLOCK_PATTERN,
      }),
    duration: durationField({ description: "How long the run lasts.", example: "12 h" }),
    prescription: prescriptionSchema,
    reservoir: volumeField({
      description: "What the reservoir holds at the start; left out: it is full.",
      example: "20 mL",
      zero: "zeroAllowed",
    }).optional(),
    drugExpires: dateField(
      "Last day on which what is in the reservoir at the start may be used; left out: none is known.",
    ).optional(),
    reservoirBand: volumeField({
      description:
        "How much of what was drawn before the start is perhaps still there, in whole strokes, as after lost power. Left out: nothing.",
      example: "2 mL",
    }).optional(),
    plant: plantSchema.optional(),
    patient: patientSchema.optional(),
    start: z.literal("manual").optional().meta({
      description:
        "`manual`: the prescription is confirmed at 0, but therapy begins only with an event. Left out: it is started at 0.",
    }),
    events: z
      .array(z.unknown())
      .max(5000)
      .optional()
      .meta({ description: "What happens outside the pump. At one instant the file's order holds." }),
    expect: z
      .array(z.unknown())
      .min(1, { error: "it is empty; a run that nothing is expected of shows nothing" })
      .max(5000)
      .meta({ description: "What must be true of the run." }),
  })
  .meta({
    title: "Minim scenario",
    description: "A simulated infusion: a pump, a prescription, events and a verdict.",
  });

import { z } from "zod";
import { parseVolumeNl, QuantityError } from "../../config/quantities";
import { physicalField } from "../../config/physical-field";
import { PERCENT, PRESSURE } from "../../config/physical-quantity";
import { concentrationField, rateField, volumeField } from "../../config/quantity-fields";
import { quantityPattern } from "../../config/quantity";
import { VOLUME } from "../../config/volume";
import { yesNoField } from "../../config/yes-no-field";
import type { Tolerance } from "./expectation";
import { nameField, timeField } from "./time-field";
import { ALARM_WORDS, ANSWER_WORDS, EVENT_WORDS, EXPECT_WORDS, SIGNAL_WORDS, STATE_WORDS } from "./words";

const STROKES = /^\s*([0-9]{1,6})\s+strokes?\s*$/;

/** `1 stroke` or a volume. Throws `QuantityError` for anything else. */
function parseTolerance(text: string): Tolerance {
  const [, strokes] = STROKES.exec(text) ?? [];
  if (strokes !== undefined) return { strokes: Number(strokes) };
  try {
    return { volumeNl: parseVolumeNl(text) };
  } catch (error) {
    if (!(error instanceof QuantityError)) throw error;
    throw new QuantityError(`${error.message} (or a number of strokes, as 1 stroke)`);
  }
}

const within = z
  .string({
    error: ({ input }) => (typeof input === "number" ? "a tolerance needs a unit, for example 1 stroke" : undefined),
  })
  .meta({
    description: "How far the volume may lie off, either way: `1 stroke` (this when left out) or a volume.",
    examples: ["1 stroke"],
    pattern: `${STROKES.source}|${quantityPattern(VOLUME)}`,
  })
  .transform((text, context) => {
    try {
      return parseTolerance(text);
    } catch (error) {
      if (!(error instanceof QuantityError)) throw error;
      context.addIssue({ code: "custom", message: error.message });
      return z.NEVER;
    }
  });

const at = timeField("The instant; everything that happens at it counts.");
const span = {
  from: timeField("From this instant on, itself included; left out: from the start.").optional(),
  to: timeField("To this instant, itself included; left out: to the end of the run.").optional(),
};
const volume = (description: string) => volumeField({ description, example: "310 uL", zero: "zeroAllowed" });
const pressure = (description: string, leastKpa: number) =>
  physicalField(PRESSURE, { description, example: "50 kPa", range: [leastKpa, 10000] });
const concentration = (description: string) =>
  concentrationField({ description, example: "10 mg/mL", zero: "zeroAllowed" });
const fields = z
  .record(z.string(), z.union([z.string(), z.number()], { error: "a word or a whole number of the log is wanted" }))
  .meta({
    description: "Fields that the line of the log must have, as it is written there.",
    examples: ["{ reason: complete }"],
  })
  .optional();
const eventWord = (description: string) => z.enum(EVENT_WORDS).meta({ description, examples: ["bolusGranted"] });

/** The keys of an entry of `expect`, by the word that it is about. */
export const EXPECT_SCHEMAS = {
  request: z
    .strictObject({
      request: nameField("The request's name."),
      is: z.enum(ANSWER_WORDS).meta({ description: "The pump's answer.", examples: ["granted"] }),
    })
    .meta({ description: EXPECT_WORDS.request }),
  delivered: z
    .strictObject({ at, delivered: volume("All that was delivered until then."), within: within.optional() })
    .meta({ description: EXPECT_WORDS.delivered }),
  outlet: z
    .strictObject({ at, outlet: volume("All that had left it until then."), within: within.optional() })
    .meta({ description: EXPECT_WORDS.outlet }),
  pressure: z
    .strictObject({
      at,
      pressure: pressure("The pressure then.", -100),
      within: pressure("How far it may lie off, either way.", 0),
    })
    .meta({ description: EXPECT_WORDS.pressure }),
  tip: z
    .strictObject({
      at,
      tip: concentration("Its concentration then."),
      drug: z
        .string()
        .max(60)
        .optional()
        .meta({ description: "Which drug; left out: the first of the prescription.", examples: ["morphine"] }),
      within: concentration("How far it may lie off, either way."),
    })
    .meta({ description: EXPECT_WORDS.tip }),
  charge: z
    .strictObject({
      at,
      charge: physicalField(PERCENT, { description: "The charge left then.", example: "60 %", range: [0, 100] }),
      within: physicalField(PERCENT, {
        description: "How far it may lie off, either way.",
        example: "0.1 %",
        range: [0, 100],
      }),
    })
    .meta({ description: EXPECT_WORDS.charge }),
  reservoir: z
    .strictObject({ at, reservoir: volume("What is left then."), within: within.optional() })
    .meta({ description: EXPECT_WORDS.reservoir }),
  rate: z
    .strictObject({
      at,
      rate: rateField({ description: "The basal rate.", example: "0.5 mL/day", zero: "zeroAllowed" }),
      within: rateField({
        description: "How far it may lie off, either way; left out: not at all.",
        example: "1 uL/day",
      }).optional(),
    })
    .meta({ description: EXPECT_WORDS.rate }),
  occurs: z
    .strictObject({
      occurs: eventWord("An event of the log, an alarm that is raised, or `alarm` for any."),
      with: fields,
      ...span,
      times: z
        .int()
        .min(1)
        .max(1000000)
        .optional()
        .meta({ description: "How often, exactly.", examples: [2] }),
    })
    .meta({ description: EXPECT_WORDS.occurs }),
  never: z
    .strictObject({
      never: eventWord("An event of the log, an alarm that is raised, or `alarm` for any."),
      with: fields,
      ...span,
    })
    .meta({ description: EXPECT_WORDS.never }),
  alarm: z
    .strictObject({
      alarm: z.enum(ALARM_WORDS).meta({ description: "The alarm.", examples: ["lowReservoir"] }),
      at: at.optional(),
      ...span,
    })
    .meta({ description: EXPECT_WORDS.alarm }),
  signal: z
    .strictObject({
      at,
      signal: z.enum(SIGNAL_WORDS).meta({ description: "The priority of its signal." }),
      silenced: yesNoField("Is its sound silenced? Left out: either will do.").optional(),
    })
    .meta({ description: EXPECT_WORDS.signal }),
  state: z
    .strictObject({ at, state: z.enum(STATE_WORDS).meta({ description: "What the pump is doing." }) })
    .meta({ description: EXPECT_WORDS.state }),
  report: z
    .strictObject({
      report: nameField("The interrogation's name."),
      field: z
        .string()
        .max(80)
        .meta({
          description: "Where in the report it stands: keys with points between them.",
          examples: ["reservoir.lowNl"],
        }),
      is: z
        .union([z.string().max(200), z.number(), z.boolean()])
        .meta({ description: "What stands there: a word, a count, or a quantity with its unit.", examples: ["2 mL"] }),
      within: z
        .union([z.string().max(40), z.number()])
        .meta({ description: "How far a number may lie off, either way; left out: not at all.", examples: ["1 uL"] })
        .optional(),
    })
    .meta({ description: EXPECT_WORDS.report }),
} as const;

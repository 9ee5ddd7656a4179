import { z } from "zod";
import { prescriptionSchema } from "../../config/prescription-text";
import { durationField, volumeField } from "../../config/quantity-fields";
import { nameField, timeField } from "./time-field";
import { DO_WORDS } from "./words";

const DO_KEY = "What happens.";

const WHEN = {
  at: timeField("When it happens: a duration since the start, `day 2 08:00`, or `NAME.end + 2 h`."),
  every: durationField({ description: "Repeat it this long after each time.", example: "4 h" }).optional(),
  until: timeField(
    "Last instant at which it may be repeated; counted from the same instant as `at`. Left out: the end of the run.",
  ).optional(),
};

const simple = <W extends keyof typeof DO_WORDS>(word: W) =>
  z
    .strictObject({ ...WHEN, do: z.literal(word).meta({ description: DO_KEY }) })
    .meta({ description: DO_WORDS[word].tells });

/** One entry of `events`, by its `do:` word. The word's keys and explanation stand here and in `DO_WORDS` alone. */
export const eventSchema = z.discriminatedUnion("do", [
  simple("start"),
  simple("stop"),
  z
    .strictObject({
      ...WHEN,
      do: z.literal("requestBolus").meta({ description: DO_KEY }),
      as: nameField(
        "What the request is called elsewhere in the file. A repeated one is NAME1, NAME2 and so on.",
      ).optional(),
      sameIdAs: nameField("Carry the id of this request: the pump must know it again.").optional(),
    })
    .meta({ description: DO_WORDS.requestBolus.tells }),
  z
    .strictObject({ ...WHEN, do: z.literal("program").meta({ description: DO_KEY }), prescription: prescriptionSchema })
    .meta({ description: DO_WORDS.program.tells }),
  simple("acknowledge"),
  z
    .strictObject({
      ...WHEN,
      do: z.literal("refill").meta({ description: DO_KEY }),
      to: volumeField({ description: "What the reservoir holds then.", example: "20 mL", zero: "zeroAllowed" }),
    })
    .meta({ description: DO_WORDS.refill.tells }),
]);

/** An event as it was written: quantities in whole numbers, times still as text. */
export type EventText = z.infer<typeof eventSchema>;

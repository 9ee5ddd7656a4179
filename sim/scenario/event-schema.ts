import { MS_PER_DAY, MS_PER_HOUR } from "../../src/units";
import { z } from "zod";
import { drugsSchema, prescriptionSchema } from "../../config/prescription-text";
import {
  durationField,
  massField,
  shareField,
  temperatureField,
  voltageField,
  volumeField,
} from "../../config/quantity-fields";
import { yesNoField } from "../../config/yes-no-field";
import { clockShiftField, dateField, nameField, timeField, wallClockField } from "./time-field";
import { ALARM_WORDS, DO_WORDS, FAULT_WORDS } from "./words";
import type { DoWord, FaultWord } from "./words";

const WHEN = {
  at: timeField("When it happens: a duration since the start, `day 2 08:00`, or `NAME.end + 2 h`."),
  every: durationField({ description: "Repeat it this long after each time.", example: "4 h" }).optional(),
  until: timeField(
    "Last instant at which it may be repeated; counted from the same instant as `at`. Left out: the end of the run.",
  ).optional(),
};

/** Every command of a person can carry a number of its own. */
const COMMAND = {
  command: z
    .int()
    .min(1)
    .max(1000000000)
    .optional()
    .meta({
      description:
        "With `do` only: the number of the command, which rises; one that the pump has seen before has no second effect. A repeated one counts on. Left out: it has none.",
      examples: [7],
    }),
};

const NAME = nameField("What it is called elsewhere in the file. A repeated one is NAME1, NAME2 and so on.").optional();

const REQUEST = {
  as: NAME,
  sameIdAs: nameField("Carry the id of this request: the pump must know it again.").optional(),
};

/** The schema of the events with one `do:` word; its own keys are given, its explanation stands in `DO_WORDS`. */
const event = <W extends DoWord, K extends z.core.$ZodLooseShape>(word: W, keys: K) =>
  z
    .strictObject({ ...WHEN, ...COMMAND, do: z.literal(word).meta({ description: "What happens." }), ...keys })
    .meta({ description: DO_WORDS[word].tells });

const volume = (description: string, example: string) => volumeField({ description, example });

/** One entry of `events`, by its `do:` word. The word's keys and explanation stand here and in `DO_WORDS` alone. */
export const eventSchema = z.discriminatedUnion("do", [
  event("start", {}),
  event("stop", {}),
  event("hold", {}),
  event("requestBolus", REQUEST),
  event("clinicianBolus", {
    ...REQUEST,
    volume: volume("Its volume; or say `dose`.", "60 uL").optional(),
    dose: massField({
      description: "Its dose of the primary drug, as the prescription above it in the file has it.",
      example: "0.6 mg",
    }).optional(),
    over: durationField({ description: "Time over which it is delivered.", example: "1 h" }),
  }),
  event("stage", { prescription: prescriptionSchema }),
  event("confirm", {
    softLimits: yesNoField("Soft limits are passed on purpose.").optional(),
    largeChanges: yesNoField("Values that change much, are new or were 0 have been looked at.").optional(),
    digest: z
      .literal("other")
      .meta({ description: "`other`: give a digest that is not the staged one's. Left out: that one." })
      .optional(),
  }),
  event("program", { prescription: prescriptionSchema }),
  event("silence", {}),
  event("acknowledge", {}),
  event("measureResidual", {
    residual: volumeField({ description: "What was in it.", example: "2.1 mL", zero: "zeroAllowed" }),
  }),
  event("refill", {
    to: volumeField({ description: "What the reservoir holds then.", example: "20 mL", zero: "zeroAllowed" }),
    drugs: drugsSchema.optional(),
    expires: dateField("Last day on which the drug may be used; left out: none is known.").optional(),
  }),
  event("deadVolumeEmpty", { volume: volume("The volume without drug.", "0.38 mL") }),
  event("prime", { volume: volume("What it delivers into tubing and catheter.", "0.38 mL") }),
  event("confirmPrime", { volume: volume("The same once more.", "0.38 mL") }),
  event("changeTube", {}),
  event("setClock", {
    to: wallClockField("What it shows then.").optional(),
    by: clockShiftField("By how much it is moved. The scenario needs a `clock`.").optional(),
  }),
  event("loseClock", {}),
  event("read", {
    motorTemperature: temperatureField({
      description: "Temperature of the motor.",
      example: "60 C",
      zero: "zeroAllowed",
    }).optional(),
    supplyVoltage: voltageField({ description: "Supply voltage.", example: "3.1 V", zero: "zeroAllowed" }).optional(),
    charge: shareField({ description: "Charge left in the battery.", example: "5 %", zero: "zeroAllowed" }).optional(),
  }),
  event("detect", {
    alarm: z.enum(ALARM_WORDS).meta({ description: "The alarm that it is the cause of.", examples: ["motorStall"] }),
    present: yesNoField("Is the cause there?"),
  }),
  event("interrogate", { as: NAME }),
]);

/** The schema of the events with one `fault:` word. */
const fault = <W extends FaultWord, K extends z.core.$ZodLooseShape>(word: W, keys: K) =>
  z
    .strictObject({ ...WHEN, fault: z.literal(word).meta({ description: "What goes wrong." }), ...keys })
    .meta({ description: FAULT_WORDS[word].tells });

/** How long a pump can be without power, in ms. */
const LEAST_DARK_MS = 1000;
const MOST_DARK_MS = 60 * MS_PER_DAY;

/** One entry of `events` that says `fault:` instead of `do:`. */
export const faultSchema = z.discriminatedUnion("fault", [
  fault("late", {
    by: durationField({ description: "For how long it is not woken: at most 1 h.", example: "5 s" }).refine(
      (ms) => ms <= MS_PER_HOUR,
      // Not much longer, and the runtime's own clock of 32 bits in microseconds goes round once.
      { error: "it is longer than 1 h, the longest that both engines can sleep through" },
    ),
  }),
  fault("unknownEvent", {}),
  fault("powerCut", {
    for: durationField({ description: "How long it has none: 1 s to 60 days.", example: "2 h" }).refine(
      (ms) => ms >= LEAST_DARK_MS && ms <= MOST_DARK_MS,
      { error: "a power cut lasts from 1 s to 60 days" },
    ),
  }),
  fault("eraseStore", {}),
  fault("corruptStore", {
    bits: z
      .int()
      .min(1)
      .max(100000)
      .optional()
      .meta({ description: "How many; left out: 1.", examples: [1] }),
    seed: z
      .int()
      .min(0)
      .max(1000000000)
      .optional()
      .meta({ description: "Which ones: another number, others. Left out: 1.", examples: [7] }),
  }),
  fault("rotorStuck", {
    for: durationField({ description: "For how long.", example: "10 min" }),
  }),
  fault("rotorRuns", {
    volume: volume("What it delivers so, all at once; of that the whole strokes.", "5 uL"),
  }),
  fault("occlude", {
    for: durationField({ description: "For how long.", example: "2 h" }),
  }),
  fault("airBubble", {
    volume: volume("How much air, at ambient pressure.", "5 uL"),
  }),
]);

/** A fault as it was written. */
export type FaultText = z.infer<typeof faultSchema>;

/** What a person does, as it was written: quantities in whole numbers, times still as text. */
export type DoText = z.infer<typeof eventSchema>;

/** An event as it was written. */
export type EventText = DoText | FaultText;

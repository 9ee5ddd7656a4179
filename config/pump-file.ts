import { z } from "zod";
import { MAX_PULSE_INTERVAL_MS } from "../src/config";
import { BOARD_IDS } from "./boards";
import { durationField, fineVolumeField, rateField, volumeField } from "./quantity-fields";

/** Slower than this, and the circuit that gates EN would take it away between two pulses. */
const LEAST_MICROSTEPS_PER_SECOND = 1000 / MAX_PULSE_INTERVAL_MS;

function wholeNumber(least: number, most: number, description: string, example: number): z.ZodInt {
  return z
    .int()
    .min(least)
    .max(most)
    .meta({ description, examples: [example] });
}

const head = z
  .strictObject({
    volumePerRevolution: fineVolumeField({
      description: "What one revolution of the pump head delivers, as measured on a balance.",
      example: "60 uL",
    }),
    fullStepsPerRevolution: wholeNumber(
      1,
      100000,
      "Full steps of the motor in one revolution of the head; a gear counts in.",
      200,
    ),
    fullStepsPerStroke: wholeNumber(
      1,
      1000,
      "Full steps in one stroke, the smallest volume that is moved in one go. The motor rests on full steps only.",
      1,
    ),
    microsteps: z
      .literal([1, 2, 4, 8, 16, 32, 64, 128, 256])
      .meta({ description: "Microsteps in one full step, as set on the motor driver.", examples: [16] }),
    maxMicrostepsPerSecond: wholeNumber(
      LEAST_MICROSTEPS_PER_SECOND,
      1000000,
      "The fastest that the motor follows without losing steps; the board may be slower.",
      900,
    ),
  })
  .meta({ description: "The pump head and its stepper motor." })
  .transform((text) => ({
    plPerRevolution: text.volumePerRevolution,
    fullStepsPerRevolution: text.fullStepsPerRevolution,
    fullStepsPerStroke: text.fullStepsPerStroke,
    microsteps: text.microsteps,
    maxMicrostepsPerSecond: text.maxMicrostepsPerSecond,
  }));

const reservoir = z
  .strictObject({
    capacity: volumeField({ description: "What the reservoir holds when full; at most 100 mL.", example: "20 mL" }),
    low: volumeField({
      description:
        "Content at which the low reservoir alarm is raised; no bolus may take the reservoir to it or below.",
      example: "2 mL",
    }),
    empty: volumeField({ description: "Content below which the pump does not draw.", example: "1 mL" }),
  })
  .meta({ description: "The reservoir and its two alarm levels: empty < low < capacity." })
  .transform((text) => ({ capacityNl: text.capacity, lowNl: text.low, emptyNl: text.empty }));

const hardLimits = z
  .strictObject({
    rate: rateField({
      description: "Highest rate, basal and bolus together. The pump head must be able to reach it.",
      example: "1 mL/h",
    }),
    bolus: volumeField({ description: "Largest single bolus.", example: "1 mL" }),
    volume: volumeField({ description: "Most volume in any rolling window of the length `per`.", example: "12 mL" }),
    per: durationField({
      description: "Length of that window: whole minutes, from 1 h to 7 days.",
      example: "24 h",
    }),
  })
  .meta({ description: "Limits that no prescription can pass." })
  .transform((text) => ({
    rateNlPerDay: text.rate,
    bolusNl: text.bolus,
    volumeNl: text.volume,
    perMs: text.per,
  }));

/** A pump as described in devs.config.json and in scenarios/pumps/: text in, whole numbers out. */
export const pumpSchema = z
  .strictObject({
    $schema: z.string().optional().meta({ description: "Where an editor finds this schema." }),
    name: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, {
        error: "a name is small letters, digits and hyphens, at most 40, as reference-20ml",
      })
      .meta({ description: "The pump's name: small letters, digits and hyphens.", examples: ["reference-20ml"] }),
    board: z.enum(BOARD_IDS).meta({ description: "The board that the pump runs on.", examples: ["pump_esp32c3"] }),
    stepDriver: z.literal("pulse").meta({
      description: "How the motor is stepped: `pulse` makes one STEP pulse at each wake of the program.",
      examples: ["pulse"],
    }),
    head,
    reservoir,
    hardLimits,
  })
  .meta({ title: "Minim pump", description: "A pump: its board, pump head, reservoir and hard limits." })
  .transform(({ name, board, stepDriver, head, reservoir, hardLimits }) => ({
    name,
    board,
    stepDriver,
    head,
    reservoir,
    hardLimits,
  }));

/** A pump file's content in whole numbers; the unit is the last word of each name. */
export type PumpFile = z.infer<typeof pumpSchema>;

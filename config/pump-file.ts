import { z } from "zod";
import { MAX_PULSE_INTERVAL_MS, MOST_LIBRARY_DRUGS } from "../src/config";
import { BOARD_IDS } from "./boards";
import { libraryDrugSchema } from "./drug-schema";
import { adcFullScaleField, airSensorSchema, batterySchema, memorySchema, occlusionSchema } from "./board-parts-schema";
import { encoderSchema, motorSchema, serviceSchema, tubeLifeSchema } from "./pump-service-schema";
import { durationField, fineVolumeField, rateField, shareField, volumeField } from "./quantity-fields";
import { yesNoField } from "./yes-no-field";

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
    holdEnabled: yesNoField(
      "The motor keeps its current between strokes: for a head that turns back under pressure. It costs a wake each 100 ms.",
    ).optional(),
    memory: memorySchema.optional(),
    clockChip: z
      .literal("DS3231")
      .optional()
      .meta({
        description: "The clock chip on the board's I2C bus. Left out: the clock is not known after a loss of power.",
        examples: ["DS3231"],
      }),
    supervisor: yesNoField(
      "A supervisor chip at the board's pin KICK resets a board that hangs; it waits 10 min at least.",
    ).optional(),
    airSensor: airSensorSchema.optional(),
    adcFullScale: adcFullScaleField,
    model: wholeNumber(0, Number.MAX_SAFE_INTEGER, "Model number of the pump.", 20).optional(),
    serial: wholeNumber(0, Number.MAX_SAFE_INTEGER, "Serial number of the pump.", 1001).optional(),
    head,
    reservoir,
    hardLimits,
    tubing: volumeField({
      description:
        "Dead volume of the pump's own tubing, from the reservoir to the catheter port; for prime and bridge.",
      example: "0.2 mL",
    }).optional(),
    accuracy: shareField({
      description: "Flow error that the maker allows; at a refill the residual may differ by that much.",
      example: "14.5 %",
    }).optional(),
    tubeLife: tubeLifeSchema.optional(),
    service: serviceSchema.optional(),
    battery: batterySchema.optional(),
    motor: motorSchema.optional(),
    encoder: encoderSchema.optional(),
    occlusion: occlusionSchema.optional(),
    drugs: z.array(libraryDrugSchema).min(1).max(MOST_LIBRARY_DRUGS).optional().meta({
      description: "The drug library: what may be prescribed, and how much of it. Without it nothing can be.",
    }),
  })
  .meta({
    title: "Minim pump",
    description: "A pump: its board, pump head, reservoir, hard limits, drug library, and what is known of its parts.",
  })
  .transform(({ name, board, stepDriver, head, reservoir, hardLimits, ...text }) => ({
    name,
    board,
    stepDriver,
    // What is on the board: only this is compiled into its program.
    parts: {
      holdEnabled: text.holdEnabled ?? false,
      memory: text.memory,
      clockChip: text.clockChip,
      supervisor: text.supervisor ?? false,
      air: text.airSensor?.air,
      occlusionSwitch: text.occlusion?.switch,
      pressure: text.occlusion?.pressure,
      batteryDivider: text.battery?.divider ?? 0,
      adcFullScaleMv: text.adcFullScale,
    },
    head,
    reservoir,
    hardLimits,
    // What a pump file leaves out is 0 in the core: not known, not measured, or without a bound.
    model: text.model ?? 0,
    serial: text.serial ?? 0,
    tubingNl: text.tubing ?? 0,
    accuracyPerMille: text.accuracy ?? 0,
    tubeLife: text.tubeLife ?? { revolutions: 0, days: 0 },
    service: text.service ?? { lifeDays: 0, replacementLeadDays: 0, replacementPerMille: 0, endPerMille: 0 },
    battery: { lowMv: text.battery?.lowMv ?? 0, outMv: text.battery?.outMv ?? 0 },
    motorMaxDeciC: text.motor?.maxDeciC ?? 0,
    countsPerRevolution: text.encoder?.countsPerRevolution ?? 0,
    releaseNl: text.occlusion?.releaseNl ?? 0,
    drugs: text.drugs ?? [],
  }));

/** A pump file's content in whole numbers; the unit is the last word of each name. */
export type PumpFile = z.infer<typeof pumpSchema>;

import { z } from "zod";
import { MEMORY_CHIP_BYTES } from "./memory-chips";
import type { MemoryChip } from "./memory-chips";
import { PRESSURE } from "./physical-quantity";
import { physicalField } from "./physical-field";
import { voltageField, volumeField } from "./quantity-fields";

/** Words of {@link MEMORY_CHIP_BYTES}, for the schema. */
const CHIPS = Object.keys(MEMORY_CHIP_BYTES) as [MemoryChip, ...MemoryChip[]];

/** The ratio of a voltage divider, as a number without a unit. */
function ratioField(description: string, example: number): z.ZodNumber {
  return z
    .number()
    .min(1)
    .max(100)
    .meta({ description, examples: [example] });
}

/** What keeps the ledger on a board. */
export const memorySchema = z
  .union([
    z.literal("settings").meta({
      description: "The board's own settings: a count for dry run and teaching; therapy needs a chip.",
      examples: ["settings"],
    }),
    z
      .strictObject({
        chip: z.enum(CHIPS).meta({ description: "The I2C FRAM: 32 kB or more.", examples: ["MB85RC256V"] }),
        address: z
          .string()
          .regex(/^0x5[0-7]$/, { error: "a FRAM's address is 0x50 to 0x57, as its pins A2 to A0 set it" })
          .optional()
          .meta({ description: "Its I2C address; 0x50 when all address pins are low.", examples: ["0x50"] }),
      })
      .transform(({ chip, address }) => ({ chip, address: parseInt(address ?? "0x50", 16) })),
  ])
  .meta({
    description:
      "What keeps the ledger: an I2C FRAM, or the board's settings for a dry run. Left out: nothing does, and every start is a blank one.",
  });

/** The pressure sensor behind the pump head, as its data sheet describes it. */
const pressureSchema = z
  .strictObject({
    atZero: voltageField({ description: "What the sensor gives without pressure.", example: "0.5 V" }),
    atFull: voltageField({ description: "What it gives at its full pressure.", example: "4.5 V" }),
    full: physicalField(PRESSURE, {
      description: "Its full pressure.",
      example: "200 kPa",
      range: [1, 10000],
    }),
    blocked: physicalField(PRESSURE, {
      description: "Pressure from which on the line is blocked; below four fifths of it the line is open again.",
      example: "80 kPa",
      range: [0.1, 10000],
    }),
    divider: ratioField("Voltage at the sensor over that at the board's pin; 1: no divider.", 2).optional(),
  })
  .meta({ description: "An analog pressure sensor at the board's pin OCCLUSION." })
  .transform((text) => ({
    zeroMv: text.atZero,
    fullMv: text.atFull,
    fullKpa: text.full,
    blockedKpa: text.blocked,
    divider: text.divider ?? 1,
  }));

/** What a blocked line does, and what sees it. */
export const occlusionSchema = z
  .strictObject({
    release: volumeField({
      description: "What a blocked line has stored when the occlusion is detected, and gives when it is released.",
      example: "40 uL",
    }).optional(),
    switch: z
      .enum(["opens", "closes"])
      .optional()
      .meta({
        description:
          "A pressure switch from the board's pin OCCLUSION to ground, by what it does when the line is blocked. One that opens shows a broken wire, too.",
        examples: ["opens"],
      }),
    pressure: pressureSchema.optional(),
  })
  .meta({
    description: "What sees a blocked line, and what such a line gives when it is released. Left out: nothing does.",
  })
  .transform((text) => ({
    releaseNl: text.release ?? 0,
    switch: text.switch,
    pressure: text.pressure,
  }));

/** The marks of the supply voltage, and how a board measures it. */
export const batterySchema = z
  .strictObject({
    low: voltageField({ description: "Supply voltage at which battery low is raised.", example: "3.5 V" }),
    out: voltageField({ description: "Supply voltage at which the motor is switched off.", example: "3.2 V" }),
    divider: ratioField(
      "Supply voltage over the voltage at the board's pin BATTERY, as measured. Left out: the board does not measure it.",
      2,
    ).optional(),
  })
  .meta({ description: "Marks of the supply voltage; left out: it is not measured." })
  .transform((text) => ({ lowMv: text.low, outMv: text.out, divider: text.divider ?? 0 }));

/** A detector of air in the line. */
export const airSensorSchema = z
  .strictObject({
    air: z
      .enum(["high", "low"])
      .meta({ description: "Level of the board's pin AIR when there is air in the line.", examples: ["high"] }),
  })
  .meta({ description: "A detector of air in the line, at the board's pin AIR. Left out: there is none." });

/** What the board's converter reads as full scale. */
export const adcFullScaleField = voltageField({
  description:
    "Voltage at which the board's converter reads its full scale, as measured at bring-up. Left out: 3.3 V on a Pico, a typical value on an ESP32: 3.1 V, with a C3 2.9 V.",
  example: "3.1 V",
}).optional();

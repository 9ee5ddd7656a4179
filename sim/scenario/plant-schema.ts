import { z } from "zod";
import { physicalField } from "../../config/physical-field";
import {
  CHARGE,
  COMPLIANCE,
  CURRENT,
  FLOW_RESISTANCE,
  PERCENT,
  PERCENT_PER_K,
  PERCENT_PER_KPA,
  PRESSURE,
} from "../../config/physical-quantity";
import { temperatureField, voltageField, volumeField } from "../../config/quantity-fields";
import { HEAD_FLOW_RANGES } from "../plant/head-flow";

const ranges = HEAD_FLOW_RANGES;

const headSchema = z
  .strictObject({
    calibration: physicalField(PERCENT, {
      description: "True volume of a revolution against the configured one; left out: 0 %.",
      example: "-3 %",
      range: ranges.calibrationPercent,
    }).optional(),
    rollers: z
      .int()
      .min(ranges.rollers[0])
      .max(ranges.rollers[1])
      .optional()
      .meta({ description: "Rollers that pass the outlet in one revolution; left out: 3.", examples: [3] }),
    pulsation: physicalField(PERCENT, {
      description: "Share of the flow that a roller takes where it leaves the tube; left out: 0 %.",
      example: "20 %",
      range: ranges.pulsationPercent,
    }).optional(),
    wear: physicalField(PERCENT, {
      description: "Volume that the tube loses in a million revolutions; left out: 0 %.",
      example: "20 %",
      range: ranges.wearPercentPerMillionRevolutions,
    }).optional(),
    revolutions: z
      .int()
      .min(0)
      .max(1000000000)
      .optional()
      .meta({ description: "Revolutions that the tube has behind it at the start; left out: 0.", examples: [50000] }),
    temperature: physicalField(PERCENT_PER_K, {
      description: "Volume gained for each kelvin above 20 °C; left out: 0 %/K.",
      example: "0.3 %/K",
      range: ranges.temperaturePercentPerK,
    }).optional(),
    backPressure: physicalField(PERCENT_PER_KPA, {
      description: "Volume lost for each kPa at the head's outlet; left out: 0 %/kPa.",
      example: "0.5 %/kPa",
      range: ranges.backPressurePercentPerKpa,
    }).optional(),
  })
  .meta({ description: "How the pump head differs from the one that its file describes." });

const resistance = (description: string) =>
  physicalField(FLOW_RESISTANCE, { description, example: "0.5 kPa h/uL", range: [0, 10000] });

const tubeSchema = z
  .strictObject({
    compliance: physicalField(COMPLIANCE, {
      description: "Volume that the line takes up for each kPa.",
      example: "1 uL/kPa",
      range: [0.001, 1000],
    }),
    alarmPressure: physicalField(PRESSURE, {
      description: "Pressure at which the detector speaks of an occlusion; left out: there is no detector.",
      example: "50 kPa",
      range: [0.1, 1000],
    }).optional(),
    resistance: resistance("Resistance of the open line to the flow; left out: none.").optional(),
    dripResistance: resistance(
      "Resistance of the line while it is occluded: a partial occlusion. Left out: nothing passes.",
    ).optional(),
  })
  .meta({ description: "The line behind the head gives way under pressure." });

const airDetectorSchema = z
  .strictObject({
    after: volumeField({
      description: "Volume of the line between the head and the detector.",
      example: "50 uL",
      zero: "zeroAllowed",
    }),
    least: volumeField({
      description: "Smallest bubble that it sees; left out: any.",
      example: "2 uL",
      zero: "zeroAllowed",
    }).optional(),
  })
  .meta({ description: "A detector of air in the line." });

const lineSchema = z
  .strictObject({
    tanks: z
      .int()
      .min(1)
      .max(200)
      .optional()
      .meta({
        description:
          "Stirred tanks that tubing and catheter are each taken as: the more, the sharper a front. Left out: 20.",
        examples: [20],
      }),
    tubing: volumeField({
      description: "Volume of the pump's tubing; left out: as in the pump's file.",
      example: "0.2 mL",
      zero: "zeroAllowed",
    }).optional(),
    catheter: volumeField({
      description: "Volume of the catheter; left out: as in the prescription.",
      example: "0.18 mL",
      zero: "zeroAllowed",
    }).optional(),
  })
  .meta({ description: "The line from the head to the catheter's tip." });

const percentField = (description: string, example: string, least: number) =>
  physicalField(PERCENT, { description, example, range: [least, 100] });

const batterySchema = z
  .strictObject({
    capacity: physicalField(CHARGE, {
      description: "Charge of the full battery.",
      example: "300 mAh",
      range: [1, 1e9],
    }),
    stroke: physicalField(CHARGE, {
      description: "Charge that one stroke of the motor takes; left out: none.",
      example: "5 uAh",
      range: [0, 1e6],
    }).optional(),
    rest: physicalField(CURRENT, {
      description: "Current at rest; left out: none.",
      example: "10 uA",
      range: [0, 1e6],
    }).optional(),
    charge: percentField("Charge at the start; left out: 100 %.", "60 %", 0).optional(),
    step: percentField("The pump is told when the charge has fallen by so much; left out: 1 %.", "1 %", 0.1).optional(),
    curve: z
      .array(
        z.strictObject({
          charge: percentField("Charge left.", "50 %", 0),
          voltage: voltageField({ description: "Voltage then.", example: "3.82 V", zero: "zeroAllowed" }),
        }),
      )
      .min(2)
      .max(100)
      .optional()
      .meta({ description: "Its voltage by charge, from full to empty; left out: that of a lithium-ion cell." }),
  })
  .meta({
    description: "A battery that is emptied by the work done. Its charge and voltage reach a pump that measures them.",
  });

/** What `plant:` says. */
export const plantSchema = z
  .strictObject({
    head: headSchema.optional(),
    tube: tubeSchema.optional(),
    airDetector: airDetectorSchema.optional(),
    line: lineSchema.optional(),
    battery: batterySchema.optional(),
    temperature: temperatureField({
      description: "Temperature of tube and liquid; left out: 20 °C.",
      example: "37 C",
      zero: "zeroAllowed",
    }).optional(),
    backPressure: physicalField(PRESSURE, {
      description: "Pressure at the outlet above that at the reservoir; left out: none.",
      example: "1.2 kPa",
      range: [-50, 50],
    }).optional(),
  })
  .meta({ description: "What is around the pump that is not ideal; what is left out is. See docs/plant.md." });

/** `plant:` as it was written. */
export type PlantText = z.infer<typeof plantSchema>;

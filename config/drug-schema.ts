import { z } from "zod";
import { DRUG_UNITS } from "./drug-library";
import { concentrationField, massField } from "./quantity-fields";
import { textField } from "./text-field";

const limitsOf = (what: string, soft: string, hard: string) =>
  z
    .strictObject({
      soft: massField({ description: "Above it a prescription has to say that it is meant.", example: soft }),
      hard: massField({ description: "No prescription passes it.", example: hard }),
    })
    .meta({ description: `Most of the drug ${what}.` });

/** One drug of a pump's library, in its own unit: text in, whole ng and ng/µL with their units out. */
export const libraryDrugSchema = z
  .strictObject({
    name: textField({ description: "The drug's name, as prescriptions say it.", example: "morphine", most: 60 }),
    unit: z.enum(DRUG_UNITS).meta({
      description: "The unit of all its amounts, here and in prescriptions. The other unit is refused, not converted.",
      examples: ["mg"],
    }),
    concentration: z
      .strictObject({
        from: concentrationField({ description: "Lowest concentration that is handled.", example: "0.5 mg/mL" }),
        to: concentrationField({ description: "Highest concentration that is handled.", example: "25 mg/mL" }),
      })
      .meta({ description: "Concentrations that the reservoir may be filled with." }),
    perDay: limitsOf("in any 24 h, demand boluses included", "15 mg", "30 mg"),
    bolus: limitsOf("in one bolus", "1 mg", "2 mg"),
    perHour: limitsOf("in an hour of the highest scheduled rate", "1 mg", "2 mg"),
  })
  .transform(({ name, unit, concentration, perDay, bolus, perHour }) => ({
    name,
    unit,
    limits: {
      minNgPerUl: concentration.from.value,
      maxNgPerUl: concentration.to.value,
      softDayNg: perDay.soft.value,
      hardDayNg: perDay.hard.value,
      softBolusNg: bolus.soft.value,
      hardBolusNg: bolus.hard.value,
      softHourNg: perHour.soft.value,
      hardHourNg: perHour.hard.value,
    },
    /** The same amounts as they were written, by their keys. */
    written: { concentration, perDay, bolus, perHour },
  }));

/** A drug of the library in whole numbers. */
export type LibraryDrugFile = z.infer<typeof libraryDrugSchema>;

import { z } from "zod";
import { CONCENTRATION, parseConcentrationNgPerUl } from "./concentration";
import { DOSE_RATE, parseDoseNgPerDay } from "./dose-rate";
import type { DrugAmount } from "./drug-library";
import { DURATION, durationPattern, parseDurationMs } from "./duration";
import { QuantityError } from "./exact-decimal";
import { MASS, parseMassNg } from "./mass";
import { quantityPattern, unitAsWritten } from "./quantity";
import type { QuantityKind, ZeroRule } from "./quantity";
import { parseRateNlPerDay, RATE } from "./rate";
import { parseSharePerMille, SHARE } from "./share";
import { parseTemperatureDeciC, TEMPERATURE } from "./temperature";
import { parseTimeOfDayMs, TIME_OF_DAY_PATTERN } from "./time-of-day";
import { whatUnitMeasures } from "./units-of-measure";
import { parseVoltageMv, VOLTAGE } from "./voltage";
import { FINE_VOLUME, parseVolumeNl, parseVolumePl, VOLUME } from "./volume";
import { parseWholeDays, WHOLE_DAYS } from "./whole-days";

/** How a quantity's key is described in the published schema. */
export interface FieldNotes {
  readonly description: string;
  /** A text that is right; it is offered when the key is missing. */
  readonly example: string;
  /** Default: `zeroRefused`. */
  readonly zero?: ZeroRule;
}

/** A key whose text becomes something exact; its JSON Schema is that of the text. */
export type TextField<T> = z.ZodPipe<z.ZodString, z.ZodTransform<T, string>>;

/** A key whose text becomes a whole number. */
export type QuantityField = TextField<number>;

/** How a text that is written with a unit is read and described. */
interface Reading<T> {
  /** With its article: `a volume`. */
  readonly noun: string;
  /** For JSON Schema. */
  readonly pattern: string;
  /** Throws `QuantityError`. */
  readonly parse: (text: string) => T;
  readonly isZero: (value: T) => boolean;
}

function exactField<T>({ noun, pattern, parse, isZero }: Reading<T>, notes: FieldNotes): TextField<T> {
  return z
    .string({
      error: ({ input }) =>
        typeof input === "number" ? `${noun} needs a unit, for example ${notes.example}` : undefined,
    })
    .meta({ description: notes.description, examples: [notes.example], pattern })
    .transform((text, context) => {
      try {
        const value = parse(text);
        if (notes.zero === "zeroAllowed" || !isZero(value)) return value;
        context.addIssue({ code: "custom", message: `it must be more than 0, for example ${notes.example}` });
        return z.NEVER;
      } catch (error) {
        if (!(error instanceof QuantityError)) throw error;
        context.addIssue({ code: "custom", message: error.message });
        return z.NEVER;
      }
    });
}

function quantityField(
  kind: QuantityKind,
  pattern: string,
  parse: (text: string, zero: ZeroRule) => number,
  notes: FieldNotes,
): QuantityField {
  const isZero = (value: number): boolean => value === 0;
  return exactField({ noun: kind.noun, pattern, parse: (text) => parse(text, "zeroAllowed"), isZero }, notes);
}

function drugAmount(text: string, value: number): DrugAmount {
  const [massUnit = ""] = unitAsWritten(text).split("/");
  return { value, massUnit, text: text.trim() };
}

function drugAmountField(
  kind: QuantityKind,
  parse: (text: string, zero: ZeroRule) => number,
  notes: FieldNotes,
): TextField<DrugAmount> {
  return exactField(
    {
      noun: kind.noun,
      pattern: quantityPattern(kind),
      parse: (text) => drugAmount(text, parse(text, "zeroAllowed")),
      isZero: ({ value }) => value === 0,
    },
    notes,
  );
}

/** A volume in nL. */
export function volumeField(notes: FieldNotes): QuantityField {
  return quantityField(VOLUME, quantityPattern(VOLUME), parseVolumeNl, notes);
}

/** A volume in pL. */
export function fineVolumeField(notes: FieldNotes): QuantityField {
  return quantityField(FINE_VOLUME, quantityPattern(FINE_VOLUME), parseVolumePl, notes);
}

/** A rate in nL/day. */
export function rateField(notes: FieldNotes): QuantityField {
  return quantityField(RATE, quantityPattern(RATE), parseRateNlPerDay, notes);
}

/** A duration in ms. */
export function durationField(notes: FieldNotes): QuantityField {
  return quantityField(DURATION, durationPattern(), parseDurationMs, notes);
}

/** Whole days. */
export function wholeDaysField(notes: FieldNotes): QuantityField {
  return quantityField(WHOLE_DAYS, quantityPattern(WHOLE_DAYS), parseWholeDays, notes);
}

/** A share in thousandths. */
export function shareField(notes: FieldNotes): QuantityField {
  return quantityField(SHARE, quantityPattern(SHARE), parseSharePerMille, notes);
}

/** A temperature in tenths of a degree Celsius. */
export function temperatureField(notes: FieldNotes): QuantityField {
  return quantityField(TEMPERATURE, quantityPattern(TEMPERATURE), parseTemperatureDeciC, notes);
}

/** A voltage in mV. */
export function voltageField(notes: FieldNotes): QuantityField {
  return quantityField(VOLTAGE, quantityPattern(VOLTAGE), parseVoltageMv, notes);
}

/** A time of day in ms from midnight. @param where whether something begins or ends then */
export function timeOfDayField(where: "begins" | "ends", notes: FieldNotes): QuantityField {
  const parse = (text: string): number => parseTimeOfDayMs(text, where);
  const isZero = (): boolean => false;
  return exactField({ noun: "a time of day", pattern: TIME_OF_DAY_PATTERN, parse, isZero }, notes);
}

/** A concentration in ng/µL, with its unit as it was written. */
export function concentrationField(notes: FieldNotes): TextField<DrugAmount> {
  return drugAmountField(CONCENTRATION, parseConcentrationNgPerUl, notes);
}

/** A mass of drug in ng, with its unit as it was written. */
export function massField(notes: FieldNotes): TextField<DrugAmount> {
  return drugAmountField(MASS, parseMassNg, notes);
}

/** A dose over time in ng/day, with its unit as it was written. */
export function doseRateField(notes: FieldNotes): TextField<DrugAmount> {
  return drugAmountField(DOSE_RATE, parseDoseNgPerDay, notes);
}

/** A rate that is written as a volume, in nL/day, or as a dose of a drug, in ng/day. */
export type RateOrDose = { readonly nlPerDay: number } | { readonly dose: DrugAmount };

/** A rate in nL/day, or a dose over time. */
export function rateOrDoseField(notes: FieldNotes): TextField<RateOrDose> {
  return exactField<RateOrDose>(
    {
      noun: RATE.noun,
      pattern: `${quantityPattern(RATE)}|${quantityPattern(DOSE_RATE)}`,
      parse: (text) =>
        whatUnitMeasures(unitAsWritten(text)) === DOSE_RATE.noun
          ? { dose: drugAmount(text, parseDoseNgPerDay(text)) }
          : { nlPerDay: parseRateNlPerDay(text) },
      isZero: (value) => ("dose" in value ? value.dose.value : value.nlPerDay) === 0,
    },
    notes,
  );
}

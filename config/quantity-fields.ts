import { z } from "zod";
import { CONCENTRATION, parseConcentrationNgPerUl } from "./concentration";
import { DURATION, durationPattern, parseDurationMs } from "./duration";
import { QuantityError } from "./exact-decimal";
import { quantityPattern } from "./quantity";
import type { QuantityKind, ZeroRule } from "./quantity";
import { parseRateNlPerDay, RATE } from "./rate";
import { FINE_VOLUME, parseVolumeNl, parseVolumePl, VOLUME } from "./volume";

/** How a quantity's key is described in the published schema. */
export interface FieldNotes {
  readonly description: string;
  /** A text that is right; it is offered when the key is missing. */
  readonly example: string;
  /** Default: `zeroRefused`. */
  readonly zero?: ZeroRule;
}

/** A key whose text becomes a whole number; its JSON Schema is that of the text. */
export type QuantityField = z.ZodPipe<z.ZodString, z.ZodTransform<number, string>>;

function quantityField(
  kind: QuantityKind,
  pattern: string,
  parse: (text: string, zero: ZeroRule) => number,
  notes: FieldNotes,
): QuantityField {
  return z
    .string({
      error: ({ input }) =>
        typeof input === "number" ? `${kind.noun} needs a unit, for example ${notes.example}` : undefined,
    })
    .meta({ description: notes.description, examples: [notes.example], pattern })
    .transform((text, context) => {
      try {
        const value = parse(text, "zeroAllowed");
        if (value > 0 || notes.zero === "zeroAllowed") return value;
        context.addIssue({ code: "custom", message: `it must be more than 0, for example ${notes.example}` });
        return z.NEVER;
      } catch (error) {
        if (!(error instanceof QuantityError)) throw error;
        context.addIssue({ code: "custom", message: error.message });
        return z.NEVER;
      }
    });
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

/** A concentration in ng/µL. */
export function concentrationField(notes: FieldNotes): QuantityField {
  return quantityField(CONCENTRATION, quantityPattern(CONCENTRATION), parseConcentrationNgPerUl, notes);
}

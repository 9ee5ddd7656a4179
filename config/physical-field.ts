import { z } from "zod";
import { QuantityError } from "./exact-decimal";
import { formatPhysical, parsePhysical, physicalPattern } from "./physical-quantity";
import type { PhysicalKind } from "./physical-quantity";
import type { QuantityField } from "./quantity-fields";

/** How a physical quantity's key is described, and what it may be. */
export interface PhysicalNotes {
  readonly description: string;
  /** A text that is right. */
  readonly example: string;
  /** Least and most, both allowed, in the kind's first unit. */
  readonly range: readonly [least: number, most: number];
}

/** A key that holds a number with its unit, which becomes a float in the kind's first unit. */
export function physicalField(kind: PhysicalKind, { description, example, range }: PhysicalNotes): QuantityField {
  const [least, most] = range;
  return z
    .string({
      error: ({ input }) =>
        typeof input === "number" ? `${kind.noun} needs a unit, for example ${example}` : undefined,
    })
    .meta({ description, examples: [example], pattern: physicalPattern(kind, least < 0) })
    .transform((text, context) => {
      const message = (() => {
        try {
          const value = parsePhysical(kind, text);
          if (value >= least && value <= most) return value;
          const wanted = `it is from ${formatPhysical(kind, least)} to ${formatPhysical(kind, most)}`;
          return `${text.trim()} is too ${value < least ? "small" : "large"}; ${wanted}`;
        } catch (error) {
          if (!(error instanceof QuantityError)) throw error;
          return error.message;
        }
      })();
      if (typeof message === "number") return message;
      context.addIssue({ code: "custom", message });
      return z.NEVER;
    });
}

import { z } from "zod";
import { momentPattern, NAME_PATTERN } from "./moment";
import { CLOCK_SHIFT_PATTERN, DATE_PATTERN, WALL_CLOCK_PATTERN } from "./wall-clock";

/** The example that a missing or wrong time is answered with. */
const EXAMPLES = ["90 min", "day 2 08:00", "first.end + 2 h"];

/** A key that holds a time; it is read when the scenario's clock and names are known. */
export function timeField(description: string): z.ZodString {
  return z
    .string({
      error: ({ input }) => (typeof input === "number" ? `a time needs a unit, for example ${EXAMPLES[0]}` : undefined),
    })
    .meta({ description, examples: EXAMPLES, pattern: momentPattern() });
}

/** A key that names a request. */
export function nameField(description: string): z.ZodString {
  return z
    .string()
    .max(40)
    .regex(new RegExp(`^${NAME_PATTERN}$`), {
      error: "a name is letters, digits and _, beginning with a letter, as first",
    })
    .meta({ description, examples: ["first"] });
}

/** A key that holds a text which is read later, when the scenario's clock is known. */
function textOf(description: string, example: string, pattern: string, what: string): z.ZodString {
  return z
    .string({ error: ({ input }) => (input === undefined ? undefined : `${what} is wanted, for example ${example}`) })
    .meta({ description, examples: [example], pattern });
}

/** A key that holds a date. */
export function dateField(description: string): z.ZodString {
  return textOf(description, "2026-06-01", DATE_PATTERN, "a date");
}

/** A key that holds a date and a time of day. */
export function wallClockField(description: string): z.ZodString {
  return textOf(description, "2026-03-29 03:00", WALL_CLOCK_PATTERN, "a date and a time of day");
}

/** A key that says by how much a clock is moved. */
export function clockShiftField(description: string): z.ZodString {
  return textOf(description, "+1 h", CLOCK_SHIFT_PATTERN, "a sign and a duration");
}

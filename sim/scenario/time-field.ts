import { z } from "zod";
import { momentPattern, NAME_PATTERN } from "./moment";

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

import { z } from "zod";

/** A key that is `yes` or `no`; `true` and `false` are read too, which is how other tools write them. */
export function yesNoField(description: string): z.ZodType<boolean, boolean | "yes" | "no"> {
  return z
    .literal(["yes", "no", true, false])
    .meta({ description, examples: ["yes"] })
    .transform((value) => value === "yes" || value === true);
}

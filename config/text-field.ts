import { z } from "zod";

/** What a free text may hold. */
interface FreeText {
  readonly description: string;
  readonly example?: string;
  /** Most characters. */
  readonly most: number;
  /** True when it may have several lines; else it is one line. */
  readonly severalLines?: boolean;
}

// Control characters move the cursor of the terminal that shows them or change its colours; those of text direction (U+202A to 202E,
// 2066 to 2069) make it show other words than are there. Written as ranges: a JSON Schema's reader may not know \p{...}.
const NEVER_SHOWN = "\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u2028-\\u202e\\u2066-\\u2069";
const LINE_AND_TAB = "\\t\\n";

/** A key that holds words for people: 1 to `most` characters, blanks around them cut off, without any that would not be seen as itself. */
export function textField({ description, example, most, severalLines = false }: FreeText): z.ZodString {
  const refused = severalLines ? NEVER_SHOWN : NEVER_SHOWN + LINE_AND_TAB;
  const firstRefused = new RegExp(`[${refused}]`);
  return (
    z
      .string()
      .trim()
      .min(1)
      // Aborts: the pattern below takes time with the square of a text's length.
      .max(most, { abort: true })
      .regex(new RegExp(`^\\s*[^${refused}]*\\s*$`), {
        error: ({ input }) => {
          const [found = " "] = firstRefused.exec(String(input)) ?? [];
          const code = found.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
          return `it holds the control character U+${code}; ${severalLines ? "plain text" : "one line of plain text"} is wanted`;
        },
      })
      .meta({ description, ...(example === undefined ? {} : { examples: [example] }) })
  );
}

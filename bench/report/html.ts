/** A piece of HTML. Only {@link html} and {@link trusted} make one, so that no text from a file gets into a page unescaped. */
export class Html {
  /** @param text well-formed HTML */
  constructor(readonly text: string) {}
}

/** What can stand in a page: text and numbers are escaped, pieces of HTML are not; a list is its members in their order. */
export type Content = string | number | Html | readonly Content[];

const ENTITIES: Partial<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Characters that a page must not hold, and those that turn the direction of what stands after them. */
const UNPRINTABLE =
  /[^\t\n\u0020-\u007E\u00A0-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]|[\u202A-\u202E\u2066-\u2069\uFEFF]/gu;

/** Text without what cannot be printed, each such character as U+FFFD. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, "\uFFFD");
}

/** Text for HTML, in attributes too, {@link printable}. */
export function escaped(text: string): string {
  return printable(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** Tag of a template: its own text is HTML, what is put into it is escaped. */
export function html(parts: TemplateStringsArray, ...contents: readonly Content[]): Html {
  return new Html(parts.map((part, index) => part + written(contents[index] ?? "")).join(""));
}

/** HTML that this program has drawn itself, such as a chart. Never for what comes from a file. */
export function trusted(text: string): Html {
  return new Html(text);
}

function written(content: Content): string {
  if (content instanceof Html) return content.text;
  if (typeof content === "string") return escaped(content);
  if (typeof content === "number") return String(content);
  return content.map(written).join("");
}

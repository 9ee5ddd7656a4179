/** A start tag, an end tag, or a tag that is both. */
interface Tag {
  readonly name: string;
  readonly isEnd: boolean;
  readonly isWhole: boolean;
  readonly attributes: readonly string[];
}

/** Elements of HTML that have no end tag. */
const VOID = ["meta", "br"];

const TAG = /<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s+[a-zA-Z:-]+(?:="[^"<]*")?)*)\s*(\/?)>/y;

/** All tags of a page in their order; what stands in `<style>` is text. Throws at a `<` that begins none of them. */
export function tagsOf(page: string): Tag[] {
  const tags: Tag[] = [];
  let at = page.startsWith("<!DOCTYPE html>") ? "<!DOCTYPE html>".length : 0;
  for (at = page.indexOf("<", at); at >= 0; at = page.indexOf("<", at)) {
    TAG.lastIndex = at;
    const match = TAG.exec(page);
    if (match === null) throw new Error(`no tag: ${page.slice(at, at + 60)}`);
    const [whole, end = "", name = "", attributes = "", close = ""] = match;
    tags.push({
      name,
      isEnd: end === "/",
      isWhole: close === "/" || VOID.includes(name),
      attributes: [...attributes.matchAll(/[a-zA-Z:-]+(?==|\s|$)/g)].map(([attribute]) => attribute),
    });
    at += whole.length;
    if (name === "style" && end === "") at = page.indexOf("</style>", at);
  }
  return tags;
}

/** Names of elements that are not closed, or closed in the wrong order; empty for a well-formed page. */
export function unclosed(page: string): string[] {
  const open: string[] = [];
  for (const { name, isEnd, isWhole } of tagsOf(page)) {
    if (isWhole) continue;
    if (!isEnd) open.push(name);
    else if (open.at(-1) === name) open.pop();
    else return [...open, `/${name}`];
  }
  return open;
}

/** The cells of the table with this caption, row by row, as a person reads them. */
export function rowsOf(page: string, caption: string): string[][] {
  const table = page.split("<table").find((part) => textOf(part.split("</caption>")[0] ?? "").endsWith(caption));
  if (table === undefined) throw new Error(`there is no table ${caption}`);
  const [, body = ""] = /<tbody>([\s\S]*?)<\/tbody>/.exec(table) ?? [];
  return [...body.matchAll(/<tr>([\s\S]*?)<\/tr>/g)].map(([, row = ""]) =>
    [...row.matchAll(/<td[^>]*>([\s\S]*?)<\/td>/g)].map(([, cell = ""]) => textOf(cell)),
  );
}

/** What stands beside a name in the tables of facts. */
export function factOf(page: string, name: string): string {
  const [, cell] = page.split(`<th scope="row">${name}</th>`)[1]?.match(/<td>([\s\S]*?)<\/td>/) ?? [];
  if (cell === undefined) throw new Error(`there is no fact ${name}`);
  return textOf(cell);
}

/** All that a person reads on the page. */
export function bodyText(page: string): string {
  return textOf(page.split("<body>")[1] ?? "");
}

/** Text without tags; thin blanks as blanks, the minus as `-`. */
export function textOf(markup: string): string {
  const ENTITIES: Record<string, string> = { "&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"', "&#39;": "'" };
  return markup
    .replace(/^[^<]*?>|<[^>]*>/g, "")
    .replace(/&(?:lt|gt|amp|quot|#39);/g, (entity) => ENTITIES[entity] ?? entity)
    .replace(/\u2212/g, "-")
    .replace(/\s+/g, " ")
    .trim();
}

import Papa from "papaparse";

/** Separators of columns, the one that is no decimal mark of anybody first. */
const DELIMITERS = [";", "\t", ","] as const;

/** The separator of a line: semicolon, tab or comma, whichever it has first in this order outside quotes. */
export function delimiterOf(line: string): string {
  const bare = line.replace(/"[^"]*"/g, "");
  return DELIMITERS.find((delimiter) => bare.includes(delimiter)) ?? ",";
}

/**
 * The cells of whole lines, a list for each. A line is a row: a quote that is not closed (of a row that was cut off) ends with its line.
 * @param text lines parted by `\n`, the last without one
 */
export function cellsOfLines(text: string, delimiter: string): string[][] {
  if (!text.includes('"')) {
    // The parser itself: `Papa.parse` would keep and copy the rows, which takes longer than reading them.
    const parsed = new Papa.Parser({ delimiter, newline: "\n", fastMode: true }).parse(
      text,
      0,
      false,
    ) as Papa.ParseResult<string[]>;
    const rows = parsed.data;
    // Nothing at all is one blank line to us and none to the parser.
    return rows.length === 0 ? [[""]] : rows;
  }
  return text.split("\n").map((line) => {
    if (!line.includes('"')) return line.split(delimiter);
    return Papa.parse<string[]>(line, { delimiter, newline: "\n" }).data[0] ?? [""];
  });
}

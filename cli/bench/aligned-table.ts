/** Rows of text in columns for people: numbers to the right, words to the left, two blanks between, no blanks at a line's end. */
export function alignedTable(rows: readonly (readonly string[])[], indent = "  "): string {
  const widths = rows.reduce<number[]>((most, row) => {
    row.forEach((cell, i) => (most[i] = Math.max(most[i] ?? 0, Array.from(cell).length)));
    return most;
  }, []);
  // A column of numbers has digits in every row below its header.
  const isNumber = widths.map((_, i) => rows.slice(1).every((row) => /^(?:[-+±−]?[0-9]|$|—)/.test(row[i] ?? "")));
  const padded = (cell: string, i: number): string => {
    const blanks = " ".repeat((widths[i] ?? 0) - Array.from(cell).length);
    return isNumber[i] === true ? blanks + cell : cell + blanks;
  };
  return rows.map((row) => `${(indent + row.map(padded).join("  ")).trimEnd()}\n`).join("");
}

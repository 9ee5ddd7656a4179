/** One row of a Markdown table; line breaks in a cell become spaces. */
export function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replace(/\s+/g, " ").replace(/\|/g, "\\|")).join(" | ")} |`;
}

/** A Markdown table, line by line. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [row(heads), `|${"---|".repeat(heads.length)}`, ...rows.map(row)];
}

/** Where a page comes from, as it says below its title. */
export function madeFrom(file: string): string {
  return `Made by \`npm run schemas\` from [${file}](${file}); [what it is](README.md).`;
}

import { BadInput } from "../../../config/bad-input";

/** How every zip archive begins, and every spreadsheet of today is one. */
const ZIP = "PK\u0003\u0004";

/** Refuses what is no text: a spreadsheet, a picture, UTF-16 without its mark. Throws {@link BadInput}. @param line from 1 */
export function requireText(piece: string, file: string, line: number): void {
  if (!piece.includes("\0")) return;
  if (piece.startsWith(ZIP)) throw new BadInput(file, 0, "it is a spreadsheet or an archive; save it as CSV");
  throw new BadInput(file, line, "it holds binary data (or UTF-16 without its mark); a CSV file of text is wanted");
}

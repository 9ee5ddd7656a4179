/** Longest message: a dozen problems of one prescription stand in one line. */
const MOST_CHARACTERS = 3000;

/**
 * One problem in what a person wrote: a file, a line and one line of text that says what is wrong and what would be
 * right. The command line prints it and ends with exit code 2; it is never an internal fault.
 */
export class BadInput extends Error {
  override readonly name = "BadInput";
  /** The file as the person named it. */
  readonly file: string;
  /** Line of the problem, from 1; 0: no line is known. */
  readonly line: number;

  constructor(file: string, line: number, message: string) {
    super(inOneLine(message, MOST_CHARACTERS));
    this.file = file;
    this.line = line;
  }
}

/** `file:line: message`, the form that editors and terminals link; `file: message` when no line is known. */
export function describeBadInput(problem: BadInput): string {
  const place = problem.line > 0 ? `${problem.file}:${problem.line}` : problem.file;
  return `${place}: ${problem.message}`;
}

/**
 * Text for a message: control characters and line breaks become spaces, and what is longer than `most` characters is
 * cut. What a file holds must not be able to move the cursor of the terminal that shows it.
 */
export function inOneLine(text: string, most = 600): string {
  const clean = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu, " ").trim();
  const characters = Array.from(clean.slice(0, 2 * most + 2));
  return characters.length <= most ? clean : `${characters.slice(0, most).join("")}...`;
}

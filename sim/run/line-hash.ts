/** A running hash over the lines of a log, each with a newline after it. Given from outside: a web page and Node hash differently. */
export interface LineHash {
  /** Takes one line, without its newline. */
  add(line: string): void;
  /** The hash over all lines, in hexadecimal. Called once, at the end. */
  hex(): string;
}

/** A command line that cannot be meant: one line that says what is wrong and what would be right. Ends with exit code 2. */
export class BadUsage extends Error {
  override readonly name = "BadUsage";
}

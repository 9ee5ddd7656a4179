/** How the command ends; Ctrl-C ends it by the signal itself, which a shell reports as 130. */
export const ExitCode = {
  /** All passed. */
  passed: 0,
  /** A check failed. */
  checkFailed: 1,
  /** What a person wrote is wrong: a file, an option. Nothing ran. */
  badInput: 2,
  /** Minim itself failed, or what it found out could not be written. */
  internalFault: 3,
} as const;

/** One of {@link ExitCode}'s numbers. */
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

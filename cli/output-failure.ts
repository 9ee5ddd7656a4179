import { fileProblem } from "./file-problem";

/**
 * What a run has found out cannot be written where it was to go, though nothing was wrong when it began: a disk that filled up. What ran
 * has run, so this is no bad input: it ends with exit code 3, in one line.
 */
export class OutputFailure extends Error {
  override readonly name = "OutputFailure";
  /** The file; empty for stdout and stderr. */
  readonly file: string;
  /** No line of it is to blame. */
  readonly line = 0;

  private constructor(file: string, message: string, cause: unknown) {
    super(message, { cause });
    this.file = file;
  }

  /** For a file that an option names. */
  static ofFile(option: string, file: string, cause: unknown): OutputFailure {
    return new OutputFailure(file, `${option}: cannot be written: ${fileProblem(cause)}`, cause);
  }

  /** For the command's own words. */
  static ofStream(stream: "stdout" | "stderr", cause: unknown): OutputFailure {
    return new OutputFailure("", `cannot write to ${stream}: ${fileProblem(cause)}`, cause);
  }
}

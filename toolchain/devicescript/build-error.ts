import { stripVTControlCharacters } from "node:util";

/** One complaint of the DeviceScript compiler. */
export interface CompilerProblem {
  /** The file, relative to the checkout's root. */
  readonly file: string;
  /** Line in the file, from 1; 0 when the compiler named none. */
  readonly line: number;
  /** What is wrong, in the compiler's words. */
  readonly message: string;
}

/** A device program could not be compiled. The message has one line `file:line: message` for each problem. */
export class BuildError extends Error {
  /** What the compiler complained about, in its order; empty when the compiler itself could not be run. */
  readonly problems: readonly CompilerProblem[];

  constructor(message: string, problems: readonly CompilerProblem[] = []) {
    super(message);
    this.name = "BuildError";
    this.problems = problems;
  }
}

const LOCATED = /^(\S.*?):(\d+):\d+ - error(?: [A-Z]+\d+)?: (.*)$/;
const LOCATED_IN_BOARD_OR_SERVICE = /^(\S.*?)\((\d+)\): (.*)$/;
const EXCEPTION = /^.*exception: (.*)$/;
/** The compiler says this after every internal error of its own; the line before it tells more. */
const ECHO = /confused by previous errors/;

/** What the runtime's verifier means by the codes that a program of ours can reach. */
const VERIFICATION_CODES: Readonly<Record<string, string>> = {
  "1051": "the function code ends beyond 64 KiB of the image, the most that the runtime can address",
  "1044": "a number literal is subnormal, which the runtime refuses",
};

/** Makes the error that tells what the compiler printed (coloured, several lines a problem) before it gave up. */
export function buildErrorFromOutput(entry: string, output: string, folder: string): BuildError {
  const text = stripVTControlCharacters(output);
  const problems: CompilerProblem[] = [];
  for (const line of text.split("\n")) {
    const problem = readProblem(entry, line, folder);
    if (problem !== undefined && !ECHO.test(problem.message)) problems.push(problem);
  }
  if (problems.length === 0) return new BuildError(`${entry}: the DeviceScript compiler failed:\n${text.trim()}`);
  return new BuildError(problems.map((p) => `${p.file}:${p.line}: ${p.message}`).join("\n"), problems);
}

function readProblem(entry: string, line: string, folder: string): CompilerProblem | undefined {
  const located = LOCATED.exec(line) ?? LOCATED_IN_BOARD_OR_SERVICE.exec(line);
  if (located !== null) {
    const [, file = entry, at = "0", message = ""] = located;
    return { file: file.replace(`${folder}/`, ""), line: Number(at), message };
  }
  const exception = EXCEPTION.exec(line);
  if (exception === null) return undefined;
  const message = exception[1] ?? line;
  const code = /verification error: (\d+)/.exec(message)?.[1];
  const meaning = code === undefined ? undefined : VERIFICATION_CODES[code];
  return { file: entry, line: 0, message: meaning === undefined ? message : `${message}: ${meaning}` };
}

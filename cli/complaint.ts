import { CommanderError } from "commander";
import { BadInput, describeBadInput, inOneLine } from "../config/bad-input";
import { EngineFailure } from "../sim/engines/engine";
import { BuildError } from "../toolchain/devicescript/build-error";
import { BadUsage } from "./bad-usage";
import { ExitCode } from "./exit-code";
import { OutputFailure } from "./output-failure";
import { outJson } from "./terminal";
import type { Terminal } from "./terminal";

/** Several files are wrong: each is named once. */
export class BadFiles extends Error {
  constructor(readonly problems: readonly BadInput[]) {
    super(problems.map(describeBadInput).join("\n"));
  }
}

/** One line of complaint. `file` is empty and `line` 0 where the problem is in no file. */
interface Complaint {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** Tells a failure, one line each (with `json` also as objects of the kind `error`), and how the command ends for it. */
export function complain(failure: unknown, terminal: Terminal, json: boolean): ExitCode {
  const { complaints, exitCode } = judge(failure);
  for (const { file, line, message } of complaints) {
    if (json) outJson(terminal, { kind: "error", file, line, message });
    const place = file === "" ? "minim" : line > 0 ? `${file}:${line}` : file;
    terminal.err(`${place}: ${message}\n`);
  }
  if (exitCode === ExitCode.internalFault && process.env["MINIM_DEBUG"] === "1" && failure instanceof Error)
    terminal.err(`${failure.stack ?? ""}\n`);
  return exitCode;
}

function judge(failure: unknown): { complaints: readonly Complaint[]; exitCode: ExitCode } {
  if (failure instanceof BadFiles) return { complaints: failure.problems, exitCode: ExitCode.badInput };
  if (failure instanceof BadInput) return { complaints: [failure], exitCode: ExitCode.badInput };
  if (failure instanceof BadUsage) return { complaints: [inNoFile(failure.message)], exitCode: ExitCode.badInput };
  if (failure instanceof CommanderError)
    return { complaints: [inNoFile(usageText(failure.message))], exitCode: ExitCode.badInput };
  if (failure instanceof BuildError)
    return failure.problems.length > 0
      ? { complaints: failure.problems, exitCode: ExitCode.badInput }
      : { complaints: [inNoFile(inOneLine(failure.message))], exitCode: ExitCode.internalFault };
  if (failure instanceof OutputFailure) return { complaints: [failure], exitCode: ExitCode.internalFault };
  const text = failure instanceof Error ? failure.message : String(failure);
  const what = failure instanceof EngineFailure ? "the simulated pump failed" : "internal fault";
  return {
    complaints: [inNoFile(`${what}: ${inOneLine(text)} (MINIM_DEBUG=1 shows where)`)],
    exitCode: ExitCode.internalFault,
  };
}

function inNoFile(message: string): Complaint {
  return { file: "", line: 0, message };
}

/** Commander's message in one line, in the words of all the others: `unknown option '--jsn'; did you mean --json?` */
function usageText(message: string): string {
  return message.replace(/^error: /, "").replace(/\s*\(Did you mean (.*?)\?\)\s*$/s, "; did you mean $1?");
}

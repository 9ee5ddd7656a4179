import { CommanderError } from "commander";
import { complain } from "./complaint";
import { ExitCode } from "./exit-code";
import { minimProgram } from "./program";
import type { Terminal } from "./terminal";

/** Runs the command line `args` (without the program's name) and returns the exit code. Never throws. */
export async function main(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  // Asked before the command line is understood: complaints about it are JSON too.
  const json = args.includes("--json");
  let exitCode: ExitCode = ExitCode.passed;
  try {
    const program = minimProgram(terminal, (code) => (exitCode = code));
    await program.parseAsync([...args], { from: "user" });
    return exitCode;
  } catch (failure) {
    if (failure instanceof CommanderError) {
      if (failure.exitCode === 0) return ExitCode.passed;
      // Without a command the help has been shown already, and says it all.
      if (failure.code === "commander.help") return ExitCode.badInput;
    }
    return complain(failure, terminal, json);
  }
}

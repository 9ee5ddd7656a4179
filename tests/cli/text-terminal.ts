import type { Terminal } from "../../cli/terminal";

/** A terminal that keeps what was said, for commands that are called as functions. */
export function textTerminal(): Terminal & { stdout(): string; stderr(): string } {
  let stdout = "";
  let stderr = "";
  return {
    out: (text) => void (stdout += text),
    err: (text) => void (stderr += text),
    colour: false,
    showsProgress: false,
    width: 100,
    stdout: () => stdout,
    stderr: () => stderr,
  };
}

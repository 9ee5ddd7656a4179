import { main } from "../../cli/main";
import type { Terminal } from "../../cli/terminal";

/** What a command printed and how it ended. */
export interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command in this process. */
export async function minim(...args: string[]): Promise<Ended> {
  let stdout = "";
  let stderr = "";
  const terminal: Terminal = {
    out: (text) => void (stdout += text),
    err: (text) => void (stderr += text),
    colour: false,
    showsProgress: false,
    width: 100,
  };
  const exitCode = await main(args, terminal);
  return { exitCode, stdout, stderr };
}

/** The objects of JSON Lines; throws when a line is none. */
export function jsonLines(text: string): Record<string, unknown>[] {
  expectWholeLines(text);
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

function expectWholeLines(text: string): void {
  if (text !== "" && !text.endsWith("\n")) throw new Error("the last line does not end");
}

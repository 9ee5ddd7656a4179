import { styleText } from "node:util";
import { OutputFailure } from "./output-failure";

/** Where a command's words go. */
export interface Terminal {
  /** Results: stdout. With `--json` JSON Lines and nothing else. */
  readonly out: (text: string) => void;
  /** All else: stderr. */
  readonly err: (text: string) => void;
  /** True when results are read by a person who wants colours. */
  readonly colour: boolean;
  /** True when stderr is a terminal, on which a line can be rewritten. */
  readonly showsProgress: boolean;
  /** Characters in a line. */
  readonly width: number;
}

/** The names of colours that the command uses. */
export type Colour = "green" | "red" | "yellow" | "bold" | "dim";

/** Widest line where nothing is known of the reader's screen. */
const USUAL_WIDTH = 100;
const LEAST_WIDTH = 60;
const WIDEST = 160;

/** The terminal of this process. A reader that went away (`| head`) is no fault: the command ends with its verdict. */
export function processTerminal(): Terminal {
  const { stdout, stderr, env } = process;
  return {
    out: writerTo("stdout"),
    err: writerTo("stderr"),
    colour: stdout.isTTY && (env["NO_COLOR"] ?? "") === "",
    showsProgress: stderr.isTTY && env["TERM"] !== "dumb",
    width: stdout.isTTY ? Math.min(WIDEST, Math.max(LEAST_WIDTH, stdout.columns)) : USUAL_WIDTH,
  };
}

function writerTo(name: "stdout" | "stderr"): (text: string) => void {
  const stream = process[name];
  let closed = false;
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw OutputFailure.ofStream(name, error);
    closed = true;
  });
  return (text) => {
    if (!closed) stream.write(text);
  };
}

/** `text` in colour where the reader wants it. */
export function painted(terminal: Terminal, colour: Colour, text: string): string {
  return terminal.colour ? styleText(colour, text, { validateStream: false }) : text;
}

/** One object as a line of JSON on stdout. */
export function outJson(terminal: Terminal, value: object): void {
  terminal.out(`${JSON.stringify(value)}\n`);
}

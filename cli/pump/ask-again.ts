import { addressText } from "./connect-address";
import type { PumpOptions } from "./pump-options";

/** The words of a command line behind `minim pump`. */
export type Words = readonly string[];

/** A whole command line that can be pasted into a shell. @param words the command and its own options; those of the connection are added */
export function commandLine(words: Words, options: PumpOptions): string {
  const { connect, serial, config } = options;
  return [
    "npx minim pump",
    ...words.map(shellWord),
    ...(connect.kind === "sim" ? [] : ["--connect", shellWord(addressText(connect))]),
    ...(serial === undefined ? [] : [`--serial ${serial}`]),
    ...(config === undefined ? [] : ["--config", shellWord(config)]),
  ].join(" ");
}

function shellWord(word: string): string {
  if (/^[A-Za-z0-9_\-+=:,./@%]+$/.test(word)) return word;
  return `"${word.replace(/["$`\\!]/g, "\\$&")}"`;
}

import type { Journal } from "../src/record/journal";

/** Writes journal entries to the board's console as numbers: code, core time, a, b, c, d (see `src/record/journal`). */
export class ConsoleJournal implements Journal {
  write(code: number, atMs: number, a: number, b: number, c: number, d: number): void {
    console.log(`journal ${code} ${atMs} ${a} ${b} ${c} ${d}`);
  }
}

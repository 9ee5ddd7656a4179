import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { PRESCRIPTION_FIELDS } from "../../src/prescription/prescription";
import type { KeptNumbers } from "./pump-host";

/** The numbers of a prescription in a file. */
export class StagedFile implements KeptNumbers {
  constructor(private readonly path: string) {}

  keep(numbers: readonly number[]): void {
    writeFileSync(`${this.path}.new`, `${JSON.stringify(numbers)}\n`);
    renameSync(`${this.path}.new`, this.path);
  }

  kept(): readonly number[] | undefined {
    if (!existsSync(this.path)) return undefined;
    try {
      const numbers: unknown = JSON.parse(readFileSync(this.path, "utf8"));
      const isOurs = Array.isArray(numbers) && numbers.length === PRESCRIPTION_FIELDS;
      return isOurs && numbers.every(Number.isSafeInteger) ? (numbers as number[]) : undefined;
    } catch {
      // Not whole, or no JSON: then nothing was kept.
      return undefined;
    }
  }

  drop(): void {
    rmSync(this.path, { force: true });
  }
}

import { JournalCode } from "../../src/record/journal";

interface Expected {
  readonly code: JournalCode;
  /** Its first number; `undefined`: any. */
  readonly first: number | undefined;
}

/** What the pump still has to tell at this instant. */
export class Untold {
  private expected: Expected[] = [];

  /** The pump has to tell this. */
  expect(code: JournalCode, first?: number): void {
    this.expected.push({ code, first });
  }

  /** The pump tells something: what is wrong with that, or `undefined`. */
  wrong(code: JournalCode, first: number): string | undefined {
    const place = this.expected.findIndex((one) => one.code === code && (one.first ?? first) === first);
    if (place < 0) return `${JournalCode[code]} (${first}) was told, not ${this.words()}`;
    this.expected.splice(place, 1);
    return undefined;
  }

  /** Time goes on: what was not told, or `undefined`. */
  left(): string | undefined {
    if (this.expected.length === 0) return undefined;
    const words = this.words();
    this.expected = [];
    return `not told: ${words}`;
  }

  private words(): string {
    return this.expected.map(({ code, first }) => `${JournalCode[code]} (${first ?? "any"})`).join() || "anything";
  }
}

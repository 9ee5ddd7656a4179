import { expect, test } from "vitest";
import { withNativeTypes } from "../../toolchain/devicescript/native-types";

const TEXT = `/** Left alone. */
export interface Other {
  read(): number;
}

/**
 * Bytes.
 * @native Buffer
 */
export interface Bytes {
  readonly length: number;
  /** One. */
  getAt(place: number): number;
}

export const AFTER = 1;
`;

test("an interface that is marked is the runtime's own type on a device, and lines keep their numbers (TLC-009)", () => {
  const [[, content]] = [...withNativeTypes(new Map([["src/a.ts", Buffer.from(TEXT)]]))] as [[string, Uint8Array]];
  const text = Buffer.from(content).toString();
  expect(text).toContain("export type Bytes = Buffer;");
  expect(text).not.toContain("getAt");
  expect(text).toContain("/** Left alone. */\nexport interface Other {\n  read(): number;\n}");
  const line = (of: string): number => of.split("\n").indexOf("export const AFTER = 1;");
  expect(line(text)).toBe(line(TEXT));
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LineFramer, LONGEST_LINE_BYTES } from "../../../bench/balances/line-framer";

const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, "latin1"));

describe("lines of bytes", () => {
  it("end with CR, LF or CR LF, and have the time of their last byte (BAL-004)", () => {
    const framer = new LineFramer();
    expect(framer.push(bytes("S S  1.0 g\r\nS D"), 10)).toEqual([{ text: "S S  1.0 g", atMs: 10, isWhole: true }]);
    expect(framer.isInLine()).toBe(true);
    expect(framer.push(bytes("  2.0 g\rS S  3.0 g\n\r\n\n"), 30)).toEqual([
      { text: "S D  2.0 g", atMs: 30, isWhole: true },
      { text: "S S  3.0 g", atMs: 30, isWhole: true },
    ]);
    expect(framer.cutOff()).toBeUndefined();
  });

  it("cuts off a half line with the time of its last byte, and what has no end in pieces", () => {
    const framer = new LineFramer();
    framer.push(bytes("S S   12."), 5);
    expect(framer.cutOff()).toEqual({ text: "S S   12.", atMs: 5, isWhole: false });
    const noise = "\u0080".repeat(LONGEST_LINE_BYTES + 3);
    const pieces = [...framer.push(bytes(noise), 7), ...framer.push(bytes("\rS S  1.0 g\r"), 8)];
    expect(pieces.map(({ text, isWhole }) => [text.length, isWhole])).toEqual([
      [LONGEST_LINE_BYTES, false],
      [3, false],
      [10, true],
    ]);
  });

  it("loses no byte but line ends, however they come in pieces", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 6 }), (chunks) => {
        const framer = new LineFramer();
        const lines = chunks.flatMap((chunk, index) => framer.push(chunk, index));
        const last = framer.cutOff();
        const text = [...lines, ...(last === undefined ? [] : [last])].map((line) => line.text).join("");
        const all = Buffer.concat(chunks)
          .toString("latin1")
          .replace(/[\r\n]/g, "");
        expect(text).toBe(all);
      }),
    );
  });
});

import { describe, expect, test } from "vitest";
import { breatheBy } from "../../../src/breath";
import { beginPacking, EntryPacker, isFull } from "../../../src/service/entry-packer";
import { NEVER_MS } from "../../../src/units";
import { strictBytes } from "./strict-bytes";

/** Before the room and behind it nothing is written. */
const UNTOUCHED = 0xaa;

/** A packer whose room is `length` bytes from byte 8 on, in a packet that goes on behind it. */
function roomFor(length: number, skips = 0): { packer: EntryPacker; bytes: Uint8Array } {
  const packet = strictBytes(length + 72);
  packet.bytes.fill(UNTOUCHED);
  const packer = new EntryPacker(packet);
  beginPacking(packer, 8, 8 + length, skips);
  return { packer, bytes: packet.bytes };
}

/** What was packed; all other bytes are as they were. */
function packed({ packer, bytes }: ReturnType<typeof roomFor>): number[] {
  expect([...bytes.slice(0, 8), ...bytes.slice(packer.place)].every((byte) => byte === UNTOUCHED)).toBe(true);
  return [...bytes.slice(8, packer.place)];
}

describe("packed entries", () => {
  test("have a head and a magnitude for each of four numbers, in order, lowest byte first (LNK-038)", () => {
    const room = roomFor(220);
    room.packer.write(200, 5000, 0, 1, 255, 256);
    room.packer.write(69, 5001, 65535, 70000, 4294967295, 4294967296);
    expect(packed(room)).toEqual([
      ...[200, 0, 1, 1, 1, 255, 2, 0, 1],
      ...[69, 2, 255, 255, 3, 112, 17, 1, 4, 255, 255, 255, 255, 5, 0, 0, 0, 0, 1],
    ]);
    expect([room.packer.packed, room.packer.count]).toEqual([2, 2]);
  });

  test("say of a negative number how far below -1 it is, and reach to the highest whole numbers (LNK-038)", () => {
    const room = roomFor(220);
    room.packer.write(64, 0, -1, -2, -256, -257);
    room.packer.write(255, 0, NEVER_MS, -NEVER_MS, 2 ** 48, -0);
    expect(packed(room)).toEqual([
      ...[64, 8, 9, 1, 9, 255, 10, 0, 1],
      ...[255, 7, 255, 255, 255, 255, 255, 255, 31, 15, 254, 255, 255, 255, 255, 255, 31],
      ...[7, 0, 0, 0, 0, 0, 0, 1, 0],
    ]);
  });

  const LONGEST = [NEVER_MS, NEVER_MS, NEVER_MS, NEVER_MS] as const;

  test.each([
    [0, 0],
    [32, 0],
    [33, 1],
    [65, 1],
    [66, 2],
  ])("in %i bytes of room are %i of the longest, and none goes beyond its end (LNK-038)", (length, most) => {
    const room = roomFor(length);
    for (let entry = 0; entry < 3; entry++) room.packer.write(100 + entry, 0, ...LONGEST);
    expect(isFull(room.packer)).toBe(true);
    expect(packed(room)).toHaveLength(33 * most);
    expect([room.packer.packed, room.packer.count]).toEqual([most, most]);
  });

  test("are fourteen at most, and go on where they ended before (LNK-038)", () => {
    const codes: number[] = [];
    for (const [skips, count, most] of [
      [0, 14, 14],
      [14, 28, 14],
      [28, 30, 2],
      [30, 30, 0],
      [31, 30, 0],
    ] as const) {
      const room = roomFor(220, skips);
      for (let entry = 0; entry < 30; entry++) room.packer.write(100 + entry, 0, 0, 0, 0, 0);
      const bytes = packed(room);
      codes.push(...bytes.filter((_, at) => at % 5 === 0));
      expect([room.packer.count, room.packer.packed, bytes.length]).toEqual([count, most, 5 * most]);
      expect(isFull(room.packer)).toBe(most === 14);
    }
    expect(codes).toEqual(Array.from({ length: 30 }, (_, entry) => 100 + entry));
  });

  test("let others work after every fourth (LNK-038)", () => {
    const { packer } = roomFor(220);
    const breaths: number[] = [];
    breatheBy(() => breaths.push(packer.packed));
    for (let entry = 0; entry < 14; entry++) packer.write(64, 0, 1, 2, 3, 4);
    breatheBy(() => undefined);
    expect(breaths).toEqual([4, 8, 12]);
  });
});

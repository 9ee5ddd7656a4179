import { createHash } from "node:crypto";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { RawFile, RawFileChanged } from "../../../bench/record/node/raw-file";
import { PumpLogChanged, PumpLogFile } from "../../../bench/record/node/pump-log-file";
import { RAW_HEADER, RAW_STATUSES } from "../../../bench/record/raw-row";
import type { RawRow } from "../../../bench/record/raw-row";
import { escapedLine, rawRowText, readRawRow, unescapedLine } from "../../../bench/record/raw-text";

const folder = mkdtempSync(join(tmpdir(), "minim-raw-"));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
const newPath = (): string => join(folder, `${++files}.csv`);

function rowAt(elapsedS: number): RawRow {
  return { elapsedS, massG: elapsedS / 7, isStable: true, status: undefined, raw: `S S  ${elapsedS / 7} g` };
}

const anyRow: fc.Arbitrary<RawRow> = fc.record({
  elapsedS: fc.integer({ min: 0, max: 1e9 }).map((ms) => ms / 1000),
  massG: fc.option(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { nil: undefined }),
  isStable: fc.option(fc.boolean(), { nil: undefined }),
  status: fc.option(fc.constantFrom(...RAW_STATUSES), { nil: undefined }),
  raw: fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString("latin1")),
});

describe("a row of the raw file", () => {
  it("comes back as it was, whatever the balance sent, and is one line with four commas", () => {
    fc.assert(
      fc.property(anyRow, (row) => {
        const text = rawRowText(row);
        expect(text).toMatch(/^[^,"\r\n]*(?:,[^,"\r\n]*){4}$/);
        const plusZero = row.massG === 0 ? { ...row, massG: 0 } : row;
        expect(readRawRow(text)).toEqual(plusZero);
      }),
    );
    expect(escapedLine('ST,+1 \\ "\u0007')).toBe("ST\\x2c+1 \\x5c \\x22\\x07");
    expect(unescapedLine(escapedLine("\\x41"))).toBe("\\x41");
    expect(rawRowText(rowAt(0)).startsWith("0.000,0,")).toBe(true);
    expect(rawRowText({ ...rowAt(0), massG: -1.5e-7 })).toContain(",-0.00000015,");
  });
});

describe("the raw file", () => {
  it("goes on from any place at which it was cut, and only grows (BAL-009)", async () => {
    const path = newPath();
    const file = RawFile.begin(path, "onDisk");
    const first = file.state();
    for (const time of [0, 30, 60]) await file.append(rowAt(time));
    file.close();
    const whole = readFileSync(path);
    for (let cut = first.bytes; cut <= whole.length; cut++) {
      writeFileSync(path, whole.subarray(0, cut));
      const seen: number[] = [];
      const again = RawFile.goOn(path, "withSystem", first, (row) => seen.push(row.elapsedS));
      // A row counts when its numbers are whole; only the balance's own words may be cut short.
      const rows = whole.subarray(0, cut).toString().split("\n").slice(1);
      const times = rows.filter((row) => row.split(",").length === 5).map((row) => Number(row.split(",")[0]));
      expect(seen).toEqual(times);
      expect(again.lastElapsedS).toBe(times[times.length - 1]);
      await again.append(rowAt(90));
      const { bytes, rows: count, soFarSha256 } = again.state();
      again.close();
      const after = readFileSync(path);
      expect(after.subarray(0, cut).equals(whole.subarray(0, cut))).toBe(true);
      expect(after.toString().trimEnd().split("\n").slice(-1)).toEqual([rawRowText(rowAt(90))]);
      expect([bytes, count]).toEqual([after.length, after.toString().trimEnd().split("\n").length - 1]);
      expect(soFarSha256).toBe(createHash("sha256").update(after).digest("hex"));
    }
  });

  it("completes a header that was cut off, and is never begun twice", async () => {
    const path = newPath();
    const file = RawFile.begin(path, "withSystem");
    file.close();
    expect(() => RawFile.begin(path, "withSystem")).toThrow("EEXIST");
    truncateSync(path, 7);
    const nothing = { rows: 0, bytes: 0, soFarSha256: createHash("sha256").digest("hex") };
    const again = RawFile.goOn(path, "withSystem", nothing, () => undefined);
    await again.append(rowAt(0));
    again.close();
    expect(readFileSync(path, "utf8")).toBe(`${RAW_HEADER}\n${rawRowText(rowAt(0))}\n`);
  });

  it("is not gone on with when a byte was changed, or when part of it is missing (BAL-009)", async () => {
    const path = newPath();
    const file = RawFile.begin(path, "withSystem");
    await file.append(rowAt(0));
    const state = file.state();
    file.close();
    const text = readFileSync(path, "utf8");
    const goOn = (): RawFile => RawFile.goOn(path, "withSystem", state, () => undefined);
    writeFileSync(path, text.replace("0.000,", "0.001,"));
    expect(goOn).toThrow(RawFileChanged);
    writeFileSync(path, text.slice(0, -2));
    expect(goOn).toThrow("part of the recording is missing");
    expect(readFileSync(path, "utf8")).toBe(text.slice(0, -2));
  });
});

describe("the pump's log", () => {
  it("is the same after a break as without one, and refuses that of another pump", () => {
    const path = newPath();
    const lines = ['{"atMs":0}', '{"atMs":5}', '{"atMs":9}'];
    writeFileSync(path, `${lines[0]}\n{"at`);
    const log = new PumpLogFile(path);
    for (const line of lines) log.add(line);
    log.close();
    expect(readFileSync(path, "utf8")).toBe(`${lines.join("\n")}\n`);
    appendFileSync(path, "more\n");
    expect(() => new PumpLogFile(path).add('{"atMs":1}')).toThrow(PumpLogChanged);
  });
});

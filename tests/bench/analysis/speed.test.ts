import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/** All that the process takes for a day's log: 16 bytes a row twice over, the file in pieces, and some 100 MB for Node.js itself. */
const MOST_MB = 192;
/** 24 h at 10 readings a second. */
const ROWS = 864000;

interface Measured {
  readonly rows: number;
  readonly parseMs: number;
  readonly readMs: number;
  readonly allMs: number;
  readonly largestMb: number;
  readonly byRows: readonly { readonly rows: number; readonly ms: number }[];
}

const folder = mkdtempSync(join(tmpdir(), "minim-speed-"));
let measured: Measured;

beforeAll(async () => {
  const file = join(folder, "day.csv");
  const probe = join(folder, "probe.mjs");
  const massG = (row: number): number => 100 + (0.998 * row) / 36000 + 1e-4 * Math.sin(row);
  const rows = Array.from({ length: ROWS }, (_, i) => `${(i / 10).toFixed(1)},${massG(i).toFixed(5)}\n`);
  writeFileSync(file, `elapsed_s,mass_g\n${rows.join("")}`);
  const entry = join(import.meta.dirname, "speed-probe.ts");
  await build({
    entryPoints: [entry],
    outfile: probe,
    bundle: true,
    platform: "node",
    format: "esm",
    logLevel: "error",
  });
  const told = (...mode: string[]): object => {
    const { stdout, stderr } = spawnSync(process.execPath, [probe, file, ...mode], { encoding: "utf8" });
    if (stderr !== "") throw new Error(stderr);
    return JSON.parse(stdout) as object;
  };
  measured = { ...told(), ...told("once") } as Measured;
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("the cost of an analysis", () => {
  it("is at most three times what merely parsing the CSV of a day takes, in 192 MB (ANA-013)", () => {
    const { rows, parseMs, readMs, allMs, largestMb } = measured;
    console.log(
      `analysis of ${rows} rows: ${(allMs / parseMs).toFixed(2)} x the bare CSV parser, ${(allMs / readMs).toFixed(2)} x reading them; at most ${largestMb.toFixed(0)} MB`,
    );
    expect(rows).toBe(ROWS);
    expect(allMs / parseMs).toBeLessThan(3);
    expect(largestMb).toBeLessThan(MOST_MB);
  });

  it("is linear in the rows, whatever the windows (ANA-013)", () => {
    const { byRows } = measured;
    console.log(
      `analysis with 8 windows: ${byRows.map(({ rows, ms }) => `${rows} rows ${ms.toFixed(0)} ms`).join(", ")}`,
    );
    const [first] = byRows;
    const last = byRows.at(-1);
    // Eight times the rows take eight times the time; twelve times would no longer be linear.
    expect((last?.ms ?? NaN) / (first?.ms ?? NaN)).toBeLessThan(12);
  });
});

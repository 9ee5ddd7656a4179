import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { factOf, rowsOf, textOf, unclosed } from "../bench/report/page-parts";
import { jsonLines, minim } from "./captured-terminal";

const folder = mkdtempSync(join(tmpdir(), "minim-report-"));

/** A CSV of 2 h at 1 mL/h, 3 % too fast, with its SHA-256. */
function steady(name: string): { file: string; sha256: string } {
  const rows = Array.from({ length: 241 }, (_, i) => `${i * 30},${((i * 30 * 1.03 * 0.998) / 3600).toFixed(9)}`);
  const text = `elapsed_s,mass_g\n${rows.join("\n")}\n`;
  const file = join(folder, name);
  writeFileSync(file, text);
  return { file, sha256: createHash("sha256").update(text).digest("hex") };
}

function pageAt(file: string): string {
  return readFileSync(file, "utf8");
}

describe("minim bench report", () => {
  it("writes one page about a CSV beside it, with the hash of the raw file (REP-006)", async () => {
    const { file, sha256 } = steady("steady.csv");
    const { exitCode, stdout, stderr } = await minim(
      ...["bench", "report", file, "--rate", "1 mL/h", "--limit", "5 % ours"],
    );
    const out = join(folder, "steady-report.html");
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toContain(out);
    const page = pageAt(out);
    expect(factOf(page, "SHA-256")).toBe(sha256);
    expect(factOf(page, "Rows")).toBe("241");
    expect(factOf(page, "Mean flow error")).toContain("+3.00 %");
    expect(factOf(page, "Limit")).toBe("±5 % (ours)");
    expect(rowsOf(page, "Observation windows")).toHaveLength(5);
    expect(unclosed(page)).toEqual([]);
  });

  it("ends with 1 when a run fails, and has written the report all the same", async () => {
    const out = join(folder, "fail.html");
    const { file } = steady("fail.csv");
    const args = ["bench", "report", file, "--rate", "1 mL/h", "--limit", "2 % ours", "--out", out, "--json"];
    const { exitCode, stdout } = await minim(...args);
    expect(exitCode).toBe(1);
    expect(jsonLines(stdout)).toMatchObject([
      { kind: "flowReport", file: out, charts: [], recordings: [{ file, rows: 241, verdict: "fail" }] },
    ]);
    expect(textOf(pageAt(out))).toContain("outside ±2 %");
  });

  it("a recording of the simulated bench needs no option at all; its charts can be had as files", async () => {
    const recording = join(folder, "recording");
    const charts = join(folder, "charts");
    const recorded = await minim(
      "bench",
      "record",
      "--out",
      recording,
      "--duration",
      "125 min",
      "--operator",
      "Ada <b>",
    );
    expect(recorded).toMatchObject({ exitCode: 0 });
    expect(await minim("bench", "report", recording, "--charts", charts)).toMatchObject({ exitCode: 0, stderr: "" });
    const page = pageAt(join(recording, "report.html"));
    const raw = readFileSync(join(recording, "balance.csv"));
    expect(factOf(page, "SHA-256")).toBe(createHash("sha256").update(raw).digest("hex"));
    expect(factOf(page, "Technician")).toBe("Ada <b>");
    expect(factOf(page, "Clock")).toContain("virtual: simulated");
    expect(factOf(page, "Checked")).toContain("not altered");
    for (const name of ["trumpet", "start-up", "hourly"])
      expect(pageAt(join(charts, `${name}.svg`))).toMatch(
        /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" [\s\S]*<\/svg>\n$/,
      );
  });

  it("puts several recordings into one report", async () => {
    const out = join(folder, "several.html");
    const files = [steady("one.csv").file, steady("two.csv").file];
    expect(await minim("bench", "report", ...files, "--rate", "1 mL/h", "--out", out)).toMatchObject({ exitCode: 0 });
    expect(rowsOf(pageAt(out), "Results").map(([, file]) => file)).toEqual(files);
  });

  it("overwrites nothing that it reads, and refuses what it cannot do in one line (REP-006)", async () => {
    const { file, sha256 } = steady("kept.csv");
    const rate = ["--rate", "1 mL/h"];
    const refused = async (...args: string[]): Promise<string> => {
      const { exitCode, stderr } = await minim("bench", "report", ...args);
      expect(exitCode).toBe(2);
      expect(stderr.split("\n")).toHaveLength(2);
      return stderr;
    };
    expect(await refused(file, ...rate, "--out", file)).toContain("would overwrite");
    mkdirSync(join(folder, "blank"));
    const blank = steady("blank/balance.csv");
    for (const named of [blank.file, join(folder, "blank")])
      expect(await refused(file, ...rate, "--blank", named, "--out", blank.file)).toContain("would overwrite");
    expect(createHash("sha256").update(readFileSync(blank.file)).digest("hex")).toBe(blank.sha256);
    expect(createHash("sha256").update(readFileSync(file)).digest("hex")).toBe(sha256);
    expect(await refused(file)).toContain("--rate");
    expect(await refused(file, ...rate, "--out", join(folder, "no-such", "x.html"))).toContain(
      "its folder does not exist",
    );
    expect(await refused(file, ...rate, "--charts", file)).toContain("a folder is wanted");
    expect(await refused(file, ...rate, "--charts", "/dev/null/charts")).toContain("a folder is wanted");
    expect(await refused(...Array.from({ length: 13 }, () => file), ...rate)).toContain("at most 12");
    expect(await refused(join(folder, "nothing.csv"), ...rate)).toContain("nothing.csv");
    const other = steady("other.csv").file;
    expect(await refused(file, other, join(folder, ".", "kept.csv"), ...rate)).toContain("kept.csv: it is named twice");
    expect(existsSync(join(folder, "kept-report.html"))).toBe(false);
  });
});

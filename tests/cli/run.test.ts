import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { jsonLines, minim } from "./captured-terminal";
import { FAILING, fileOf, newFolder, PASSING } from "./scenario-texts";

const RUN_FIELDS = [
  "kind",
  "scenario",
  "title",
  "engine",
  "passed",
  "failures",
  "simulatedMs",
  "wallMs",
  "deliveredNl",
  "strokes",
  "events",
  "logSha256",
];

describe("minim run", () => {
  it("passes a scenario whose expectations hold: exit 0 and one block", async () => {
    const file = fileOf(PASSING);
    const { exitCode, stdout, stderr } = await minim("run", file);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^✓ pass {2}A half day {2}/);
    expect(stdout).toContain("279.9 µL in 933 strokes, 12 h at ");
    expect(stderr).toBe("");
  });

  it("fails one whose expectation is wrong: exit 1, its line, expected, actual and the log around it", async () => {
    const file = fileOf(FAILING);
    const { exitCode, stdout } = await minim("run", file);
    expect(exitCode).toBe(1);
    expect(stdout).toContain("✗ FAIL");
    expect(stdout).toContain(`${file}:12: { at: 12 h, delivered: 320 uL, within: 1 stroke }`);
    expect(stdout).toMatch(/expected {2}320 µL/);
    expect(stdout).toMatch(/actual {4}279.9 µL/);
    expect(stdout).toContain('"event":"strokes"');
  });

  it("prints exactly the fields of a run as one line of JSON", async () => {
    const file = fileOf(FAILING);
    const { exitCode, stdout, stderr } = await minim("run", file, "--json");
    const [run, ...others] = jsonLines(stdout);
    expect(exitCode).toBe(1);
    expect(stderr).toBe("");
    expect(others).toEqual([]);
    expect(Object.keys(run ?? {})).toEqual([...RUN_FIELDS, "seed"]);
    expect(run).toMatchObject({
      kind: "run",
      scenario: file,
      engine: "native",
      passed: false,
      simulatedMs: 12 * 3600000,
      // 250 µL + 30 µL in strokes of 300 nL: 933 whole ones, 279.9 µL.
      deliveredNl: 279900,
      strokes: 933,
      failures: [{ line: 12, expect: "{ at: 12 h, delivered: 320 uL, within: 1 stroke }", atMs: 12 * 3600000 }],
    });
    const [failure] = run?.["failures"] as Record<string, unknown>[];
    expect(Object.keys(failure ?? {})).toEqual(["line", "expect", "expected", "actual", "atMs"]);
  });

  it("runs both engines on request, native first, with equal logs, and so again on a grid", async () => {
    const file = fileOf(PASSING);
    for (const grid of [[], ["--grid", "10ms"]]) {
      const { exitCode, stdout } = await minim("run", file, "--engine", "both", "--json", ...grid);
      const runs = jsonLines(stdout);
      expect(exitCode).toBe(0);
      expect(runs.map(({ engine }) => engine)).toEqual(["native", "bytecode"]);
      const [native, bytecode] = runs;
      expect(bytecode?.["logSha256"]).toBe(native?.["logSha256"]);
      expect(Object.keys(native ?? {})).toEqual([...RUN_FIELDS, "seed"]);
      expect(Object.keys(bytecode ?? {})).toEqual([...RUN_FIELDS, "imageSha256", "seed"]);
      expect(bytecode?.["imageSha256"]).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  it("names the requirement that a scenario shows, where it names one", async () => {
    const junit = join(newFolder(), "junit.xml");
    const file = fileOf(PASSING.replace("pump:", "requirement: BOL-004\npump:"));
    const { stdout } = await minim("run", file, fileOf(PASSING), "--json", "--junit", junit);
    expect(jsonLines(stdout).map(({ requirement }) => requirement)).toEqual(["BOL-004", undefined]);
    const xml = readFileSync(junit, "utf8");
    expect(xml.match(/<property /g)).toHaveLength(1);
    expect(xml).toMatch(
      /<testsuite [^>]*>\n *<properties>\n *<property name="requirement" value="BOL-004"\/>\n *<\/properties>\n *<testcase/,
    );
  });

  it("goes on after a failure and says how many passed", async () => {
    const { exitCode, stdout } = await minim("run", fileOf(FAILING), fileOf(PASSING));
    expect(exitCode).toBe(1);
    expect(stdout).toContain("2 scenarios: 1 passed, 1 failed");
  });

  it("writes the log whose hash it prints, also with every stroke on its own line and the same verdict", async () => {
    const file = fileOf(PASSING);
    const log = join(newFolder(), "log.ndjson");
    for (const more of [[], ["--log-strokes"]]) {
      const { stdout } = await minim("run", file, "--json", "--log", log, ...more);
      const [run] = jsonLines(stdout);
      const text = readFileSync(log, "utf8");
      expect(createHash("sha256").update(text).digest("hex")).toBe(run?.["logSha256"]);
      expect(text.split("\n").length - 1).toBe(run?.["events"]);
      expect(run?.["passed"]).toBe(true);
    }
    expect(readFileSync(log, "utf8").match(/"event":"stroke"/g)).toHaveLength(933);
  });

  it("writes JUnit XML: a suite for each run, a case for each expectation", async () => {
    const junit = join(newFolder(), "junit.xml");
    await minim("run", fileOf(PASSING), fileOf(FAILING), "--junit", junit);
    const xml = readFileSync(junit, "utf8");
    expect(xml).toContain('<testsuites tests="4" failures="1" errors="0"');
    expect(xml.match(/<testsuite name=/g)).toHaveLength(2);
    expect(xml).toContain('name="line 11: { request: first, is: granted }"/>');
    expect(xml).toMatch(/<failure message="expected 320 µL[^"<]*got 279.9 µL[^"<]*">/);
  });

  it("draws the run with --plot; beside JSON on stderr", async () => {
    const file = fileOf(PASSING);
    const people = await minim("run", file, "--plot");
    expect(people.stdout).toContain("▲ granted 1");
    const programs = await minim("run", file, "--plot", "--json");
    expect(jsonLines(programs.stdout)).toHaveLength(1);
    expect(programs.stderr).toContain("▲ granted 1");
  });

  it("runs every scenario below a folder, but not the pumps that they name", async () => {
    const { exitCode, stdout } = await minim("run", "scenarios", "--json");
    const runs = jsonLines(stdout);
    expect(exitCode).toBe(0);
    expect(runs.map(({ scenario }) => scenario)).toContain(join("scenarios", "first-day.yaml"));
    expect(runs.every(({ passed }) => passed === true)).toBe(true);
  });

  it("runs nothing when one file is bad, and names each bad file once", async () => {
    const log = join(newFolder(), "log.ndjson");
    const unknownKey = fileOf(PASSING.replace("expect:", "expct:"));
    const unknownUnit = fileOf(PASSING.replace("12 h\n", "12 hh\n"));
    const { exitCode, stdout, stderr } = await minim("run", fileOf(PASSING), unknownKey, unknownUnit, "--json");
    expect(exitCode).toBe(2);
    expect(jsonLines(stdout)).toMatchObject([
      { kind: "error", file: unknownKey, line: 10, message: expect.stringContaining("did you mean expect?") as string },
      { kind: "error", file: unknownUnit, line: 3 },
    ]);
    expect(jsonLines(stdout).map((error) => Object.keys(error))).toEqual(
      Array(2).fill(["kind", "file", "line", "message"]),
    );
    expect(stderr.trimEnd().split("\n")).toHaveLength(2);
    expect(existsSync(log)).toBe(false);
  });

  it("refuses to write over what it reads, and leaves it as it was", async () => {
    const file = fileOf(PASSING);
    for (const option of ["--log", "--junit"]) {
      const { exitCode, stderr } = await minim("run", file, option, file);
      expect(exitCode).toBe(2);
      expect(stderr).toContain("would overwrite");
      expect(readFileSync(file, "utf8")).toBe(PASSING);
    }
    const folder = newFolder();
    const same = join(folder, "out");
    for (const junit of [same, `${folder}/./out`, `${same}.bytecode`]) {
      expect((await minim("run", file, "--log", same, "--engine", "both", "--junit", junit)).exitCode).toBe(2);
      expect(existsSync(same)).toBe(false);
    }
  });

  it("runs nothing when the second log, which is for engines that differ, would take the place of something", async () => {
    const log = join(newFolder(), "log.ndjson");
    mkdirSync(`${log}.bytecode`);
    const { exitCode, stdout, stderr } = await minim("run", fileOf(PASSING), "--engine", "both", "--log", log);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toBe(`${log}.bytecode: --log: this is a folder; a file is wanted\n`);
    expect((await minim("run", fileOf(PASSING), "--log", log)).exitCode).toBe(0);
  });

  it.skipIf(!existsSync("/dev/full")).each(["--log", "--junit"])(
    "tells the verdict, and in one line that %s could not be written after the run: exit 3",
    async (option) => {
      const { exitCode, stdout, stderr } = await minim("run", fileOf(PASSING), option, "/dev/full");
      expect(exitCode).toBe(3);
      expect(stdout).toContain("✓ pass");
      expect(stderr).toBe(`/dev/full: ${option}: cannot be written: no space left\n`);
    },
  );

  it("touches an old log only when the scenario has run", async () => {
    const log = join(newFolder(), "log.ndjson");
    writeFileSync(log, "old");
    await minim("run", fileOf("title: nothing else\n"), "--log", log);
    expect(readFileSync(log, "utf8")).toBe("old");
  });

  it("runs what lasts longer than a program goes without a restart on both engines, with the same log (SIM-005)", async () => {
    const text = PASSING.replace("within: 1 stroke", "within: 30 mL");
    const month = fileOf(text.replace("duration: 12 h", "duration: 24 days 1 ms"));
    const both = await minim("run", month, "--engine", "both", "--json");
    expect(both.exitCode).toBe(0);
    const [native, bytecode, ...others] = jsonLines(both.stdout);
    expect(native).toMatchObject({ engine: "native", passed: true, simulatedMs: 24 * 86400000 + 1 });
    expect(bytecode).toMatchObject({ engine: "bytecode", passed: true, logSha256: native?.["logSha256"] });
    expect(others).toEqual([]);
  });

  it("prints with --report what each interrogation reads, for people and for programs", async () => {
    const visits = "  - { at: 2 h, do: interrogate, as: visit }\n  - { at: 3 h, do: interrogate }\nexpect:";
    const file = fileOf(PASSING.replace("expect:", visits));
    const people = await minim("run", file, "--report");
    expect(people.stdout).toMatch(/^✓ pass/);
    expect(people.stdout).toContain("\nInterrogation visit at 2 h\n");
    expect(people.stdout).toContain("\nInterrogation at 3 h\n");
    const [run, first, second, ...others] = jsonLines((await minim("run", file, "--report", "--json")).stdout);
    expect(run).toMatchObject({ kind: "run", passed: true });
    expect(first).toMatchObject({ kind: "interrogation", file, name: "visit", atMs: 7200000 });
    expect(Object.keys(first ?? {})).toEqual(["kind", "file", "name", "atMs", "report"]);
    expect(second).toMatchObject({ name: null, atMs: 10800000, report: { delivery: { state: "running" } } });
    expect(others).toEqual([]);
    expect((await minim("run", fileOf(PASSING), "--report")).stdout).toContain("nothing was interrogated");
  });
});

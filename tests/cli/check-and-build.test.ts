import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { junitXml } from "../../cli/junit";
import { jsonLines, minim } from "./captured-terminal";
import { fileOf, PASSING } from "./scenario-texts";

describe("minim check", () => {
  it("tells scenarios from pumps and runs nothing", async () => {
    const file = fileOf(PASSING);
    const { exitCode, stdout } = await minim("check", file, "devs.config.json", "scenarios/pumps", "--json");
    const checked = jsonLines(stdout);
    expect(exitCode).toBe(0);
    expect(checked[0]).toEqual({ kind: "check", file, what: "scenario", title: "A half day" });
    expect(checked[1]).toEqual({ kind: "check", file: "devs.config.json", what: "pump", title: "bench-pump" });
    expect(checked.slice(2).every(({ what }) => what === "pump")).toBe(true);
    expect(checked.length).toBeGreaterThan(3);
  });

  it("takes a pattern that the shell left alone, without the pumps of scenarios", async () => {
    const folder = await minim("run", "scenarios/l*.yaml", "--json");
    expect(jsonLines(folder.stdout).map(({ scenario }) => scenario)).toEqual(["scenarios/lockout-edge.yaml"]);
    const pumps = await minim("check", "scenarios/**/reference-*.yaml", "--json");
    expect(jsonLines(pumps.stdout).map(({ title }) => title)).toEqual(["reference-20ml", "reference-40ml"]);
  });

  it("tells good files although others are bad", async () => {
    const good = fileOf(PASSING);
    const bad = fileOf(PASSING.replace("0.5 mL/day", "30 mL/day"));
    const { exitCode, stdout, stderr } = await minim("check", bad, good);
    expect(exitCode).toBe(2);
    expect(stdout).toContain(`${good}: scenario, A half day`);
    expect(stderr).toMatch(new RegExp(`^${bad}:6: .*30 mL/day.*24 mL/day`));
  });
});

describe("a prescription for more drug than the reservoir holds until the refill", () => {
  const text = PASSING.replace("duration:", "clock: 2026-03-01 08:00\nduration:").replace(
    "  basal: 0.5 mL/day",
    "  basal: 0.5 mL/day\n  refillAfter: 60 days",
  );
  // 18 mL above the low mark at 620 uL a day, all boluses taken: 29 days.
  const message =
    "prescription.refillAfter: a full reservoir of 20 mL reaches its low mark of 2 mL after 29 days when every permitted " +
    "bolus is taken; the refill is due after 60 days (filled on 2026-03-01: low on 2026-03-30, due on 2026-04-30)";

  it("is a warning with its dates, and no mistake", async () => {
    const file = fileOf(text);
    const checked = await minim("check", file);
    expect(checked).toMatchObject({ exitCode: 0, stderr: "" });
    expect(checked.stdout).toContain(`  warning  ${file}:8: ${message}\n`);
    for (const command of ["check", "run"]) {
      const { exitCode, stdout } = await minim(command, file, "--json");
      expect(exitCode).toBe(0);
      expect(jsonLines(stdout)).toMatchObject([{ warnings: [{ line: 8, message }] }]);
    }
    expect((await minim("run", file)).stdout).toContain(`  warning  ${file}:8: ${message}\n`);
  });

  it("is said of one that comes later too, and not of one that is only staged", async () => {
    const later = (word: string): string =>
      `  - at: 2 h\n    do: ${word}\n    prescription: { drugs: [{ name: morphine, concentration: 10 mg/mL }], basal: 0.5 mL/day, refillAfter: 60 days }\nexpect:`;
    for (const [word, times] of [
      ["program", 1],
      ["stage", 0],
    ] as const) {
      const { exitCode, stdout } = await minim("check", fileOf(PASSING.replace("expect:", later(word))));
      expect(exitCode).toBe(0);
      expect(stdout.match(/warning/g) ?? []).toHaveLength(times);
    }
  });
});

describe("minim build", () => {
  it("prints the image, its sizes and its hash", async () => {
    const { exitCode, stdout } = await minim("build", "--board", "pump_pico", "--json");
    const [built, ...others] = jsonLines(stdout);
    expect(exitCode).toBe(0);
    // With a firmware at hand the bundle is told too.
    expect(others.filter(({ kind }) => kind !== "bundle")).toEqual([]);
    expect(built).toMatchObject({ kind: "build", board: "pump_pico", codeLimitBytes: 65536, codeBudgetBytes: 57344 });
    const { codeBytes, dataBytes, imageBytes, image, imageSha256, program } = built ?? {};
    expect(Number.isSafeInteger(program)).toBe(true);
    expect(Number(codeBytes) + Number(dataBytes)).toBe(imageBytes);
    expect(imageSha256).toMatch(/^[0-9a-f]{64}$/);
    expect(existsSync(String(image))).toBe(true);
    const people = await minim("build", "--board", "pump_pico");
    expect(people.stdout).toContain(`${String(codeBytes)} bytes`);
    expect(people.stdout).toContain(String(imageSha256));
    expect(people.stdout).toContain(String(program));
  });
});

describe("JUnit XML", () => {
  it("escapes what XML does not allow", () => {
    const failure = { message: 'a "b" <c> & \u0000\n', text: "]]> \u001b[31m \ud800 µL" };
    const xml = junitXml([{ name: "s", seconds: 0.0015, properties: [], cases: [{ name: "x", failure }] }]);
    expect(xml).toContain('message="a &quot;b&quot; &lt;c&gt; &amp; \ufffd&#10;"');
    expect(xml).toContain(">]]&gt; \ufffd[31m \ufffd µL</failure>");
    expect(xml).not.toMatch(/[\u0000-\u0008\u000b-\u001f]/);
  });
});

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

describe("minim build", () => {
  it("prints the image, its sizes and its hash", async () => {
    const { exitCode, stdout } = await minim("build", "--board", "pump_pico", "--json");
    const [built, ...others] = jsonLines(stdout);
    expect(exitCode).toBe(0);
    expect(others).toEqual([]);
    expect(built).toMatchObject({ kind: "build", board: "pump_pico", codeLimitBytes: 65536, codeBudgetBytes: 20480 });
    const { codeBytes, dataBytes, imageBytes, image, imageSha256 } = built ?? {};
    expect(Number(codeBytes) + Number(dataBytes)).toBe(imageBytes);
    expect(imageSha256).toMatch(/^[0-9a-f]{64}$/);
    expect(existsSync(String(image))).toBe(true);
    const people = await minim("build", "--board", "pump_pico");
    expect(people.stdout).toContain(`${String(codeBytes)} bytes`);
    expect(people.stdout).toContain(String(imageSha256));
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

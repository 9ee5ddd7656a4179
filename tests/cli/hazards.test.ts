import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { hazards } from "../../cli/commands/hazards";
import type { HazardSetting } from "../../cli/commands/hazards";
import { runVitest } from "../../cli/hazards/test-run";
import type { TestRunner } from "../../cli/hazards/test-run";
import type { Hazard } from "../../cli/requirements/hazard-files";
import { checkoutRoot } from "../../toolchain/checkout";
import { folderWith } from "../toolchain/checkout-copy";
import { jsonLines, minim } from "./captured-terminal";

const SOURCE = "const a = 1;\nconst b = 2;\n";

/** A hazard whose only mitigation is `find` in the source; `title` has to go red. */
function hazard(id: string, find: string, title: string): Hazard {
  const removal = { file: "src/pump.ts", find, replace: "", red: [{ file: "tests/pump.test.ts", title }] };
  return { id, happened: "h", source: "s", mitigations: [{ what: `no ${find}`, by: ["SAF-001"], removal }] };
}

/** A checkout with one source, and tests of it: each is said to pass while its text stands in the source. */
function settingOf(rows: readonly Hazard[], tests: Record<string, string>): HazardSetting {
  const root = folderWith({ "src/pump.ts": SOURCE, ".git/HEAD": "", "node_modules/tool/index.js": "" });
  const run: TestRunner = (copy) => {
    const source = readFileSync(join(copy, "src/pump.ts"), "utf8");
    const ran = Object.entries(tests).map(([title, needs]) => ({
      file: "tests/pump.test.ts",
      title,
      passed: source.includes(needs),
    }));
    return Promise.resolve(ran);
  };
  return { hazards: rows, root, run };
}

async function ranWith(setting: HazardSetting, ...ids: string[]): Promise<{ code: number; lines: string[] }> {
  let out = "";
  const terminal = {
    out: (text: string) => void (out += text),
    err: (text: string) => void (out += text),
    colour: false,
    showsProgress: false,
    width: 100,
  };
  const code = await hazards(ids, terminal, setting);
  return { code, lines: out.trimEnd().split("\n") };
}

function verdictOf(lines: readonly string[]): unknown {
  return jsonLines(`${lines.at(-1) ?? ""}\n`)[0];
}

describe("the command that takes mitigations out", () => {
  const both = [hazard("H1", "const a = 1;", "guards a"), hazard("H2", "const b = 2;", "guards b")];
  const TESTS = { "guards a": "a = 1", "guards b": "b = 2" };

  test("passes when each is missed by its test, one at a time; the checkout is as before and no copy is left", async () => {
    const setting = settingOf(both, TESTS);
    const copies = new Set<string>();
    const run: TestRunner = (copy, choice) => {
      copies.add(copy);
      expect([existsSync(join(copy, ".git")), existsSync(join(copy, "node_modules/tool/index.js"))]).toEqual([
        false,
        true,
      ]);
      return setting.run(copy, choice);
    };
    const { code, lines } = await ranWith({ ...setting, run });
    expect([code, lines.length]).toEqual([0, 3]);
    expect(verdictOf(lines)).toMatchObject({ kind: "hazards", removals: 2, red: 2, green: [], failedBefore: [] });
    expect(readFileSync(join(setting.root, "src/pump.ts"), "utf8")).toBe(SOURCE);
    expect([...copies].map((copy) => existsSync(copy))).toEqual([false]);
  });

  test("fails when a test stays green, is not there, or failed before", async () => {
    const green = await ranWith(settingOf(both, { ...TESTS, "guards b": "const a" }));
    expect([green.code, verdictOf(green.lines)]).toMatchObject([1, { red: 1, green: ["H2: no const b = 2;"] }]);
    const missing = await ranWith(settingOf(both, { "guards a": "a = 1" }), "H2");
    expect(missing.code).toBe(1);
    expect(verdictOf(missing.lines)).toMatchObject({ red: 0, failedBefore: ["tests/pump.test.ts (guards b)"] });
    const failing = await ranWith(settingOf(both, { ...TESTS, "guards a": "c = 3" }), "H1");
    expect([failing.code, verdictOf(failing.lines)]).toMatchObject([1, { red: 1, failedBefore: [expect.anything()] }]);
  });

  test("one mitigation of two hazards is taken out once; only those that were asked for are", async () => {
    const shared = [...both, { ...hazard("H3", "const a = 1;", "guards a"), todo: "more" }];
    const { lines } = await ranWith(settingOf(shared, TESTS), "H1", "H3");
    expect(verdictOf(lines)).toMatchObject({ removals: 1, red: 1, todo: ["H3"] });
    expect(lines[0]).toContain("H1, H3");
  });

  test("refuses a text that does not stand exactly once, before anything runs", async () => {
    for (const find of ["const", "const c"])
      await expect(ranWith(settingOf([hazard("H1", find, "guards a")], TESTS))).rejects.toThrow(
        /H1: src\/pump\.ts has/,
      );
  });

  test("refuses an unknown hazard in one line, with exit code 2", async () => {
    const { exitCode, stdout, stderr } = await minim("hazards", "H99");
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^minim: there is no hazard H99; [^\n]+\n$/);
  });
});

test("vitest's own runs are read: which tests ran, by file and full title, and how they ended", async () => {
  const root = folderWith({
    "a.test.ts":
      'import { describe, expect, test } from "vitest";\n' +
      'describe("group", () => { test("holds (x)", () => {}); test("fails", () => expect(1).toBe(2)); });\n' +
      'test("other", () => {});\n',
    "b.test.ts": "this is no program\n",
    "node_modules/.keep": "",
  });
  symlinkSync(join(checkoutRoot(), "node_modules/vitest"), join(root, "node_modules/vitest"), "dir");
  expect(await runVitest(root, { files: ["a.test.ts", "b.test.ts"], titles: ["holds (x)", "fails"] })).toEqual([
    { file: "a.test.ts", title: "group holds (x)", passed: true },
    { file: "a.test.ts", title: "group fails", passed: false },
  ]);
});

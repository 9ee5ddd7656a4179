import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkoutRoot } from "../../toolchain/checkout";

test("tests that pass are told by their number alone, in the last lines; what they print comes as it is", () => {
  const root = checkoutRoot();
  const program = join(root, "node_modules/vitest/vitest.mjs");
  const files = ["tests/src/units.test.ts", "tests/boards/control-wake.test.ts"];
  const { status, stdout } = spawnSync(process.execPath, [program, "run", ...files], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined },
  });
  const lines = stdout.split("\n").filter((line) => line.trim() !== "");
  expect(status).toBe(0);
  const figures = lines.filter((line) => line.startsWith("user calls of "));
  expect(figures.length).toBeGreaterThan(0);
  expect(lines.slice(1, 1 + figures.length)).toEqual(figures);
  expect(lines.slice(1 + figures.length).map((line) => line.trim().split(/ {2,}/)[0])).toEqual([
    expect.stringMatching(/^Test Files/),
    expect.stringMatching(/^Tests/),
    expect.stringMatching(/^Start at/),
    expect.stringMatching(/^Duration/),
  ]);
});

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkoutRoot } from "../../toolchain/checkout";

test("mutation tests of a folder that is none: one line, exit code 2", () => {
  const program = join(checkoutRoot(), "bin/mutate.mjs");
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, "deliver"], { encoding: "utf8" });
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr).toBe(
    'minim: mutate: "deliver" is no folder of src/ whose mutants are counted; right are prescription, delivery, motion, reservoir, safety, record, service\n',
  );
});

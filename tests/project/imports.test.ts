import { execFileSync } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkoutRoot } from "../../toolchain/checkout";
import { folderWith } from "../toolchain/checkout-copy";

/** What the import check says about a checkout with these files: `rule: from → to` lines. */
function verdict(files: Record<string, string>): string[] {
  const root = folderWith(files);
  for (const name of ["package.json", "tsconfig.host.json", ".dependency-cruiser.mjs"]) {
    cpSync(join(checkoutRoot(), name), join(root, name));
  }
  const program = join(checkoutRoot(), "node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
  const args = [program, "--config", ".dependency-cruiser.mjs", "--output-type", "err", "."];
  let output: string;
  try {
    output = execFileSync(process.execPath, args, { cwd: root, encoding: "utf8", stdio: "pipe" });
  } catch (failure) {
    output = (failure as { stdout: string }).stdout;
  }
  return output.split("\n").flatMap((line) => /^ {2}error (.*)$/.exec(line)?.[1] ?? []);
}

test("a bad import is named with its rule and both files", () => {
  const found = verdict({
    "src/core.ts": 'import { x } from "../sim/plant";\nimport "node:fs";\nexport const y = x;\n',
    "sim/plant.ts":
      'import type { M } from "../cli/minim";\nimport "@dsboard/pump_pico";\nimport "node:fs";\nexport const x: M = 1;\n',
    "sim/node/file.ts": 'import "node:fs";\nimport { l } from "../../link/client";\nexport const f = l;\n',
    "link/client.ts": "export const l = 1;\n",
    "cli/minim.ts": 'import "node:fs";\nimport "../link/client";\nexport type M = number;\n',
    "boards/main.ts": 'import type { T } from "../config/text";\nexport const t: T = 1;\n',
    "config/words.ts": 'import type { T } from "./text";\nexport const w: T = 1;\n',
    "config/text.ts": 'import "./words";\nexport type T = number;\n',
  });
  expect(found.sort()).toStrictEqual([
    "boards-imports-only-src: boards/main.ts → config/text.ts",
    expect.stringMatching(/^no-circles: config\/(text|words)\.ts → /),
    "node-only-in-node-folders-cli-and-toolchain: sim/plant.ts → fs",
    "node-only-in-node-folders-cli-and-toolchain: src/core.ts → fs",
    "only-boards-import-devicescript: sim/plant.ts → @dsboard/pump_pico",
    "sim-imports-only-src-config-toolchain: sim/node/file.ts → link/client.ts",
    "sim-imports-only-src-config-toolchain: sim/plant.ts → cli/minim.ts",
    "src-imports-no-other-folder: src/core.ts → sim/plant.ts",
    "src-imports-nothing-from-outside-src: src/core.ts → fs",
    "src-imports-nothing-from-outside-src: src/core.ts → sim/plant.ts",
  ]);
});

test("imports that follow the table pass", () => {
  const found = verdict({
    "src/core.ts": "export const c = 1;\n",
    "config/words.ts": 'import type { T } from "./text";\nexport const w: T = 1;\n',
    "config/text.ts": 'export { c } from "../src/core";\n',
    "toolchain/build.ts": 'import "node:fs";\nexport { c } from "../config/text";\n',
    "sim/engine.ts": 'export { c } from "../toolchain/build";\n',
    "cli/minim.ts": 'export { c } from "../sim/engine";\n',
    "boards/main.ts": 'import "@devicescript/core";\nexport { c } from "../src/core";\n',
  });
  expect(found).toStrictEqual([]);
});

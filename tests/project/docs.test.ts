import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { pumpFiles } from "../../sim/scenario/node/pump-files";
import { readScenario } from "../../sim/scenario/read-scenario";
import { checkoutRoot } from "../../toolchain/checkout";

const root = checkoutRoot();
const pages = [
  "README.md",
  ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

function textOf(page: string): string {
  return readFileSync(join(root, page), "utf8");
}

test("the scenario in the README is one that can be run", () => {
  const [, block = ""] =
    /((?: {4}.*\n)+)/.exec(textOf("README.md").split("A scenario is a small text file:")[1] ?? "") ?? [];
  const text = block.replace(/^ {4}/gm, "");
  const file = join(root, "scenarios/readme.yaml");
  expect(readScenario(text, file, pumpFiles(join(root, "scenarios"))).inputs.length).toBeGreaterThan(3);
});

describe.each(pages)("%s", (page) => {
  test("links only to what is there, and has no figure left open", () => {
    const text = textOf(page);
    expect(text).not.toMatch(/@[A-Z]/);
    for (const [, target = ""] of text.matchAll(/\]\(([^)#:]+)[^)]*\)/g)) {
      const path = join(root, page, "..", target);
      expect(() => readFileSync(path), `${page} links to ${target}`).not.toThrow("ENOENT");
    }
  });
});

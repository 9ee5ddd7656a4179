import { existsSync, readdirSync, readFileSync } from "node:fs";
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

test("every scenario that the README's table of features names is there", () => {
  const [, table = ""] = textOf("README.md").split("## What is there");
  const named = [...table.matchAll(/([a-z0-9/-]+)\.yaml/g)].map(([, name = ""]) => name.replace("scenarios/", ""));
  expect(named.length).toBeGreaterThan(20);
  for (const name of named) expect(existsSync(join(root, `scenarios/${name}.yaml`)), `${name}.yaml`).toBe(true);
});

// A path that a page gives for an example, with a place to fill in or a pattern, is not looked for.
const PATH = /`((?:src|boards|config|toolchain|sim|cli|tests|scenarios|docs)\/[A-Za-z0-9._/-]+)`/g;

describe.each(pages)("%s", (page) => {
  test("names only files and folders that are there", () => {
    for (const [, path = ""] of textOf(page).matchAll(PATH))
      expect(existsSync(join(root, path)), `${page} names ${path}`).toBe(true);
  });

  test("links only to what is there, and has no figure left open", () => {
    const text = textOf(page);
    expect(text).not.toMatch(/@[A-Z]/);
    for (const [, target = ""] of text.matchAll(/\]\(([^)#:]+)[^)]*\)/g)) {
      const path = join(root, page, "..", target);
      expect(() => readFileSync(path), `${page} links to ${target}`).not.toThrow("ENOENT");
    }
  });
});

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { checkoutRoot } from "../../toolchain/checkout";

const root = checkoutRoot();
const FOLDER = "docs/requirements";
const NUMBER = /\b[A-Z]{3}-[0-9]{3}\b/g;

interface Requirement {
  readonly number: string;
  readonly shownBy: readonly string[];
}

function requirementsOf(page: string): Requirement[] {
  const rows = readFileSync(join(root, FOLDER, page), "utf8")
    .split("\n")
    .filter((line) => /^\| [A-Z]{3}-[0-9]{3} \|/.test(line));
  return rows.map((row) => {
    const cells = row.split("|").map((cell) => cell.trim());
    const shownBy = [...(cells.at(-2) ?? "").matchAll(/`([^`]+)`/g)].map(([, path = ""]) => path);
    return { number: cells[1] ?? "", shownBy };
  });
}

function filesBelow(folder: string, ending: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(ending))
    .map((name) => `${folder}/${name}`);
}

const requirements = readdirSync(join(root, FOLDER)).flatMap(requirementsOf);
const numbers = requirements.map(({ number }) => number);

test("every requirement has a number of its own", () => {
  expect(requirements.length).toBeGreaterThan(20);
  expect(new Set(numbers).size).toBe(numbers.length);
});

describe.each(requirements)("$number", ({ number, shownBy }) => {
  test("is shown by files that exist and name it", () => {
    expect(shownBy).not.toEqual([]);
    for (const file of shownBy) {
      expect(existsSync(join(root, file)), `${file} is not there`).toBe(true);
      expect(readFileSync(join(root, file), "utf8"), `${file} does not name ${number}`).toContain(number);
    }
  });
});

test("tests and scenarios name no requirement that does not exist", () => {
  const files = [
    ...filesBelow("tests/src", ".test.ts"),
    ...filesBelow("tests/boards", ".test.ts"),
    ...filesBelow("scenarios", ".yaml"),
  ];
  for (const file of files)
    for (const number of readFileSync(join(root, file), "utf8").match(NUMBER) ?? [])
      expect(numbers, `${file} names ${number}`).toContain(number);
});

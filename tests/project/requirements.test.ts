import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readRequirements, REQUIREMENTS_FOLDER, scenarioFile } from "../../cli/requirements/requirement-files";
import { requirementPages } from "../../cli/requirements/requirement-pages";
import { ALARM_WORDS } from "../../sim/scenario/words";
import { checkoutRoot } from "../../toolchain/checkout";
import { LIBRARY_TEST, unshown } from "./unshown";
import type { TestThatRan } from "./unshown";

const root = checkoutRoot();
const NUMBER = /\b[A-Z]{3}-[0-9]{3}\b/g;

const book = readRequirements();
const requirements = book.areas.flatMap((area) => area.requirements);
const numbers = new Set(requirements.map(({ number }) => number));
const answers = [...book.openPca, ...book.therapy.sections.flatMap(({ rows }) => rows)];

function textOf(file: string): string {
  return readFileSync(join(root, file), "utf8");
}

function filesBelow(folder: string, ending: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(ending))
    .map((name) => `${folder}/${name}`);
}

test("every requirement has a number of its own, and is shown by something", () => {
  expect(numbers.size).toBe(requirements.length);
  for (const { number, test: tests, scenario, modelCheck, inspection } of requirements)
    expect(
      [tests, scenario, modelCheck, inspection].flat().filter((file) => file !== undefined),
      number,
    ).not.toEqual([]);
});

describe.each(requirements)(
  "$number",
  ({ number, test: tests = [], scenario = [], modelCheck = [], inspection = [] }) => {
    test("is shown by files that exist and name it", () => {
      for (const file of [...tests, ...modelCheck, ...scenario.map(scenarioFile), ...inspection])
        expect(existsSync(join(root, file)), `${file} is not there`).toBe(true);
      for (const file of [...tests, ...modelCheck, ...scenario.map(scenarioFile)])
        expect(textOf(file), `${file} does not name ${number}`).toContain(number);
    });
  },
);

test("tests and scenarios name no requirement that does not exist, and none that does not list them", () => {
  // A number in what a test reads is an example.
  const files = [
    ...[
      "tests/src",
      "tests/boards",
      "tests/config",
      "tests/sim/engines",
      "tests/sim/run",
      "tests/sim/check",
      "tests/scenarios",
    ].flatMap((folder) => filesBelow(folder, ".test.ts")),
    ...filesBelow("scenarios", ".yaml"),
  ];
  const listed = new Map(
    requirements.map(({ number, test: tests = [], modelCheck = [], scenario = [] }) => [
      number,
      [...tests, ...modelCheck, ...scenario.map(scenarioFile)],
    ]),
  );
  for (const file of files)
    for (const number of textOf(file).match(NUMBER) ?? [])
      expect(listed.get(number), `${file} names ${number}`).toContain(file);
});

test("the answers to demands from outside name requirements and scenarios that exist", () => {
  for (const { by = [], scenario = [] } of answers) {
    for (const number of by) expect(numbers).toContain(number);
    for (const name of scenario) expect(existsSync(join(root, scenarioFile(name))), scenarioFile(name)).toBe(true);
  }
});

test("every source and decision that is cited is told", () => {
  const cited = [...requirements, ...book.therapy.sections.flatMap(({ rows }) => rows)].flatMap(({ source = "" }) => [
    ...source.matchAll(/\b[SD][0-9]+\b/g),
  ]);
  const told = [...Object.keys(book.decisions), ...Object.keys(book.therapy.sources)];
  expect(cited.length).toBeGreaterThan(100);
  for (const [id] of cited) expect(told).toContain(id);
});

test("every alarm has a scenario that provokes it", () => {
  const shown = requirements.find(({ number }) => number === "ALM-001")?.scenario ?? [];
  const named = ALARM_WORDS.map((word) => `alarms/${word.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)}`);
  expect([...shown].sort()).toEqual(named.sort());
});

test("the pages are made from what is written (npm run schemas renews them), and there are no others", () => {
  const pages = requirementPages(book);
  for (const [file, text] of pages) expect(textOf(file), `${file} is stale`).toBe(text);
  expect(filesBelow(REQUIREMENTS_FOLDER, ".md").sort()).toEqual([...pages.keys()].sort());
});

describe("what a run has not shown", () => {
  const wanted = { number: "XXX-001", what: "w", why: "y", test: ["tests/a.test.ts"], scenario: ["b"] };
  const passed = (title: string): TestThatRan => ({ title, passed: true });
  const after = (file: string, ...tests: TestThatRan[]): string[] =>
    unshown([wanted], new Map([[file, tests] as const, [LIBRARY_TEST, [passed("library scenarios/b.yaml passes")]]]));

  test("is nothing when all tests that have the number in their titles passed, and the scenario too", () => {
    expect(after("tests/a.test.ts", passed("group holds (XXX-001)"), { title: "other", passed: false })).toEqual([]);
  });

  test("is a test without the number, a skipped one, one of another file, and a scenario that was left out", () => {
    expect(after("tests/a.test.ts", passed("holds"))).toHaveLength(1);
    expect(after("tests/a.test.ts", passed("X (XXX-001)"), { title: "Y (XXX-001)", passed: false })).toHaveLength(1);
    expect(after("tests/c.test.ts", passed("holds (XXX-001)"))).toHaveLength(1);
    expect(unshown([wanted], new Map())).toEqual([
      "XXX-001: tests/a.test.ts has no test with XXX-001 in its title, or not all of them passed",
      `XXX-001: ${LIBRARY_TEST} has not run scenarios/b.yaml with success`,
    ]);
  });
});

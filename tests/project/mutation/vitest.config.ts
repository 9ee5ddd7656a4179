import { fileURLToPath } from "node:url";
import { BaseSequencer } from "vitest/node";
import type { TestSpecification } from "vitest/node";
import { defineConfig } from "vitest/config";

/**
 * The searches over every reachable state take seconds each, for every mutant that the other tests leave alive. Without them the score can only
 * be lower than it is.
 */
const SEARCHES = ["tests/src/**/*-states.test.ts"];

/**
 * Small tests first: most mutants fall to one of them, and the rest is then not run. The tests of the whole pump come last.
 */
class SmallTestsFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) =>
      moduleId.includes("/tests/src/pump/") ? `2${moduleId}` : `1${moduleId}`;
    return Promise.resolve([...files].sort((a, b) => (rank(a) < rank(b) ? -1 : 1)));
  }
}

/**
 * `npm run mutate` tries each mutant on quick tests that are about its folder first, and what they leave alive on all. Delivery, safety and
 * reservoir are tested by themselves and through the whole pump. Tests that try every byte or bit, or live through months, are left to the second pass.
 */
const { MINIM_MUTATE: folder = "", MINIM_MUTATE_TESTS: which = "all" } = process.env;
const isFirstPass = which === "near";
const THROUGH_THE_PUMP = ["delivery", "safety", "reservoir"];
const FOLDERS = isFirstPass ? [folder, ...(THROUGH_THE_PUMP.includes(folder) ? ["pump"] : [])] : ["**"];
const QUICK = /^(?!.*(any one bit|each byte|any bit|any byte|in whatever order))/;
const LONG = [
  "legal-sequences",
  "dose-limit",
  "hostile-shell",
  "power-cuts*",
  "a-year",
  "delivered-is-ordered",
  "wakes",
];
const LEFT_OUT = isFirstPass ? LONG.map((name) => `tests/src/pump/${name}.test.ts`) : [];

const PROPERTY_TESTS = fileURLToPath(new URL("property-tests.ts", import.meta.url));

/** The native unit and model tests, as mutation testing runs them. */
export default defineConfig({
  resolve: { alias: { "@fast-check/vitest": PROPERTY_TESTS } },
  test: {
    include: FOLDERS.map((one) => `tests/src/${one}/**/*.test.ts`),
    exclude: [...SEARCHES, ...LEFT_OUT],
    ...(isFirstPass ? { testNamePattern: QUICK } : {}),
    sequence: { sequencer: SmallTestsFirst },
    pool: "threads",
    isolate: false,
    testTimeout: 60000,
  },
});

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

/** `npm run mutate` tries each mutant on the tests of its own folder first, and what they leave alive on all. */
const { MINIM_MUTATE: folder = "*", MINIM_MUTATE_TESTS: which = "all" } = process.env;
/** Tests that try every byte or bit take seconds: they are left to the second pass. */
const QUICK = /^(?!.*(any one bit|each byte|any bit|any byte|in whatever order))/;
const tests = `tests/src/${which === "near" ? `${folder}/` : ""}**/*.test.ts`;

const PROPERTY_TESTS = fileURLToPath(new URL("property-tests.ts", import.meta.url));

/** The native unit and model tests, as mutation testing runs them. */
export default defineConfig({
  resolve: { alias: { "@fast-check/vitest": PROPERTY_TESTS } },
  test: {
    include: [tests],
    exclude: SEARCHES,
    ...(which === "near" ? { testNamePattern: QUICK } : {}),
    sequence: { sequencer: SmallTestsFirst },
    pool: "threads",
    isolate: false,
    testTimeout: 60000,
  },
});

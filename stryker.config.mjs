// Mutation tests of one folder of src/, for `npm run mutate` (bin/mutate.mjs), which names the folder in MINIM_MUTATE.
const folder = process.env.MINIM_MUTATE;
if (folder === undefined) throw new Error("name a folder of src/ to mutate: npm run mutate -- delivery");

const isFirstPass = process.env.MINIM_MUTATE_TESTS === "near";

const reports = `.minim/mutation/${folder}`;

/** @type {import("@stryker-mutator/api/core").PartialStrykerOptions} */
export default {
  testRunner: "vitest",
  vitest: { configFile: "tests/project/mutation/vitest.config.ts", related: false },
  mutate: [`src/${folder}/**/*.ts`],
  coverageAnalysis: "perTest",
  concurrency: 1,
  // A mutant that never ends is one that was found out.
  timeoutMS: 4000,
  timeoutFactor: 1.5,
  // What the tests of its own folder leave alive is tried on all tests: only they decide.
  thresholds: { high: 95, low: 90, break: isFirstPass ? null : 90 },
  incremental: true,
  incrementalFile: `${reports}.incremental.json`,
  tempDirName: ".minim/mutation/sandbox",
  ignorePatterns: [".minim", ".devicescript", "boards/generated", "coverage"],
  // Progress on a terminal; quiet in a pipe.
  reporters: [...(process.stdout.isTTY ? ["progress"] : []), "clear-text", "html", "json"],
  clearTextReporter: { allowColor: false, allowEmojis: false, logTests: false, reportTests: false },
  htmlReporter: { fileName: `${reports}.html` },
  jsonReporter: { fileName: `${reports}.json` },
  allowEmpty: false,
  disableTypeChecks: true,
};

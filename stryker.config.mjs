// Mutation tests of one folder of src/, for `npm run mutate` (bin/mutate.mjs), which names the folder in MINIM_MUTATE.
const folder = process.env.MINIM_MUTATE;
if (folder === undefined) throw new Error("name a folder of src/ to mutate: npm run mutate -- delivery");

const isLastPass = process.env.MINIM_MUTATE_LAST === "1";

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
  // What a first pass leaves alive is tried once more: only the last one decides.
  thresholds: { high: 95, low: 90, break: isLastPass ? 90 : null },
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

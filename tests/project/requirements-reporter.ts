import { globSync } from "tinyglobby";
import type { Reporter, TestModule, Vitest } from "vitest/node";
import { readRequirements } from "../../cli/requirements/requirement-files";
import { unshown } from "./unshown";
import type { TestThatRan } from "./unshown";

/**
 * At the end of a whole run: fails it when a requirement was shown by no test that passed. Says nothing of a run of some files or titles only, and nothing when
 * all is shown.
 */
export default class RequirementsReporter implements Reporter {
  private vitest: Vitest | undefined;

  onInit(vitest: Vitest): void {
    this.vitest = vitest;
  }

  onTestRunEnd(modules: readonly TestModule[], _errors: readonly unknown[], reason: string): void {
    const vitest = this.vitest;
    if (vitest === undefined || reason === "interrupted" || !isWhole(vitest, modules)) return;
    const ran = new Map(modules.map((module) => [module.relativeModuleId, testsOf(module)]));
    const lines = unshown(
      readRequirements().areas.flatMap(({ requirements }) => requirements),
      ran,
    );
    if (lines.length === 0) return;
    process.stdout.write(
      `\nREQUIREMENTS NOT SHOWN (docs/requirements):\n${lines.map((line) => `  ${line}\n`).join("")}`,
    );
    process.exitCode = 1;
  }
}

function isWhole(vitest: Vitest, modules: readonly TestModule[]): boolean {
  if (vitest.config.testNamePattern !== undefined) return false;
  const ran = new Set(modules.map(({ relativeModuleId }) => relativeModuleId));
  return globSync(vitest.config.include, { cwd: vitest.config.root }).every((file) => ran.has(file));
}

function testsOf(module: TestModule): TestThatRan[] {
  const tests = [...module.children.allTests()];
  return tests.map((one) => ({ title: one.fullName, passed: one.result().state === "passed" }));
}

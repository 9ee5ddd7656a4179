import { scenarioFile } from "../../cli/requirements/requirement-files";
import type { Requirement } from "../../cli/requirements/requirement-files";

/** The test that runs every scenario, each in a test with the scenario's file in its title. */
export const LIBRARY_TEST = "tests/scenarios/library.test.ts";

/** One test of a run: its full title, those of the groups around it included, and whether it passed; skipped is not passed. */
export interface TestThatRan {
  readonly title: string;
  readonly passed: boolean;
}

/**
 * What a whole run of the tests has not shown. One line for each file that a requirement names and in which not every test that has the requirement's
 * number in its title has passed, or none has it; and for each scenario that was not run with success. `ran`: the tests by their file.
 */
export function unshown(
  requirements: readonly Requirement[],
  ran: ReadonlyMap<string, readonly TestThatRan[]>,
): string[] {
  const hasShown = (file: string, word: string): boolean => {
    const named = ran.get(file)?.filter(({ title }) => title.includes(word)) ?? [];
    return named.length > 0 && named.every(({ passed }) => passed);
  };
  return requirements.flatMap(({ number, test = [], modelCheck = [], scenario = [] }) => [
    ...[...test, ...modelCheck]
      .filter((file) => !hasShown(file, number))
      .map((file) => `${number}: ${file} has no test with ${number} in its title, or not all of them passed`),
    ...scenario
      .map(scenarioFile)
      .filter((file) => !hasShown(LIBRARY_TEST, file))
      .map((file) => `${number}: ${LIBRARY_TEST} has not run ${file} with success`),
  ]);
}

import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { z } from "zod";

/** A run that takes longer is ended, in ms: what was taken out may have been what ends a loop. */
const LONGEST_RUN_MS = 300000;

const resultSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

/** One test that ran: its file, its full title, and whether it passed. Skipped ones are left out. */
export interface RanTest {
  readonly file: string;
  readonly title: string;
  readonly passed: boolean;
}

/** Which tests to run: whole files, or of these files the tests whose full title holds one of `titles`. */
export interface TestChoice {
  readonly files: readonly string[];
  readonly titles?: readonly string[];
}

/** Runs tests in the checkout `root`; resolves to those that ran. A file that cannot even be loaded has none. */
export type TestRunner = (root: string, choice: TestChoice) => Promise<RanTest[]>;

/** A regular expression, as text, for titles that hold one of `titles`. */
function titlePattern(titles: readonly string[]): string {
  return titles.map((title) => title.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
}

/** Runs tests by vitest, in a process of its own. */
export async function runVitest(root: string, { files, titles }: TestChoice): Promise<RanTest[]> {
  const resultFile = join(root, "test-results.json");
  rmSync(resultFile, { force: true });
  const args = [join(root, "node_modules/vitest/vitest.mjs"), "run", "--reporter=json", `--outputFile=${resultFile}`];
  if (titles !== undefined) args.push("-t", titlePattern(titles));
  await new Promise<void>((resolve, reject) => {
    const child = spawn(process.execPath, [...args, ...files], { cwd: root, stdio: "ignore", timeout: LONGEST_RUN_MS });
    child.on("error", reject);
    child.on("close", () => resolve());
  });
  if (!existsSync(resultFile)) return [];
  const { testResults } = resultSchema.parse(JSON.parse(readFileSync(resultFile, "utf8")));
  return testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === "passed" || status === "failed")
      .map(({ fullName, status }) => ({
        file: relative(root, name).replaceAll("\\", "/"),
        title: fullName,
        passed: status === "passed",
      })),
  );
}

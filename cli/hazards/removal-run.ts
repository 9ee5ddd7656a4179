import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { HazardRemoval } from "../requirements/hazard-files";
import type { RanTest, TestChoice, TestRunner } from "./test-run";

type RedTest = HazardRemoval["removal"]["red"][number];

/** Whether the tests of one removal did what they must, and in words what they did. */
export interface RemovalVerdict {
  readonly isRed: boolean;
  readonly told: string;
}

/** The tests of `ran` that `wanted` means. */
function testsOf(ran: readonly RanTest[], { file, title = "" }: RedTest): RanTest[] {
  return ran.filter((one) => one.file === file && one.title.includes(title));
}

function nameOf({ file, title }: RedTest): string {
  return title === undefined ? file : `${file} (${title})`;
}

/** Whole files and single tests, each kind in one run. */
function choicesOf(red: readonly RedTest[]): TestChoice[] {
  const whole = new Set(red.filter(({ title }) => title === undefined).map(({ file }) => file));
  const single = red.filter(({ file, title }) => title !== undefined && !whole.has(file));
  const choices: TestChoice[] = [];
  if (whole.size > 0) choices.push({ files: [...whole] });
  if (single.length > 0)
    choices.push({
      files: [...new Set(single.map(({ file }) => file))],
      titles: [...new Set(single.flatMap(({ title = [] }) => title))],
    });
  return choices;
}

async function runAll(copy: string, red: readonly RedTest[], run: TestRunner): Promise<RanTest[]> {
  const ran: RanTest[] = [];
  for (const choice of choicesOf(red)) ran.push(...(await run(copy, choice)));
  return ran;
}

/** Runs all that the removals name, with nothing taken out. Returns a line for each that does not pass, or is not there. */
export async function failuresBefore(
  copy: string,
  removals: readonly HazardRemoval[],
  run: TestRunner,
): Promise<string[]> {
  const red = removals.flatMap(({ removal }) => removal.red);
  const ran = await runAll(copy, red, run);
  const failed = red.filter((one) => {
    const tests = testsOf(ran, one);
    return tests.length === 0 || tests.some(({ passed }) => !passed);
  });
  return [...new Set(failed.map(nameOf))];
}

/** Takes one mitigation out of the copy, runs its tests and puts it back. Red: in each of the named tests at least one fails. */
export async function runWithout(copy: string, { removal }: HazardRemoval, run: TestRunner): Promise<RemovalVerdict> {
  const path = join(copy, removal.file);
  const whole = readFileSync(path, "utf8");
  let ran: RanTest[];
  writeFileSync(path, whole.split(removal.find).join(removal.replace));
  try {
    ran = await runAll(copy, removal.red, run);
  } finally {
    writeFileSync(path, whole);
  }
  const green = removal.red.filter((one) => testsOf(ran, one).every(({ passed }) => passed));
  // A test file that could not be loaded shows nothing: what is left must still be a program.
  const notRun = green.filter((one) => testsOf(ran, one).length === 0);
  const failed = ran.filter(({ passed }) => !passed).length;
  if (notRun.length > 0) return { isRed: false, told: `could not run ${notRun.map(nameOf).join(", ")}` };
  if (green.length > 0) return { isRed: false, told: `all passes in ${green.map(nameOf).join(", ")}` };
  return { isRed: true, told: `${failed} of ${ran.length} tests fail` };
}

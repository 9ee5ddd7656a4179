// `npm run mutate`: mutation tests of src/, a folder at a time. Every mutant is a small change of the source; tests that stay green with it
// do not see what it changes. `npm run mutate -- delivery` takes one folder; arguments that begin with `--` go to Stryker
// (`--force`: all mutants anew), but for `--first`: the quick pass alone.
import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { prepareOrExit, ROOT } from "./prepare.mjs";

/** The folders of src/ in which at least 90 % of the mutants must be killed. */
const FOLDERS = ["prescription", "delivery", "motion", "reservoir", "safety", "record", "service"];

const words = process.argv.slice(2).filter((word) => word.startsWith("--"));
/** The quick pass alone: what it leaves alive counts as alive. */
const isFirstOnly = words.includes("--first");
const options = words.filter((word) => word !== "--first");
const named = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const wrong = named.find((word) => !FOLDERS.includes(word));
if (wrong !== undefined) {
  const right = FOLDERS.join(", ");
  process.stderr.write(
    `minim: mutate: "${wrong}" is no folder of src/ whose mutants are counted; right are ${right}\n`,
  );
  process.exit(2);
}

const reportOf = (folder) => join(ROOT, `.minim/mutation/${folder}.json`);

/**
 * Tries the mutants of one folder on its own tests, which are quick, and then what they leave alive on all tests; resolves to Stryker's exit
 * code. What was killed is known to the second pass by the incremental report.
 */
async function mutate(folder) {
  rmSync(reportOf(folder), { force: true });
  const code = await stryker(folder, "near", options);
  if (code !== 0 || isFirstOnly) return code;
  const again = options.filter((option) => option !== "--force");
  return stryker(folder, "all", again);
}

/** Runs Stryker; resolves to its exit code. */
function stryker(folder, tests, options) {
  const args = [join(ROOT, "node_modules/@stryker-mutator/core/bin/stryker.js"), "run", ...options];
  const isLast = isFirstOnly || tests === "all";
  const env = { ...process.env, MINIM_MUTATE: folder, MINIM_MUTATE_TESTS: tests, MINIM_MUTATE_LAST: isLast ? "1" : "" };
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: "inherit" });
    const end = () => child.kill();
    process.once("SIGTERM", end);
    child.on("close", (code) => {
      process.off("SIGTERM", end);
      resolve(code);
    });
  });
}

/** Mutants killed (a mutant that never ends counts), of how many, from the report of a folder. */
function scoreOf(folder) {
  if (!existsSync(reportOf(folder))) return "no report";
  const { files } = JSON.parse(readFileSync(reportOf(folder), "utf8"));
  const statuses = Object.values(files).flatMap(({ mutants }) => mutants.map(({ status }) => status));
  const killed = statuses.filter((status) => status === "Killed" || status === "Timeout").length;
  const counted = killed + statuses.filter((status) => status === "Survived" || status === "NoCoverage").length;
  return `${((100 * killed) / counted).toFixed(1)} % of ${counted} mutants killed, ${counted - killed} survive`;
}

await prepareOrExit();
const lines = [];
for (const folder of named.length > 0 ? named : FOLDERS) {
  const code = await mutate(folder);
  if (code !== 0) process.exitCode = 1;
  lines.push(`${folder}: ${scoreOf(folder)}${code === 0 ? "" : " (FAILED)"}`);
}
process.stdout.write(`${lines.join("\n")}\n`);

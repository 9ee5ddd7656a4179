// `npm test`: everything that must hold, cheapest first. Quiet about what is fine; a check that fails is named, with its
// output. Arguments go to vitest, so `npm test -- tests/config` runs all checks but only those tests.
import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { prepareOrExit, ROOT } from "./prepare.mjs";
import { run } from "./run.mjs";

const { folder } = await prepareOrExit();
const tool = (name) => join(ROOT, "node_modules/.bin", name);

/** Each is independent of the others; `say` tells what to do when it fails. */
const CHECKS = [
  {
    name: "device programs (every board, and everything in src/ and boards/)",
    program: process.execPath,
    args: [join(folder, "check-devices.mjs")],
    say: "the device's compiler refuses the above",
  },
  { name: "types", program: tool("tsc"), args: ["-b"], say: "npm run typecheck" },
  {
    name: "format",
    program: tool("prettier"),
    args: ["--check", "--log-level", "warn", "."],
    say: "npm run format mends it",
  },
  {
    name: "imports",
    program: tool("depcruise"),
    args: ["--config", ".dependency-cruiser.mjs", "."],
    say: "npm run imports",
  },
  { name: "lint", program: tool("eslint"), args: ["--max-warnings", "0", "."], say: "npm run lint" },
];

async function failedChecks() {
  const waiting = [...CHECKS];
  const failed = [];
  const worker = async () => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      const { code, output } = await run(check.program, check.args, { cwd: ROOT });
      if (code !== 0) failed.push({ ...check, output });
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), 4) }, worker));
  return failed;
}

const failed = await failedChecks();
for (const { name, output, say } of failed) {
  process.stderr.write(`\n${output.trim()}\n\nFAILED: ${name} (${say})\n`);
}
if (failed.length > 0) process.exit(1);

const vitest = spawn(tool("vitest"), ["run", ...process.argv.slice(2)], { cwd: ROOT, stdio: "inherit" });
vitest.on("close", (code) => {
  process.exitCode = code === null ? 1 : code;
});

import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** A board for native tests; it brings GPIO with it. */
const FAKE_DEVICESCRIPT = fileURLToPath(new URL("tests/boards/fake-devicescript.ts", import.meta.url));

export default defineConfig({
  resolve: { alias: { "@devicescript/core": FAKE_DEVICESCRIPT, "@devicescript/gpio": FAKE_DEVICESCRIPT } },
  test: {
    include: ["tests/**/*.test.ts"],
    // Requirements that a whole run did not show. Then failures and the summary; what tests print, such as seeds and figures, comes as it
    // is, without the name of its file.
    reporters: ["./tests/project/requirements-reporter.ts", ["minimal", { silent: false }]],
    onConsoleLog: (text) => {
      process.stdout.write(text);
      return false;
    },
    pool: "threads",
    // Two cores are what it has to be quick on; by itself the runner leaves one of them idle.
    maxWorkers: 2,
    // No module of ours keeps state between calls, so test files may share what is loaded: several times faster.
    isolate: false,
    // For the slowest tests, which compile device programs on a busy machine; no test waits for time to pass.
    testTimeout: 60000,
    hookTimeout: 60000,
  },
});

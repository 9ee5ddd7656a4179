import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    pool: "threads",
    // No module of ours keeps state between calls, so test files may share what is loaded: several times faster.
    isolate: false,
    // For the slowest tests, which compile device programs on a busy machine; no test waits for time to pass.
    testTimeout: 60000,
    hookTimeout: 60000,
  },
});

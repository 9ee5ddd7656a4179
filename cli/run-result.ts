import { hasPassed } from "./engine-run";
import type { EngineRun } from "./engine-run";
import type { JunitSuite } from "./junit";

/** A run as an object of the kind `run`, for `--json`. Fields are only ever added. */
export function runResult(run: EngineRun, seed: number): object {
  const { scenario, outcome, wallMs, imageSha256, difference } = run;
  return {
    kind: "run",
    scenario: scenario.file,
    title: scenario.title,
    ...(scenario.requirement === undefined ? {} : { requirement: scenario.requirement }),
    ...(scenario.warnings.length === 0 ? {} : { warnings: scenario.warnings }),
    engine: outcome.engine,
    passed: hasPassed(run),
    failures: outcome.failures.map(({ line, expect, expected, actual, atMs }) => ({
      line,
      expect,
      expected,
      actual,
      atMs,
    })),
    simulatedMs: outcome.simulatedMs,
    wallMs: Math.round(wallMs * 1000) / 1000,
    deliveredNl: outcome.deliveredNl,
    strokes: outcome.strokes,
    events: outcome.events,
    logSha256: outcome.logSha256,
    ...(imageSha256 === undefined ? {} : { imageSha256 }),
    seed,
    ...(difference === undefined
      ? {}
      : {
          firstDifference: {
            line: difference.index + 1,
            native: difference.a ?? null,
            bytecode: difference.b ?? null,
          },
        }),
  };
}

/** A run as a suite for JUnit: a case for each expectation, for each event that never happened, for the other engine's log. */
export function runSuite(run: EngineRun): JunitSuite {
  const { scenario, outcome, difference, wallMs } = run;
  const judged = new Set(outcome.verdicts.map(({ failure }) => failure));
  const verdicts = outcome.verdicts.map(({ line, expect, failure }) => ({ line, expect, failure }));
  const never = outcome.failures.filter((failure) => !judged.has(failure));
  const cases = [...verdicts, ...never.map((failure) => ({ line: failure.line, expect: failure.expect, failure }))].map(
    ({ line, expect, failure }) => ({
      name: `line ${line}: ${expect}`,
      failure: failure && {
        message: `expected ${failure.expected}, got ${failure.actual}`,
        text: failure.logAround.join("\n"),
      },
    }),
  );
  if (difference !== undefined)
    cases.push({
      name: "both engines write the same log",
      failure: {
        message: `the logs differ from line ${difference.index + 1} on`,
        text: `native: ${difference.a ?? "(ended)"}\nbytecode: ${difference.b ?? "(ended)"}`,
      },
    });
  const properties: JunitSuite["properties"] =
    scenario.requirement === undefined ? [] : [{ name: "requirement", value: scenario.requirement }];
  return { name: `${scenario.file} (${outcome.engine})`, seconds: wallMs / 1000, properties, cases };
}

import { formatDuration, formatVolume } from "../config/quantities";
import type { RunFailure } from "../sim/run/outcome";
import { threeDigits } from "../sim/plot/scale";
import type { ScenarioWarning } from "../sim/scenario/scenario";
import { hasPassed } from "./engine-run";
import type { EngineRun } from "./engine-run";
import { painted } from "./terminal";
import type { Terminal } from "./terminal";

/** How many digits of a hash tell one from another by eye. */
const HASH_DIGITS = 12;

/** One scenario for people: the verdict, a line for each engine, what failed and how. */
export function runReport(runs: readonly EngineRun[], terminal: Terminal): string {
  const [first] = runs;
  if (first === undefined) return "";
  const passed = runs.every(hasPassed);
  const mark = passed ? painted(terminal, "green", "✓ pass") : painted(terminal, "red", "✗ FAIL");
  const { title, file, warnings } = first.scenario;
  const lines = [`${mark}  ${painted(terminal, "bold", title)}  ${painted(terminal, "dim", file)}`];
  lines.push(...runs.map(engineLine), hashLine(runs));
  lines.push(...warnings.map((warning) => warningLine(file, warning, terminal).trimEnd()));
  // What both engines show alike is told once.
  const told = new Set<string>();
  for (const run of runs) {
    const { engine, failures } = run.outcome;
    for (const failure of failures) {
      const text = failureText(file, failure, terminal);
      if (!told.has(text))
        lines.push(runs.length > 1 && !isShared(runs, failure) ? `${text}\n      (on ${engine})` : text);
      told.add(text);
    }
  }
  const { difference } = first;
  if (difference !== undefined) lines.push(differenceText(difference, terminal));
  return `${lines.join("\n")}\n`;
}

function engineLine({ outcome, wallMs }: EngineRun): string {
  const { engine, deliveredNl, strokes, simulatedMs } = outcome;
  const speed = speedText(simulatedMs, wallMs);
  return `  ${engine.padEnd(8)}  ${formatVolume(deliveredNl)} in ${strokes} strokes, ${formatDuration(simulatedMs)} at ${speed}`;
}

/** One line about something that is right and probably not meant. */
export function warningLine(file: string, { line, message }: ScenarioWarning, terminal: Terminal): string {
  return `  ${painted(terminal, "yellow", "warning")}  ${file}:${line}: ${message}\n`;
}

/** The hashes by which a run is known again: of its log, on each engine where they differ, and of the compiled program. */
function hashLine(runs: readonly EngineRun[]): string {
  const logs = [...new Set(runs.map(({ outcome }) => outcome.logSha256))].map((hash) => hash.slice(0, HASH_DIGITS));
  const shared = runs.length > 1 && logs.length === 1 ? " on both engines" : "";
  const image = runs.find(({ imageSha256 }) => imageSha256 !== undefined)?.imageSha256;
  const program = image === undefined ? "" : `, program ${image.slice(0, HASH_DIGITS)}`;
  return `  ${"sha256".padEnd(8)}  log ${logs.join(" and ")}${shared}${program}`;
}

/** How much faster than real time: `1,230,000 x real time`. */
function speedText(simulatedMs: number, wallMs: number): string {
  const speed = Number(threeDigits(simulatedMs / Math.max(wallMs, 0.001)));
  return `${speed.toLocaleString("en-US")} x real time`;
}

function isShared(runs: readonly EngineRun[], failure: RunFailure): boolean {
  return runs.every(({ outcome }) =>
    outcome.failures.some(({ line, expect, actual }) => {
      return line === failure.line && expect === failure.expect && actual === failure.actual;
    }),
  );
}

function failureText(file: string, failure: RunFailure, terminal: Terminal): string {
  const { line, expect, expected, actual, logAround } = failure;
  const lines = [
    `  ${file}:${line}: ${expect}`,
    `      expected  ${painted(terminal, "green", expected)}`,
    `      actual    ${painted(terminal, "red", actual)}`,
  ];
  if (logAround.length > 0) lines.push("      log around it:", ...logAround.map((text) => `        ${text}`));
  return lines.join("\n");
}

function differenceText(difference: NonNullable<EngineRun["difference"]>, terminal: Terminal): string {
  const { index, before, a, b } = difference;
  return [
    `  the engines' logs differ from line ${index + 1} on:`,
    ...before.map((text) => `                ${text}`),
    `      native    ${painted(terminal, "red", a ?? "(the log has ended)")}`,
    `      bytecode  ${painted(terminal, "red", b ?? "(the log has ended)")}`,
  ].join("\n");
}

/** The last line after several scenarios. */
export function summary(passed: number, failed: number, terminal: Terminal): string {
  const failures = failed === 0 ? "" : `, ${painted(terminal, "red", `${failed} failed`)}`;
  return `${passed + failed} scenarios: ${passed} passed${failures}\n`;
}

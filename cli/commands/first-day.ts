import { join } from "node:path";
import { shownPath } from "../../sim/scenario/node/text-file";
import { checkoutRoot } from "../../toolchain/checkout";
import { hasPassed, runOnEngines } from "../engine-run";
import { ExitCode } from "../exit-code";
import { pictureOf } from "../picture";
import { Progress } from "../progress";
import { runReport } from "../run-report";
import { readScenarios } from "../scenario-files";
import { compileSimulatorProgram } from "../simulator-program";
import { painted } from "../terminal";
import type { Terminal } from "../terminal";

const SCENARIO = "scenarios/first-day.yaml";

/** `npm start`: compiles the firmware, runs a day of therapy on both engines, draws it and says what to run next. */
export async function firstDay(terminal: Terminal): Promise<ExitCode> {
  const root = checkoutRoot();
  const heading = (text: string): string => painted(terminal, "bold", text);
  terminal.out(
    `${heading("Minim")}: a pump firmware core, for the bench, for teaching and for research.\n` +
      `${painted(terminal, "yellow", "It is not a medical device and must never be connected to a person.")}\n\n`,
  );

  const [scenario] = readScenarios([shownPath(join(root, SCENARIO))]);
  if (scenario === undefined) throw new Error(`${SCENARIO} is missing`);
  const program = await compileSimulatorProgram(undefined);
  const { imageBytes, codeBytes } = program.sizes;
  terminal.out(
    `${heading("Firmware")} for ${program.board}: ${imageBytes} bytes of DeviceScript bytecode, ${codeBytes} of them code\n` +
      `${heading("Scenario")}  ${scenario.title}\n\n`,
  );

  const progress = new Progress(terminal, scenario.durationMs);
  const runs = runOnEngines(scenario, {
    engine: "both",
    program,
    onGrid: false,
    logStrokes: false,
    reached: (engine, atMs) => progress.reached(`a day on ${engine}`, atMs),
  });
  progress.end();
  const [native] = runs;
  if (native !== undefined) terminal.out(`${pictureOf(native, terminal)}\n`);
  terminal.out(`${runReport(runs, terminal)}\n`);

  const passed = runs.every(hasPassed);
  terminal.out(passed ? verdict(heading) : "The day did not go as the scenario says; see above.\n");
  return passed ? ExitCode.passed : ExitCode.checkFailed;
}

function verdict(heading: (text: string) => string): string {
  const next = [
    [`npx minim run ${SCENARIO} --plot`, "this day again"],
    ["npx minim run scenarios --engine both", "all scenarios"],
    ["npx minim build --board pump_pico", "another board's firmware"],
    ["npx minim --help", "all commands"],
  ] as const;
  const longest = Math.max(...next.map(([command]) => command.length));
  return (
    "The board's program and its source, run natively, wrote the same log:\n" +
    "every stroke at the same millisecond.\n\n" +
    `${heading("Next")}\n` +
    next.map(([command, what]) => `  ${command.padEnd(longest)}   ${what}\n`).join("") +
    `  Edit ${SCENARIO} and run it again.\n`
  );
}

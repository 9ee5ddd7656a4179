import { basename } from "node:path";
import { BadInput } from "../../config/bad-input";
import { readBoardPump, readPumpFile } from "../../config/read-pump";
import type { ScenarioWarning } from "../../sim/scenario/scenario";
import { DEFAULT_PUMP_FILE } from "../../toolchain/devicescript/generated-config";
import { ExitCode } from "../exit-code";
import { namedFiles } from "../named-files";
import { warningLine } from "../run-report";
import { readAll, readNamedDocument, scenarioOfFile } from "../scenario-files";
import { outJson, painted } from "../terminal";
import type { Terminal } from "../terminal";

/** A file that was found in order. */
interface CheckedFile {
  readonly file: string;
  readonly what: "scenario" | "pump";
  /** The scenario's title, the pump's name. */
  readonly title: string;
  /** What is right and probably not meant. */
  readonly warnings: readonly ScenarioWarning[];
}

/** `minim check`: judges scenarios and pump files without running anything. Good files are told even when others are bad. */
export async function check(
  args: readonly string[],
  options: { readonly json?: true },
  terminal: Terminal,
): Promise<ExitCode> {
  const files = await namedFiles(args, { withPumps: true });
  readAll(files, (file) => {
    const { warnings, ...checked } = checkFile(file);
    if (options.json === true)
      outJson(terminal, { kind: "check", ...checked, ...(warnings.length === 0 ? {} : { warnings }) });
    else {
      terminal.out(`${painted(terminal, "green", "✓")} ${file}: ${checked.what}, ${checked.title}\n`);
      for (const warning of warnings) terminal.out(warningLine(file, warning, terminal));
    }
  });
  return ExitCode.passed;
}

function checkFile(file: string): CheckedFile {
  const named = readNamedDocument(file);
  if (named.what === "pump") return checkPump(named.text, file);
  const { title, warnings } = scenarioOfFile(named);
  return { file, what: "scenario", title, warnings };
}

/** A pump file of the name that builds read is judged as they do; any other is a pump for the simulator, and only told what no board could watch. */
function checkPump(text: string, file: string): CheckedFile {
  const isBuilt = basename(file) === DEFAULT_PUMP_FILE;
  const { name } = isBuilt ? readBoardPump(text, file) : readPumpFile(text, file);
  return { file, what: "pump", title: name, warnings: isBuilt ? [] : boardWarnings(text, file) };
}

function boardWarnings(text: string, file: string): ScenarioWarning[] {
  try {
    readBoardPump(text, file);
    return [];
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    return [{ line: error.line, message: error.message }];
  }
}

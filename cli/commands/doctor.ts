import { chipOfBoard } from "../../toolchain/board/chip";
import { listBoards } from "../../toolchain/devicescript/boards";
import { boardFindings } from "../../toolchain/doctor/board-findings";
import type { Finding } from "../../toolchain/doctor/finding";
import { simulatorFindings } from "../../toolchain/doctor/simulator-findings";
import { BadInput } from "../../config/bad-input";
import { thisHost } from "../board/flash-host";
import { namedBoard } from "../board/named-board";
import { ExitCode } from "../exit-code";
import { outJson, painted } from "../terminal";
import type { Colour, Terminal } from "../terminal";

/** The options of `minim doctor`. */
export interface DoctorOptions {
  readonly board?: string;
  readonly json?: true;
}

const MARKS: Readonly<Record<Finding["verdict"], readonly [mark: string, colour: Colour]>> = {
  ok: ["✓", "green"],
  warning: ["!", "yellow"],
  missing: ["✗", "red"],
};

/**
 * `minim doctor`: looks at all that is needed, a line for each thing, with what mends it. What only a board needs is a warning, unless
 * `--board` says that it is wanted.
 * @param host given in tests
 */
export async function doctor(options: DoctorOptions, terminal: Terminal, host = thisHost()): Promise<ExitCode> {
  const { root } = host;
  const board = await boardToLookAt(root, options);
  const chip = await chipOfBoard(root, board);
  let isMissing = false;
  const tell = (group: string, finding: Finding): void => {
    if (finding.verdict === "missing") isMissing = true;
    if (options.json === true) outJson(terminal, { kind: "doctor", group, ...finding });
    else terminal.out(findingText(finding, terminal));
  };
  heading("For builds and the simulator", options, terminal);
  for await (const finding of simulatorFindings(root, board)) tell("simulator", finding);
  heading(`For ${board}`, options, terminal);
  for await (const finding of boardFindings(chip, host)) {
    const isOnlyBoards = finding.verdict === "missing" && options.board === undefined;
    tell("board", isOnlyBoards ? { ...finding, verdict: "warning" } : finding);
  }
  if (options.json !== true) terminal.out(verdictText(isMissing, options));
  return isMissing ? ExitCode.checkFailed : ExitCode.passed;
}

/** Of a pump file that is wrong the first board is taken: that the file is wrong is a finding, and no reason to look at nothing. */
async function boardToLookAt(root: string, { board }: DoctorOptions): Promise<string> {
  try {
    return await namedBoard(root, board);
  } catch (error) {
    const [first] = await listBoards(root);
    if (board !== undefined || first === undefined || !(error instanceof BadInput)) throw error;
    return first;
  }
}

function heading(text: string, { json }: DoctorOptions, terminal: Terminal): void {
  if (json !== true) terminal.out(`${painted(terminal, "bold", text)}\n`);
}

function findingText({ what, verdict, found, fix }: Finding, terminal: Terminal): string {
  const [mark, colour] = MARKS[verdict];
  const label = painted(terminal, colour, `${mark} ${verdict.padEnd(7)}`);
  return `  ${label}  ${what}: ${found}\n${fix === undefined ? "" : `             ${fix}\n`}`;
}

function verdictText(isMissing: boolean, { board }: DoctorOptions): string {
  if (isMissing) return "Something that is needed is missing.\n";
  return board === undefined
    ? "The simulator has all that it needs. What a board needs is asked by: npx minim doctor --board ID\n"
    : `All that ${board} needs is there.\n`;
}

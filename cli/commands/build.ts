import { relative } from "node:path";
import { didYouMean } from "../../config/nearest-word";
import { checkoutRoot } from "../../toolchain/checkout";
import { boardEntry, listBoards } from "../../toolchain/devicescript/boards";
import { buildProgram } from "../../toolchain/devicescript/build";
import type { BuiltProgram } from "../../toolchain/devicescript/build";
import { CODE_LIMIT_BYTES } from "../../toolchain/devicescript/image";
import { BadUsage } from "../bad-usage";
import { configuredBoard } from "../configured-board";
import { ExitCode } from "../exit-code";
import { outJson, painted } from "../terminal";
import type { Terminal } from "../terminal";

/** What Minim allows its own code to take of {@link CODE_LIMIT_BYTES}: the rest is for whoever builds on it. */
const CODE_BUDGET_BYTES = 44 * 1024;

/** How many of the biggest functions are shown. */
const BIGGEST = 10;

/** The options of `minim build`. */
interface BuildOptions {
  readonly board?: string;
  readonly json?: true;
}

/** `minim build`: compiles a board's program and prints its sizes. */
export async function build(options: BuildOptions, terminal: Terminal): Promise<ExitCode> {
  const root = checkoutRoot();
  const board = options.board === undefined ? configuredBoard(root) : await knownBoard(root, options.board);
  const built = await buildProgram({ root, entry: boardEntry(board) });
  if (options.json === true) outJson(terminal, buildResult(root, board, built));
  else terminal.out(buildReport(root, board, built, terminal));
  return ExitCode.passed;
}

async function knownBoard(root: string, board: string): Promise<string> {
  const boards = await listBoards(root);
  if (boards.includes(board)) return board;
  throw new BadUsage(`there is no board ${board}${didYouMean(board, boards)} (the boards are ${boards.join(", ")})`);
}

/** The object of the kind `build` that `--json` prints. */
function buildResult(root: string, board: string, built: BuiltProgram): object {
  const { imageBytes, codeBytes, dataBytes, functions } = built.sizes;
  return {
    kind: "build",
    board,
    image: relative(root, built.imagePath),
    imageSha256: built.imageSha256,
    imageBytes,
    codeBytes,
    dataBytes,
    codeLimitBytes: CODE_LIMIT_BYTES,
    codeBudgetBytes: CODE_BUDGET_BYTES,
    functions: functions.slice(0, BIGGEST),
  };
}

function buildReport(root: string, board: string, built: BuiltProgram, terminal: Terminal): string {
  const { imageBytes, codeBytes, dataBytes, functions } = built.sizes;
  const percent = (whole: number): string => `${((100 * codeBytes) / whole).toFixed(1)} %`;
  const overBudget = codeBytes > CODE_BUDGET_BYTES ? painted(terminal, "yellow", " (over the budget)") : "";
  const row = (label: string, text: string): string => `  ${label.padEnd(8)} ${text}\n`;
  const bytes = (count: number): string => `${count} bytes`.padStart(12);
  return (
    `${painted(terminal, "bold", board)}\n` +
    row("image", `${bytes(imageBytes)}  ${relative(root, built.imagePath)}`) +
    row(
      "code",
      `${bytes(codeBytes)}  ${percent(CODE_LIMIT_BYTES)} of the ${CODE_LIMIT_BYTES} that the runtime allows`,
    ) +
    row(
      "",
      `${" ".repeat(12)}  ${percent(CODE_BUDGET_BYTES)} of Minim's own budget of ${CODE_BUDGET_BYTES}${overBudget}`,
    ) +
    row("data", bytes(dataBytes)) +
    row("sha256", `  ${built.imageSha256}`) +
    `  biggest of ${functions.length} functions\n` +
    functions
      .slice(0, BIGGEST)
      .map(({ name, bytes: size }) => row("", `${bytes(size)}  ${name}`))
      .join("")
  );
}

import { relative } from "node:path";
import { checkoutRoot } from "../../toolchain/checkout";
import { chipOfBoard } from "../../toolchain/board/chip";
import { findFirmware, firmwareWanted } from "../../toolchain/board/firmware";
import { boardProgram } from "../../toolchain/devicescript/board-program";
import type { BoardProgram } from "../../toolchain/devicescript/board-program";
import { buildProgram } from "../../toolchain/devicescript/build";
import type { BuiltProgram } from "../../toolchain/devicescript/build";
import { bundleProgram } from "../../toolchain/devicescript/bundle";
import type { Bundle } from "../../toolchain/devicescript/bundle";
import { CODE_LIMIT_BYTES } from "../../toolchain/devicescript/image";
import { noteWithoutMemory } from "../board/memory-note";
import { namedBoard } from "../board/named-board";
import { purgeVolumeNl } from "../board/purge-volume";
import { ExitCode } from "../exit-code";
import { outJson, painted } from "../terminal";
import type { Terminal } from "../terminal";

/** What Minim allows the code of its fullest board of {@link CODE_LIMIT_BYTES}. */
const CODE_BUDGET_BYTES = 56 * 1024;

/** How many of the biggest functions are shown. */
const BIGGEST = 10;

/** The options of `minim build`. */
export interface BuildOptions {
  readonly board?: string;
  readonly program?: BoardProgram;
  /** Most that a purge moves from one start to the next, in nL. */
  readonly volume?: number;
  readonly firmware?: string;
  readonly json?: true;
}

/**
 * `minim build`: compiles a board's program and prints its sizes; with DeviceScript's firmware at hand, also bundles both. A build never asks
 * the network: it says in one line what is missing.
 */
export async function build(options: BuildOptions, terminal: Terminal, root = checkoutRoot()): Promise<ExitCode> {
  const volumeNl = purgeVolumeNl(options);
  const board = await namedBoard(root, options.board);
  const chip = await chipOfBoard(root, board);
  const firmware = await findFirmware(root, chip, options.firmware);
  const program = await boardProgram(root, board, options.program, volumeNl);
  const built = await buildProgram(program);
  if (options.json === true) outJson(terminal, buildResult(root, board, built));
  else terminal.out(buildReport(root, board, built, terminal));
  await noteWithoutMemory(root, options.program, terminal);
  if (firmware === undefined) {
    terminal.err(`no bundle: there is no firmware for ${chip.name}; ${firmwareWanted(chip)}\n`);
    return ExitCode.passed;
  }
  const bundle = await bundleProgram({ board, program, chip, firmware });
  if (options.json === true) outJson(terminal, bundleResult(root, board, bundle));
  else terminal.out(bundleReport(root, bundle));
  return ExitCode.passed;
}

/** The object of the kind `bundle` that `--json` prints. */
function bundleResult(root: string, board: string, bundle: Bundle): object {
  return {
    kind: "bundle",
    board,
    bundle: relative(root, bundle.path),
    bundleBytes: bundle.bytes,
    bundleSha256: bundle.sha256,
    firmwareSha256: bundle.firmware.sha256,
    settings: bundle.settingsKeys,
  };
}

function bundleReport(root: string, { path, bytes, sha256, firmware, settingsKeys }: Bundle): string {
  const settings = settingsKeys.length === 0 ? "no settings" : `settings ${settingsKeys.join(", ")}`;
  return (
    `  bundle   ${`${bytes} bytes`.padStart(12)}  ${relative(root, path)}\n` +
    `  sha256     ${sha256}\n` +
    `             firmware ${firmware.sha256.slice(0, 16)}..., this program, ${settings}\n`
  );
}

/** The object of the kind `build` that `--json` prints. */
function buildResult(root: string, board: string, built: BuiltProgram): object {
  const { imageBytes, codeBytes, dataBytes, functions } = built.sizes;
  return {
    kind: "build",
    board,
    image: relative(root, built.imagePath),
    imageSha256: built.imageSha256,
    program: built.program,
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
    row("number", `  ${built.program}`) +
    `  biggest of ${functions.length} functions\n` +
    functions
      .slice(0, BIGGEST)
      .map(({ name, bytes: size }) => row("", `${bytes(size)}  ${name}`))
      .join("")
  );
}

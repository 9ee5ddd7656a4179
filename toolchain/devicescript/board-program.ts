import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { boardEntry } from "./boards";
import type { BuildRequest } from "./build";
import { dryRunEntry } from "./dry-run";
import type { BoardPins } from "./dry-run";

/** The programs that every board has: the pump, and the dry run, which moves nothing and shows every input. */
export const BOARD_PROGRAMS = ["pump", "dry-run"] as const;

/** One of {@link BOARD_PROGRAMS}. */
export type BoardProgram = (typeof BOARD_PROGRAMS)[number];

/** What to build for a program of a board. */
export async function boardProgram(root: string, board: string, program: BoardProgram = "pump"): Promise<BuildRequest> {
  if (program === "pump") return { root, entry: boardEntry(board) };
  const file = JSON.parse(await readFile(join(root, `boards/${board}.board.json`), "utf8")) as BoardPins;
  const entry = `boards/dry_run_${board}.ts`;
  return { root, entry, extraSources: new Map([[entry, dryRunEntry(board, file)]]) };
}

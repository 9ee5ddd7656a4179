import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { boardEntry } from "./boards";
import type { BuildRequest } from "./build";
import { dryRunEntry } from "./dry-run";
import type { BoardPins } from "./dry-run";

/**
 * The programs for boards: the pump; the dry run, which moves nothing and shows every input; the purge, which rinses or fills a line quickly while the
 * button is held, on ESP32 boards.
 */
export const BOARD_PROGRAMS = ["pump", "dry-run", "purge"] as const;

/** One of {@link BOARD_PROGRAMS}. */
export type BoardProgram = (typeof BOARD_PROGRAMS)[number];

/**
 * What to build for a program of a board. Throws `BadInput` for a purge of a board or a pump that it is not for.
 * @param volumeNl most that a purge moves from one start to the next; of no use to the others
 */
export async function boardProgram(
  root: string,
  board: string,
  program: BoardProgram = "pump",
  volumeNl = 0,
): Promise<BuildRequest> {
  if (program === "pump") return { root, entry: boardEntry(board) };
  // What reads the pump file is loaded only by who needs it.
  if (program === "purge") return (await import("./purge")).purgeProgram(root, board, volumeNl);
  const file = JSON.parse(await readFile(join(root, `boards/${board}.board.json`), "utf8")) as BoardPins;
  const entry = `boards/dry_run_${board}.ts`;
  return { root, entry, extraSources: new Map([[entry, dryRunEntry(board, file)]]) };
}

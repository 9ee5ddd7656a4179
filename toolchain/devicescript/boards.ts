import { readdir } from "node:fs/promises";
import { join } from "node:path";

const BOARD_FILE = /^(\w+)\.board\.json$/;

/** The ids of the boards that this checkout has a program for, sorted: each has a `boards/<id>.board.json`. */
export async function listBoards(root: string): Promise<string[]> {
  const names = await readdir(join(root, "boards")).catch(() => []);
  return names.flatMap((name) => BOARD_FILE.exec(name)?.[1] ?? []).sort();
}

/** The entry program of a board, relative to the checkout's root. */
export function boardEntry(board: string): string {
  return `boards/${board}.ts`;
}

import { didYouMean } from "../../config/nearest-word";
import { listBoards } from "../../toolchain/devicescript/boards";
import { BadUsage } from "../bad-usage";
import { configuredBoard } from "../configured-board";

/** The board that `--board` names; without it, the one of devs.config.json. Throws `BadUsage` for one that has no program here. */
export async function namedBoard(root: string, board: string | undefined): Promise<string> {
  if (board === undefined) return configuredBoard(root);
  const boards = await listBoards(root);
  if (boards.includes(board)) return board;
  throw new BadUsage(`there is no board "${board}"${didYouMean(board, boards)} (the boards are ${boards.join(", ")})`);
}

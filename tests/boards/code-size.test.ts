import { expect, test } from "vitest";
import { checkoutRoot } from "../../toolchain/checkout";
import { boardEntry, listBoards } from "../../toolchain/devicescript/boards";
import { buildProgram } from "../../toolchain/devicescript/build";
import { FULLEST_PUMP } from "./probe";

/** Of the 64 kB that the runtime can address. */
const MOST_CODE_BYTES = 56 * 1024;

test("the code of every board's program takes at most 56 kB, that with all parts declared, too (SAF-008)", async () => {
  const root = checkoutRoot();
  const boards = await listBoards(root);
  expect(boards.length).toBeGreaterThanOrEqual(3);
  const programs: [board: string, pumpFile?: string][] = [
    ...boards.map((board): [string] => [board]),
    ["pump_esp32", FULLEST_PUMP],
  ];
  for (const [board, pumpFile] of programs) {
    const { sizes } = await buildProgram({ root, entry: boardEntry(board), pumpFile });
    console.log(
      `code of ${board}${pumpFile === undefined ? "" : " with all parts"}: ${sizes.codeBytes} bytes, image ${sizes.imageBytes}`,
    );
    const largest = sizes.functions.slice(0, 10).map(({ name, bytes }) => `${bytes} ${name}`);
    expect(sizes.codeBytes, `${board}, largest functions: ${largest.join(", ")}`).toBeLessThanOrEqual(MOST_CODE_BYTES);
  }
});

import { expect, test } from "vitest";
import { checkoutRoot } from "../../toolchain/checkout";
import { boardEntry, listBoards } from "../../toolchain/devicescript/boards";
import { buildProgram } from "../../toolchain/devicescript/build";

/** Of the 64 kB that the runtime can address: what is to come needs room too. */
const MOST_CODE_BYTES = 44 * 1024;

test("the code of every board's program takes at most 44 kB (SAF-008)", async () => {
  const root = checkoutRoot();
  const boards = await listBoards(root);
  expect(boards.length).toBeGreaterThanOrEqual(2);
  for (const board of boards) {
    const { sizes } = await buildProgram({ root, entry: boardEntry(board) });
    console.log(`code of ${board}: ${sizes.codeBytes} bytes, image ${sizes.imageBytes}`);
    const largest = sizes.functions.slice(0, 10).map(({ name, bytes }) => `${bytes} ${name}`);
    expect(sizes.codeBytes, `${board}, largest functions: ${largest.join(", ")}`).toBeLessThanOrEqual(MOST_CODE_BYTES);
  }
});

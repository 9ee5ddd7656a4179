import { BadInput, describeBadInput } from "../config/bad-input";
import { checkoutRoot } from "./checkout";
import { boardEntry, listBoards } from "./devicescript/boards";
import { buildProgram } from "./devicescript/build";
import { BuildError } from "./devicescript/build-error";
import { buildEverything } from "./devicescript/everything";

// A program of its own: compiles every board's program and the one that uses everything, and says what does not compile.
// Quiet when all does. One after the other: each build keeps a processor busy by itself.
const root = checkoutRoot();
const builds = [
  ...(await listBoards(root)).map((board) => () => buildProgram({ root, entry: boardEntry(board) })),
  () => buildEverything(root),
];
const complaints = new Set<string>();
for (const build of builds) {
  try {
    await build();
  } catch (error) {
    if (error instanceof BadInput) complaints.add(describeBadInput(error));
    else if (error instanceof BuildError) for (const line of error.message.split("\n")) complaints.add(line);
    else throw error;
  }
}
if (complaints.size > 0) {
  console.error([...complaints].join("\n"));
  process.exitCode = 1;
}

import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** The names of an image's functions, in its order, out of what the compiler wrote beside it. */
export async function functionNames(imagePath: string): Promise<string[]> {
  const debug = JSON.parse(await readFile(join(dirname(imagePath), "bytecode-dbg.json"), "utf8")) as {
    functions: { name: string }[];
  };
  return debug.functions.map(({ name }) => name);
}

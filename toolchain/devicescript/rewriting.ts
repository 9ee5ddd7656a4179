import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { checkoutRoot } from "../checkout";

/** The modules of this folder by which sources are rewritten before they are compiled, with all of it that those run. */
export const REWRITING_MODULES = ["native-types.ts", "plain-calls.ts", "text-edits.ts"] as const;

let stamp: Promise<string> | undefined;

/** SHA-256 over the text of {@link REWRITING_MODULES}: sources that are rewritten in another way make another image. */
export function rewritingStamp(): Promise<string> {
  stamp ??= readAndStamp();
  return stamp;
}

async function readAndStamp(): Promise<string> {
  const folder = join(checkoutRoot(), "toolchain/devicescript");
  const hash = createHash("sha256");
  for (const name of REWRITING_MODULES) hash.update(`\0${name}\0`).update(await readFile(join(folder, name)));
  return hash.digest("hex");
}

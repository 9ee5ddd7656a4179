import { accessSync, constants, existsSync, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Document } from "../../../config/document";
import { readDocument } from "../../../config/read-document";
import type { PumpShelf } from "../../../config/read-pump";
import { checkoutRoot } from "../../../toolchain/checkout";
import { readTextFile, shownPath } from "./text-file";

const ENDING = ".yaml";
const PLAIN_NAME = /^[a-z0-9][a-z0-9-]*$/;
const LOOKS_LIKE_PATH = /[/\\]|\.(?:json|ya?ml)$/;

/**
 * The pumps that a scenario in `folder` can name: files in `pumps/` beside it, then those in the checkout's
 * `scenarios/pumps/`; or any file by its path, seen from `folder`.
 */
export function pumpFiles(folder: string): PumpShelf {
  const shelves = [join(folder, "pumps"), join(checkoutRoot(), "scenarios", "pumps")];
  return {
    open(name): Document | undefined {
      const path = LOOKS_LIKE_PATH.test(name) ? resolve(folder, name) : fileOf(shelves, name);
      if (path === undefined || !existsSync(path)) return undefined;
      return readDocument(readTextFile(path), shownPath(path));
    },
    names: () => [...new Set(shelves.flatMap(namesIn))].sort(),
  };
}

function fileOf(shelves: readonly string[], name: string): string | undefined {
  if (!PLAIN_NAME.test(name)) return undefined;
  return shelves.map((shelf) => join(shelf, name + ENDING)).find((path) => existsSync(path));
}

function namesIn(shelf: string): string[] {
  if (!existsSync(shelf)) return [];
  return readdirSync(shelf)
    .filter((file) => file.endsWith(ENDING) && isReadable(join(shelf, file)))
    .map((file) => file.slice(0, -ENDING.length));
}

/** False for a folder, a link that leads nowhere, and a file that this user may not read. */
function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

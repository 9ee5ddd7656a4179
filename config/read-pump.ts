import type { BadInput } from "./bad-input";
import type { BoardId } from "./boards";
import { Document, overlay, mapNode } from "./document";
import type { DocumentNode, KeyPath } from "./document";
import { didYouMean } from "./nearest-word";
import { rollerProblem } from "./parts-checks";
import { pumpProblem } from "./pump-checks";
import { pumpSchema } from "./pump-file";
import type { PumpFile } from "./pump-file";
import type { PumpProblem } from "./pump-problem";
import { readDocument } from "./read-document";
import { checkSchema } from "./schema-check";
import { shownValue, wordList } from "./schema-words";

/** Where named pumps are found; how names become files is the caller's. */
export interface PumpShelf {
  /** The document of a pump by its name, or by a path such as `../devs.config.json`; `undefined`: there is none. */
  open(name: string): Document | undefined;
  /** The names that can be opened, for messages. */
  names(): readonly string[];
}

const EXTENDS = "extends";

/**
 * Reads a pump file's text, for a pump that is simulated. Throws `BadInput` for the first thing wrong with it. @param file its name, for messages
 */
export function readPumpFile(text: string, file: string): PumpFile {
  return checkedPump(readDocument(text, file), []);
}

/**
 * Reads a pump file's text for a program on a board: what builds accept, and what `minim check` says of a file that they read. Throws `BadInput` as
 * {@link readPumpFile} does, and for what the simulator can do and this board cannot.
 * @param board the board that is built for; left out: the one that the file names
 */
export function readBoardPump(text: string, file: string, board?: BoardId): PumpFile {
  const document = readDocument(text, file);
  const pump = checkedPump(document, []);
  const unseen = rollerProblem(pump);
  if (unseen !== undefined) throw refusal(document, [], unseen);
  if (board === undefined || board === pump.board) return pump;
  const moved = { ...pump, board };
  const problem = pumpProblem(moved);
  if (problem === undefined) return moved;
  const where = `on ${board}, which is being built instead of ${pump.board}`;
  throw refusal(document, [], { keys: problem.keys, message: `${where}: ${problem.message}` });
}

/**
 * Reads the pump that stands at `path` of a document: a name on the shelf, a whole pump, or `extends: NAME` with the keys
 * that differ. Overrides are merged key by key before anything is judged. Throws `BadInput`, in the document's own lines
 * as far as they are to blame, else in the lines of the pump that was named.
 */
export function readPump(document: Document, path: KeyPath, shelf: PumpShelf): PumpFile {
  const node = document.nodeAt(path);
  if (node === undefined || node.value === null)
    throw document.refuse(path, `it is missing; name a pump, for example ${shelf.names()[0] ?? "reference-20ml"}`);
  if (typeof node.value === "string") return checkedPump(onShelf(document, path, node.value, shelf), []);
  const named = node.children?.get(EXTENDS);
  if (named === undefined) return checkedPump(document, path);
  const extendsPath = [...path, EXTENDS];
  if (typeof named.value !== "string")
    throw document.refuse(extendsPath, `the name of a pump is wanted, not ${shownValue(named.value)}`);
  const base = onShelf(document, extendsPath, named.value, shelf);
  return checkedPump(withPumpAt(document, path, overlay(base.root, withoutExtends(node))), path);
}

function onShelf(document: Document, path: KeyPath, name: string, shelf: PumpShelf): Document {
  const found = shelf.open(name);
  if (found !== undefined) return found;
  const names = shelf.names();
  const known = names.length === 0 ? "" : ` (the pumps are ${wordList(names)})`;
  throw document.refuse(path, `there is no pump ${shownValue(name)}${didYouMean(name, names)}${known}`);
}

function withoutExtends(node: DocumentNode): DocumentNode {
  const rest = [...(node.children ?? [])].filter(([key]) => key !== EXTENDS);
  return mapNode(node.place, new Map(rest));
}

/** The document with the node at `path` replaced, so that messages name the whole path. */
function withPumpAt(document: Document, path: KeyPath, pump: DocumentNode): Document {
  const put = (node: DocumentNode, at: number): DocumentNode => {
    const key = path[at];
    const child = key === undefined ? undefined : node.children?.get(key);
    if (key === undefined || child === undefined) return pump;
    return { ...node, children: new Map(node.children).set(key, put(child, at + 1)) };
  };
  return new Document(document.file, put(document.root, 0));
}

function checkedPump(document: Document, path: KeyPath): PumpFile {
  const file = checkSchema(document, pumpSchema, path);
  const problem = pumpProblem(file);
  if (problem === undefined) return file;
  throw refusal(document, path, problem);
}

function refusal(document: Document, path: KeyPath, problem: PumpProblem): BadInput {
  const [about = []] = problem.keys;
  // An override can break what was sound: then the person should look at the override.
  const own = problem.keys.find((key) => {
    const node = document.nodeAt([...path, ...key]);
    return node?.place.file === document.file;
  });
  return document.refuse([...path, ...about], problem.message, [...path, ...(own ?? about)]);
}

import { CST, isMap, isScalar, isSeq, Lexer, parseDocument, Parser } from "yaml";
import type { ParsedNode, YAMLMap } from "yaml";
import { BadInput, inOneLine } from "./bad-input";
import { Document, mapNode, sequenceNode } from "./document";
import type { DocumentNode } from "./document";

/** Largest file that is read, in characters. */
export const MAX_CHARACTERS = 1048576;

/** Deepest nesting of maps and sequences. */
export const MAX_DEPTH = 32;

/** Most tokens (words, marks, spaces, comments) in a file: some 8000 lines of a full scenario, parsed in about a second. */
const MAX_TOKENS = 200000;

// The YAML composer recurses, and takes the whole process down at some ten thousand levels: it must never see them. Its
// parser's stack is a little deeper than the nesting, so this bound lets everything through that MAX_DEPTH allows.
const MAX_PARSER_STACK = 3 * MAX_DEPTH;

// As own keys of a plain object these three can replace its inherited behaviour; no file needs them.
const FORBIDDEN_KEYS = ["__proto__", "constructor", "prototype"];

const TOKENS_NOT_READ: Partial<Record<string, string>> = {
  anchor: "anchors (&name) are not read: write the value out",
  alias: "aliases (*name) are not read: write the value out; a text that begins with * needs quotes",
  tag: "tags (!name) are not read; a text that begins with ! needs quotes",
  "directive-line": "directives (%) are not read: files are YAML 1.2 as it is; a text that begins with % needs quotes",
};

const HINTS: Partial<Record<string, string>> = {
  BLOCK_AS_IMPLICIT_KEY: 'a value that holds ": " needs quotes, and a nested map its own lines',
  TAB_AS_INDENT: "indent with spaces, not tabs",
  BAD_INDENT: "check the indentation and that every bracket is closed",
};

/**
 * Reads YAML 1.2 (core schema; JSON is a part of it) and keeps the line of every value.
 * @param text the file's text
 * @param file the file's name, for messages
 * Throws {@link BadInput}, and nothing else, for text that is too long, empty, not text, nested too deep or not valid,
 * for several documents, double keys, keys that are not plain words, and for anchors, aliases, tags and directives,
 * which nothing here needs and which can make a small file expand without bound.
 */
export function readDocument(text: string, file: string): Document {
  if (text.length > MAX_CHARACTERS)
    throw new BadInput(file, 0, `too long: ${text.length} characters; at most ${MAX_CHARACTERS} are read`);
  // Some editors begin a file with a byte order mark.
  const content = text.startsWith("\uFEFF") ? text.slice(1) : text;
  const lines = new Lines(content);
  refuseNoise(content, file, lines);
  refuseBombs(content, file, lines);

  // Unique keys are checked here: the library's own check takes time with the square of their number.
  const parsed = parseDocument(content, { version: "1.2", schema: "core", prettyErrors: false, uniqueKeys: false });
  const error = parsed.errors.reduce<(typeof parsed.errors)[number] | undefined>(
    (first, next) => (first === undefined || next.pos[0] < first.pos[0] ? next : first),
    undefined,
  );
  if (error !== undefined) {
    if (error.code === "MULTIPLE_DOCS")
      throw new BadInput(file, lines.lineAt(error.pos[0]), "a second document begins here; a file holds one");
    const what = inOneLine(error.message.split("\n", 1)[0] ?? "", 160);
    const hint = HINTS[error.code];
    throw new BadInput(
      file,
      lines.lineAt(error.pos[0]),
      `not valid YAML: ${what}${hint === undefined ? "" : ` (${hint})`}`,
    );
  }
  if (parsed.contents === null || (isScalar(parsed.contents) && parsed.contents.value === null))
    throw new BadInput(file, 0, "the file is empty");
  const reader = new NodeReader(file, lines);
  return new Document(file, reader.read(parsed.contents, parsed.contents.range[0], 0));
}

/** Finds the line of a character. */
class Lines {
  private readonly starts: number[] = [0];

  constructor(text: string) {
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) this.starts.push(at + 1);
  }

  lineAt(offset: number): number {
    let low = 0;
    let high = this.starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  }
}

function refuseNoise(text: string, file: string, lines: Lines): void {
  const at = text.search(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd\ufeff\ufffe\uffff]/);
  if (at < 0) return;
  const code = text.charCodeAt(at).toString(16).toUpperCase().padStart(4, "0");
  throw new BadInput(file, lines.lineAt(at), `not a text file in UTF-8: it holds the character U+${code}`);
}

/** Walks over the tokens in linear time and refuses what would make parsing them explode. */
function refuseBombs(text: string, file: string, lines: Lines): void {
  const parser = new Parser();
  let tokens = 0;
  let offset = 0;
  let contentNext = false;
  for (const token of new Lexer().lex(text)) {
    const line = (): number => lines.lineAt(offset);
    const type = CST.tokenType(token);
    const problem = contentNext || type === null ? undefined : TOKENS_NOT_READ[type];
    if (problem !== undefined) throw new BadInput(file, line(), problem);
    tokens++;
    if (tokens > MAX_TOKENS) throw new BadInput(file, line(), `too much in one file: more than ${MAX_TOKENS} tokens`);
    // The parser is driven for its stack alone.
    for (const _ of parser.next(token));
    if (parser.stack.length > MAX_PARSER_STACK)
      throw new BadInput(file, line(), `nested too deep: more than ${MAX_DEPTH} levels`);
    // The token before a scalar's text is a mark of the lexer's own, not a part of the file.
    contentNext = type === "scalar";
    if (token !== CST.SCALAR && token !== CST.DOCUMENT && token !== CST.FLOW_END) offset += token.length;
  }
}

/** Turns the library's nodes into ours. */
class NodeReader {
  constructor(
    private readonly file: string,
    private readonly lines: Lines,
  ) {}

  read(node: ParsedNode | null, offset: number, depth: number): DocumentNode {
    const place = { file: this.file, line: this.lines.lineAt(offset) };
    if (depth >= MAX_DEPTH && (isMap(node) || isSeq(node)))
      throw new BadInput(place.file, place.line, `nested too deep: more than ${MAX_DEPTH} levels`);
    if (isMap(node)) return this.readMap(node, offset, depth);
    if (isSeq(node)) {
      const items = node.items.map((item) => this.read(item as ParsedNode, startOf(item, offset), depth + 1));
      return sequenceNode(place, items);
    }
    return { place, value: isScalar(node) ? node.value : null, children: undefined };
  }

  private readMap(map: YAMLMap, offset: number, depth: number): DocumentNode {
    const children = new Map<string, DocumentNode>();
    for (const { key, value } of map.items) {
      const at = startOf(key, offset);
      const line = this.lines.lineAt(at);
      const name = isScalar(key) ? String(key.value ?? "") : "";
      if (name === "" || FORBIDDEN_KEYS.includes(name))
        throw new BadInput(this.file, line, `a key must be a plain word${name === "" ? "" : `, not ${name}`}`);
      const first = children.get(name);
      if (first !== undefined)
        throw new BadInput(this.file, line, `${inOneLine(name, 60)} is given twice, first in line ${first.place.line}`);
      children.set(name, this.read(value as ParsedNode | null, at, depth + 1));
    }
    return mapNode({ file: this.file, line: this.lines.lineAt(offset) }, children);
  }
}

/** Where a node begins; `otherwise` for a node that was left out. */
function startOf(node: unknown, otherwise: number): number {
  const range = (node as { range?: [number, number, number] | null } | null)?.range;
  return range?.[0] ?? otherwise;
}

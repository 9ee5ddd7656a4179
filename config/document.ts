import { BadInput } from "./bad-input";

/** Where a value stands in a document: keys and, in sequences, positions from 0. */
export type KeyPath = readonly (string | number)[];

/** A file and a line in it, from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/** A value of a document and where it was written; `children` by key or position when it is a map or a sequence. */
export interface DocumentNode {
  readonly place: Place;
  readonly value: unknown;
  readonly children: ReadonlyMap<string | number, DocumentNode> | undefined;
}

/** The path as people write it: `reservoir.low`, `events[3].at`. */
export function pathText(path: KeyPath): string {
  let text = "";
  for (const key of path) {
    if (typeof key === "number") text += `[${key}]`;
    else text += text === "" ? key : `.${key}`;
  }
  return text;
}

/**
 * A file that was read, with the place of every value: what a schema judges, and what a message points at. Made by
 * `readDocument`; one that extends another holds places of both files.
 */
export class Document {
  /** The file that the person named; messages prefer places in it. */
  readonly file: string;
  readonly root: DocumentNode;

  constructor(file: string, root: DocumentNode) {
    this.file = file;
    this.root = root;
  }

  /** The whole as plain maps, arrays, texts, numbers, booleans and null. */
  get value(): unknown {
    return this.root.value;
  }

  /** The value at `path`; `undefined` when there is none. */
  valueAt(path: KeyPath): unknown {
    return this.nodeAt(path)?.value;
  }

  /** The node at `path`; `undefined` when there is none. */
  nodeAt(path: KeyPath): DocumentNode | undefined {
    let node: DocumentNode | undefined = this.root;
    for (const key of path) node = node?.children?.get(key);
    return node;
  }

  /** Where the key or item at `path` stands; where its nearest existing ancestor stands when it does not exist. */
  placeOf(path: KeyPath): Place {
    let node = this.root;
    for (const key of path) {
      const child = node.children?.get(key);
      if (child === undefined) break;
      node = child;
    }
    return node.place;
  }

  /** The line of {@link placeOf}. */
  lineOf(path: KeyPath): number {
    return this.placeOf(path).line;
  }

  /**
   * The complaint about what stands at `path`, to be thrown; the path is named before `message`.
   * @param at where to point, when that is not `path` itself
   */
  refuse(path: KeyPath, message: string, at: KeyPath = path): BadInput {
    const place = this.placeOf(at);
    const key = pathText(path);
    return new BadInput(place.file, place.line, key === "" ? message : `${key}: ${message}`);
  }
}

function isMap(node: DocumentNode): boolean {
  return node.children !== undefined && !Array.isArray(node.value);
}

/**
 * `base` with `overrides` laid over it: maps merge key by key, anything else is replaced whole. Every value keeps the
 * place where it was written.
 */
export function overlay(base: DocumentNode, overrides: DocumentNode): DocumentNode {
  if (base.children === undefined || overrides.children === undefined) return overrides;
  if (!isMap(base) || !isMap(overrides)) return overrides;
  const children = new Map(base.children);
  for (const [key, child] of overrides.children) {
    const below = children.get(key);
    children.set(key, below === undefined ? child : overlay(below, child));
  }
  return mapNode(overrides.place, children);
}

/** A map's node, its plain value made from its children. */
export function mapNode(place: Place, children: ReadonlyMap<string | number, DocumentNode>): DocumentNode {
  const value: Record<string, unknown> = {};
  for (const [key, child] of children) value[key] = child.value;
  return { place, value, children };
}

/** A sequence's node, its plain value made from its items. */
export function sequenceNode(place: Place, items: readonly DocumentNode[]): DocumentNode {
  return { place, value: items.map((item) => item.value), children: new Map(items.entries()) };
}

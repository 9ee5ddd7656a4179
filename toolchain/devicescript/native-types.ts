import type { Sources } from "./sources";

/** An interface whose comment says `@native NAME`, up to the brace that ends it in the first column. */
const MARKED = /\/\*\*(?:(?!\*\/)[\s\S])*?@native (\w+)(?:(?!\*\/)[\s\S])*\*\/\nexport interface (\w+) \{[\s\S]*?\n\}/g;

/**
 * The same program with the runtime's own types in the place of interfaces that are marked `@native NAME`. The compiler makes single instructions
 * of a `Buffer`'s reads and writes only where it sees that very type; behind an interface of ours they would be calls of methods that the runtime does
 * not have. Lines keep their numbers.
 */
export function withNativeTypes(sources: Sources): Map<string, Uint8Array> {
  const changed = new Map(sources);
  for (const [path, content] of sources) {
    if (!path.endsWith(".ts")) continue;
    const text = Buffer.from(content).toString();
    const native = text.replace(MARKED, (marked, type: string, name: string) => {
      return `export type ${name} = ${type};${"\n".repeat(marked.split("\n").length - 1)}`;
    });
    if (native !== text) changed.set(path, Buffer.from(native));
  }
  return changed;
}

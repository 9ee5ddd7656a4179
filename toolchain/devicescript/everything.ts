import ts from "typescript";
import { buildProgram } from "./build";
import { BuildError } from "./build-error";
import { readSources, type Sources } from "./sources";

/** Path of the generated entry program, beside `src/` and `boards/` in the folder where it is compiled. */
const ENTRY = "everything.ts";

/** Modules that are compiled in one program. Together they are more than the 64 kB of code that one can have. */
interface Share {
  readonly of: RegExp;
  /** Also what nobody calls. Not where most of the core comes in: there all of it would come. */
  readonly isWhole: boolean;
}

/** Who is named by more than one belongs to the first. */
const SHARES: readonly Share[] = [
  { of: /^src\//, isWhole: true },
  { of: /^boards\/(service|settings|memory\/settings)/, isWhole: true },
  { of: /^boards\/(on-board|board-kit|simulated\/|recovered-pump|missing-part|frequent-functions)/, isWhole: false },
  { of: /^boards\//, isWhole: true },
];

/**
 * Compiles programs that use every exported class, function and value of `src/` and `boards/` between them. A board's program does
 * not show every mistake, because the compiler leaves out, unread, what it does not need. Throws {@link BuildError} with the complaints of all.
 */
export async function buildEverything(root: string): Promise<void> {
  const sources = await readSources(root);
  const complaints = new Set<string>();
  for (const [index, { isWhole }] of SHARES.entries()) {
    const entryText = everythingEntry(shareOf(sources, index));
    try {
      await buildProgram({
        root,
        entry: ENTRY,
        flags: isWhole ? ["allFunctions", "allPrototypes"] : [],
        extraSources: new Map([[ENTRY, entryText]]),
      });
    } catch (error) {
      if (!(error instanceof BuildError)) throw error;
      for (const line of error.message.split("\n")) complaints.add(line);
    }
  }
  if (complaints.size > 0) throw new BuildError([...complaints].join("\n"));
}

function shareOf(sources: Sources, share: number): Map<string, Uint8Array> {
  return new Map(
    [...sources].filter(([path]) => {
      return path.endsWith(".board.json") || SHARES.findIndex(({ of }) => of.test(path)) === share;
    }),
  );
}

/** The text of the program that {@link buildEverything} compiles. */
export function everythingEntry(sources: Sources): string {
  const imports: string[] = [];
  const uses: string[] = [];
  for (const path of [...sources.keys()].filter((path) => isModule(path, sources))) {
    const names = exportedValues(path, new TextDecoder().decode(sources.get(path)));
    const module = `./${path.replace(/\.ts$/, "")}`;
    const aliased = names.map((name) => ({ name, alias: `${name}_${imports.length}` }));
    imports.push(`import "${module}";`);
    for (const { name, alias } of aliased) {
      imports.push(`import { ${name} as ${alias} } from "${module}";`);
      uses.push(`ds.keep(${alias});`);
    }
  }
  return ['import * as ds from "@devicescript/core";', ...imports, ...uses, ""].join("\n");
}

/** A board's own program is an entry by itself: it is compiled for its board, not here. */
function isModule(path: string, sources: Sources): boolean {
  if (!/^(src|boards)\/.*\.ts$/.test(path) || path.endsWith(".d.ts")) return false;
  return !sources.has(path.replace(/\.ts$/, ".board.json"));
}

/** Names of the classes, functions and constants that a module exports; types and enums make no code. */
function exportedValues(path: string, text: string): string[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022);
  return file.statements.filter(isExported).flatMap((statement) => {
    if (ts.isClassDeclaration(statement) || ts.isFunctionDeclaration(statement)) {
      return statement.name === undefined ? [] : [statement.name.text];
    }
    if (!ts.isVariableStatement(statement)) return [];
    return statement.declarationList.declarations.flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : []));
  });
}

function isExported(statement: ts.Statement): boolean {
  if (!ts.canHaveModifiers(statement)) return false;
  const kinds = ts.getModifiers(statement)?.map((modifier) => modifier.kind) ?? [];
  return kinds.includes(ts.SyntaxKind.ExportKeyword) && !kinds.includes(ts.SyntaxKind.DeclareKeyword);
}

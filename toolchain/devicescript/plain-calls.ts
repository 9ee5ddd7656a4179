import ts from "typescript";
import type { Sources } from "./sources";
import { applied, EditKind, replacement } from "./text-edits";
import type { Edit } from "./text-edits";

/** The name under which a method's object goes on in its function: no source may use it. */
const OBJECT = "$this";

/** A method that becomes a function. */
interface PlainMethod {
  readonly declaration: ts.MethodDeclaration;
  /** Class and method: `Reservoir$fill`. */
  readonly name: string;
}

/**
 * The same program with functions in the place of methods, wherever it is certain which method a call means. A board's code has little room: a
 * method costs 12 bytes that a function does not, and each of its calls 7 more. What is written stays an object with its methods.
 *
 * A method stays one when anything else than a plain call names it, when its class fits an interface that has it, or when another class of a family
 * declares the same name. Types are taken from `sources` alone: an object of the library is never meant.
 */
export function withPlainCalls(sources: Sources): Map<string, Uint8Array> {
  const texts = new Map<string, string>();
  for (const [path, content] of sources) if (path.endsWith(".ts")) texts.set(path, Buffer.from(content).toString());
  const program = programOf(texts);
  const checker = program.getTypeChecker();
  const files = [...texts.keys()].map((path) => program.getSourceFile(`/${path}`)).filter((file) => file !== undefined);
  const methods = plainMethods(files, checker);
  const changed = new Map(sources);
  for (const file of files) {
    const text = rewritten(file, checker, methods);
    if (text !== file.text) changed.set(file.fileName.slice(1), Buffer.from(text));
  }
  return changed;
}

function programOf(texts: ReadonlyMap<string, string>): ts.Program {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ES2022,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    noLib: true,
    types: [],
  };
  const host: ts.CompilerHost = {
    getSourceFile: (name, language) => {
      const text = texts.get(name.slice(1));
      return text === undefined ? undefined : ts.createSourceFile(name, text, language, true);
    },
    getDefaultLibFileName: () => "/none.d.ts",
    writeFile: () => undefined,
    getCurrentDirectory: () => "/",
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    fileExists: (name) => texts.has(name.slice(1)),
    readFile: (name) => texts.get(name.slice(1)),
  };
  return ts.createProgram({ rootNames: [...texts.keys()].map((path) => `/${path}`), options, host });
}

/** The methods that become functions, by their declarations: symbols of one method can be several. */
function plainMethods(files: readonly ts.SourceFile[], checker: ts.TypeChecker): Map<ts.Declaration, PlainMethod> {
  const methods = new Map<ts.Declaration, PlainMethod>();
  const ports: ts.Type[] = [];
  const names = new Set<string>();
  visitAll(files, (node) => {
    if (ts.isInterfaceDeclaration(node) || ts.isTypeLiteralNode(node)) ports.push(checker.getTypeAtLocation(node));
    if (!ts.isClassDeclaration(node) || node.name === undefined || node.typeParameters !== undefined) return;
    for (const member of node.members) {
      if (!ts.isMethodDeclaration(member) || !isPlain(member)) continue;
      const name = `${node.name.text}$${member.name.getText()}`;
      if (names.has(name)) continue;
      names.add(name);
      methods.set(member, { declaration: member, name });
    }
  });
  const overriding = overridingNames(files);
  for (const { declaration } of methods.values()) {
    const name = declaration.name.getText();
    const owner = checker.getTypeAtLocation(declaration.parent);
    const isPort = ports.some(
      (port) => port.getProperty(name) !== undefined && checker.isTypeAssignableTo(owner, port),
    );
    if (isPort || overriding.has(name)) methods.delete(declaration);
  }
  const doubtful = new Set<string>();
  visitAll(files, (node) => {
    if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression))
      doubtful.add(node.argumentExpression.text);
    if (!ts.isIdentifier(node) || (ts.isMethodDeclaration(node.parent) && node.parent.name === node)) return;
    const meant = declarationOf(node, checker);
    const isMember = ts.isPropertyAccessExpression(node.parent) && node.parent.name === node;
    if (meant === undefined) {
      if (isMember) doubtful.add(node.text);
    } else if (methods.has(meant) && callOf(node) === undefined) methods.delete(meant);
  });
  for (const { declaration } of methods.values())
    if (doubtful.has(declaration.name.getText())) methods.delete(declaration);
  return methods;
}

function declarationOf(name: ts.Identifier, checker: ts.TypeChecker): ts.Declaration | undefined {
  return checker.getSymbolAtLocation(name)?.valueDeclaration;
}

function isPlain(method: ts.MethodDeclaration): boolean {
  if (method.body === undefined || !ts.isIdentifier(method.name) || method.typeParameters !== undefined) return false;
  const modifiers = ts.getModifiers(method) ?? [];
  return modifiers.every(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword || kind === ts.SyntaxKind.PrivateKeyword);
}

/** Names of methods that more than one class of a family declares: those that extend another one, and those that are extended. */
function overridingNames(files: readonly ts.SourceFile[]): Set<string> {
  const related: ts.ClassDeclaration[] = [];
  const classes = new Map<string, ts.ClassDeclaration>();
  visitAll(files, (node) => {
    if (ts.isClassDeclaration(node) && node.name !== undefined) classes.set(node.name.text, node);
  });
  for (const one of classes.values()) {
    const base = one.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword);
    const extended = classes.get(base?.types[0]?.expression.getText() ?? "");
    if (extended !== undefined) related.push(one, extended);
  }
  const names = new Set<string>();
  const again = new Set<string>();
  for (const one of new Set(related))
    for (const member of one.members) {
      if (!ts.isMethodDeclaration(member)) continue;
      const name = member.name.getText();
      (names.has(name) ? again : names).add(name);
    }
  return again;
}

/** The call `x.name(...)` that a method's name stands in; `undefined`: it stands elsewhere. */
function callOf(name: ts.Identifier): ts.CallExpression | undefined {
  const access = name.parent;
  if (!ts.isPropertyAccessExpression(access) || access.name !== name || access.questionDotToken !== undefined) return;
  const call = access.parent;
  if (!ts.isCallExpression(call) || call.expression !== access || call.questionDotToken !== undefined) return;
  return access.expression.kind === ts.SyntaxKind.SuperKeyword ? undefined : call;
}

function rewritten(
  file: ts.SourceFile,
  checker: ts.TypeChecker,
  methods: ReadonlyMap<ts.Declaration, PlainMethod>,
): string {
  const edits: Edit[] = [];
  const own: PlainMethod[] = [];
  const used = new Map<string, ts.SourceFile>();
  visit(file, (node) => {
    if (node.kind === ts.SyntaxKind.PrivateKeyword) edits.push(replacement(node.getStart(), node.getEnd(), "public"));
    if (!ts.isIdentifier(node)) return;
    const meant = declarationOf(node, checker);
    const method = meant === undefined ? undefined : methods.get(meant);
    if (method === undefined) return;
    if (node.parent === method.declaration) own.push(method);
    const call = callOf(node);
    if (call === undefined) return;
    used.set(method.name, method.declaration.getSourceFile());
    const object = (call.expression as ts.PropertyAccessExpression).expression;
    const first = call.arguments[0];
    const at = object.getStart();
    edits.push({ kind: EditKind.insertion, at, end: at, text: `${method.name}(`, reach: call.getEnd() });
    if (first === undefined) edits.push(replacement(object.getEnd(), call.getEnd() - 1, ""));
    else edits.push(replacement(object.getEnd(), first.getStart(), ", "));
  });
  const text = applied(file.text, [...edits, ...own.map(removal)], 0, file.text.length);
  const functions = own.map((method) => functionOf(method, file, edits));
  const imports = [...used].filter(([, from]) => from !== file).map(([name, from]) => importOf(name, file, from));
  if (functions.length + imports.length === 0 && edits.length === 0) return file.text;
  return [text, ...imports, ...functions].join("\n");
}

function removal({ declaration }: PlainMethod): Edit {
  return { kind: EditKind.removal, at: declaration.getFullStart(), end: declaration.getEnd(), text: "" };
}

function functionOf({ declaration, name }: PlainMethod, file: ts.SourceFile, edits: readonly Edit[]): string {
  const { body, parameters, type } = declaration;
  if (body === undefined) throw new Error(`${name} has no body`);
  const inner = [...edits];
  visitOwn(body, (node) => {
    if (node.kind === ts.SyntaxKind.ThisKeyword) inner.push(replacement(node.getStart(), node.getEnd(), OBJECT));
  });
  const isAsync = (ts.getModifiers(declaration) ?? []).some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword);
  const owner = declaration.parent as ts.ClassDeclaration;
  const taken = [`${OBJECT}: ${owner.name?.text ?? ""}`, ...parameters.map((one) => one.getText())].join(", ");
  const result = type === undefined ? "" : `: ${type.getText()}`;
  const text = applied(file.text, inner, body.getStart(), body.getEnd());
  return `export ${isAsync ? "async " : ""}function ${name}(${taken})${result} ${text}`;
}

function importOf(name: string, file: ts.SourceFile, from: ts.SourceFile): string {
  const to = from.fileName.replace(/\.ts$/, "").split("/");
  const here = file.fileName.split("/").slice(0, -1);
  while (here.length > 0 && here[0] === to[0]) {
    here.shift();
    to.shift();
  }
  const up = here.map(() => "..");
  return `import { ${name} } from "${[up.length === 0 ? "." : undefined, ...up, ...to].filter((part) => part !== undefined).join("/")}";`;
}

function visitAll(files: readonly ts.SourceFile[], see: (node: ts.Node) => void): void {
  for (const file of files) visit(file, see);
}

function visit(node: ts.Node, see: (node: ts.Node) => void): void {
  see(node);
  ts.forEachChild(node, (child) => visit(child, see));
}

/** As {@link visit}, but not into functions that have a `this` of their own. */
function visitOwn(node: ts.Node, see: (node: ts.Node) => void): void {
  see(node);
  ts.forEachChild(node, (child) => {
    if (!ts.isFunctionDeclaration(child) && !ts.isFunctionExpression(child)) visitOwn(child, see);
  });
}

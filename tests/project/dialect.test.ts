import { ESLint } from "eslint";
import { describe, expect, test } from "vitest";
import { checkoutRoot } from "../../toolchain/checkout";

const eslint = new ESLint({ cwd: checkoutRoot() });

/** Rules that complain about `code`, were it the content of this file of the checkout. */
async function complaints(file: string, code: string): Promise<(string | null)[]> {
  const [result] = await eslint.lintText(code, { filePath: file });
  return result?.messages.map(({ ruleId }) => ruleId) ?? [];
}

const BROKEN: readonly (readonly [rule: string, code: string])[] = [
  ["dialect/no-number-truthiness", "const n = 1 / 2; if (n) n.valueOf;"],
  ["dialect/no-remainder", "let x = 7; x = x % 2;"],
  ["dialect/no-number-truthiness", "function g<T>(x: T): number { return x ? 1 : 0; }"],
  ["dialect/two-argument-min-max", "Math.max(1, 2, 3);"],
  ["dialect/two-argument-min-max", "const m = Math.max; m(1, 2, 3);"],
  ["dialect/no-string-ordering", "const later = 'b' > 'a';"],
  ["dialect/no-string-ordering", "[10, 9].sort();"],
  ["dialect/no-getters", "class A { get x(): number { return 1; } }"],
  ["dialect/no-loop-closures", "for (let i = 0; i < 3; i++) { const f = () => i; f(); }"],
  ["dialect/no-this-in-arrow", "class A { x = 1; f(): () => number { return () => this.x; } }"],
  ["dialect/no-enum-reverse-lookup", "enum E { a } E[0];"],
  ["dialect/documented-exports", "export const x = 1;"],
  ["eqeqeq", "const x = 1; const y = x == 2;"],
];

const REFUSED_WORDS: readonly string[] = [
  "var x = 1;",
  "class A { static x = 1; }",
  "class A { f(): void {} } class B extends A { g(): void { super.f(); } }",
  "function f(): void { class A {} }",
  "namespace N { export const x = 1; }",
  "function f(a: number): void; function f(a: unknown): void {}",
  "class A { f(a: number): void; f(a: unknown): void {} }",
  "const { x = 1 } = { x: 2 };",
  "const [x = 1] = [2];",
  "let a = 1; let b = 2; [a, b] = [b, a];",
  "let i = 0; do { i++; } while (i < 3);",
  "out: for (;;) { break out; }",
  "function* g(): Generator { yield 1; }",
  "declare const a: number | undefined; const b = a!;",
  "const a = 1 satisfies number;",
  "let a: number | undefined; a ??= 1;",
  "let a = true; a ||= false;",
  "let a = true; a &&= false;",
  "const a = 'x' in { x: 1 };",
  "void 0;",
  "class A { #x = 1; }",
  "const r = /a/;",
  "const b = 1n;",
  "export default 1;",
  "const p = new Promise(() => {});",
  "const p = Promise.all([]);",
  "console.log(1, 2, 3);",
];

const REFUSED_NAMES = [
  "Map",
  "Set",
  "Date",
  "Number",
  "isFinite",
  "Uint8Array",
  "WeakMap",
  "Proxy",
  "Symbol",
  "Infinity",
  "NaN",
  "globalThis",
];

describe.each(["src/units.ts", "boards/shell.ts"])("in %s", (file) => {
  test.each(BROKEN)("%s is active", async (rule, code) => {
    expect(await complaints(file, code)).toContain(rule);
  });

  test.each(REFUSED_WORDS)("refused: %s", async (code) => {
    expect(await complaints(file, code)).toContain("no-restricted-syntax");
  });

  test.each(REFUSED_NAMES)("refused: the name %s", async (name) => {
    expect(await complaints(file, `const x = ${name};`)).toContain("no-restricted-globals");
  });
});

describe("the core alone", () => {
  test.each(["async function f(): Promise<void> {}", "const x = 0.5;", "const x = 1e-3;", "const x = Math.random();"])(
    "refuses: %s",
    async (code) => {
      expect(await complaints("src/units.ts", code)).toContain("no-restricted-syntax");
      expect(await complaints("boards/shell.ts", code)).not.toContain("no-restricted-syntax");
    },
  );

  test("refuses a method that the device lacks, a long function and a long file", async () => {
    const long = `function f(): void {\n${"  f();\n".repeat(70)}}\n`;
    expect(await complaints("src/units.ts", "const x = [1].concat([2]);")).toContain("dialect/known-methods");
    expect(await complaints("src/units.ts", long)).toContain("max-lines-per-function");
    expect(await complaints("src/units.ts", "// line\n".repeat(251))).toContain("max-lines");
  });
});

test("code that keeps the dialect passes", async () => {
  const code = [
    "/** Sum of the whole part. */",
    "export function sum(values: readonly number[]): number {",
    "  let total = 0;",
    "  for (const value of values) if (value !== 0) total += Math.floor(value);",
    "  return total;",
    "}",
  ];
  expect(await complaints("src/units.ts", code.join("\n"))).toStrictEqual([]);
});

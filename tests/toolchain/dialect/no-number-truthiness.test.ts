import { noNumberTruthiness } from "../../../toolchain/dialect/no-number-truthiness";
import { cases, ruleTester, wrong } from "./rule-tester";

const GIVEN =
  "declare const n: number; declare const m: number | undefined; declare const b: boolean; declare const o: object | null;";

ruleTester.run("no-number-truthiness", noNumberTruthiness, {
  valid: cases(
    `${GIVEN} if (b && o && n !== 0) {}`,
    `${GIVEN} const x = b && n;`,
    `${GIVEN} const y = m ?? 3;`,
    `${GIVEN} for (;;) { if (!o) break; }`,
    "[1].filter((x) => x > 0);",
    "declare const s: string; if (s) {}",
    "class Fiber { id = 1; } declare const f: Fiber | undefined; if (f) {}",
    "function f<T extends { id: string } | undefined>(t: T) { return t ? 1 : 2; }",
    "function f<T extends boolean>(t: T) { return t ? 1 : 2; }",
    "declare const f: (() => void) | undefined; if (f) {}",
    "class A { n = 1; copy(): boolean { return this ? true : false; } }",
  ),
  invalid: wrong(
    "condition",
    `${GIVEN} if (n) {}`,
    `${GIVEN} if (m) {}`,
    `${GIVEN} while (n) {}`,
    `${GIVEN} for (; n; ) {}`,
    `${GIVEN} const x = n ? 1 : 2;`,
    `${GIVEN} const x = !n;`,
    `${GIVEN} const x = n || 5;`,
    `${GIVEN} const x = n && 5;`,
    `${GIVEN} if (b && n) {}`,
    `${GIVEN} if (b || (b && !n)) {}`,
    `${GIVEN} const x = b && n && o;`,
    "enum E { a } declare const e: E; if (e) {}",
    "declare const a: any; if (a) {}",
    "function f<T extends number>(t: T) { return t ? 1 : 2; }",
    "declare const a: unknown; if (a) {}",
    "declare const a: {}; if (a) {}",
    "interface Shown { toString(): string } declare const a: Shown; if (a) {}",
    "declare const a: number & { unit: 'ms' }; if (a) {}",
    "function f<T>(t: T) { return t ? 1 : 2; }",
    "function f<T>(t: T | undefined) { return t ? 1 : 2; }",
    "function f<T extends {}>(t: T) { return !t; }",
    "function f<T extends string | number>(t: T) { return t && 1; }",
    "function f<T extends object, K extends keyof T>(t: T, k: K) { return t[k] ? 1 : 2; }",
    "class Box<T> { constructor(readonly held: T) {} isFull(): boolean { return this.held ? true : false; } }",
    "[0.5].filter((x) => x);",
    "function f<T>(ts: T[]) { return ts.filter((x) => x); }",
    "declare const test: any; [0.5].some(test);",
  ),
});

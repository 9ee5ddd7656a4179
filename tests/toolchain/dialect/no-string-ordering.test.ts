import { noStringOrdering } from "../../../toolchain/dialect/no-string-ordering";
import { cases, ruleTester, wrong } from "./rule-tester";

ruleTester.run("no-string-ordering", noStringOrdering, {
  valid: cases(
    "1 < 2;",
    'const same = "a" === "b";',
    "[3, 1].sort((a, b) => a - b);",
    "['b', 'a'].sort((a, b) => a.length - b.length);",
  ),
  invalid: [
    ...wrong(
      "comparison",
      "declare const a: string; declare const b: string; a < b;",
      "declare const a: string | undefined; 'b' >= (a ?? 'c');",
      "function later<T extends string>(a: T, b: T): boolean { return a > b; }",
    ),
    ...wrong(
      "sort",
      "['b', 'a'].sort();",
      "declare const names: readonly string[]; names.slice().sort();",
      "[10, 9].sort();",
      "declare const a: any; a.sort();",
      "function sorted<T>(a: T[]): T[] { return a.sort(); }",
      "[10, 9].sort(undefined);",
      "declare const by: ((a: number, b: number) => number) | undefined; [10, 9].sort(by);",
      "[10, 9]['sort']();",
    ),
  ],
});

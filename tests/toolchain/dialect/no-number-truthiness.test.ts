import { noNumberTruthiness } from "../../../toolchain/dialect/no-number-truthiness";
import { cases, ruleTester, wrong } from "./rule-tester";

const GIVEN =
  "declare const n: number; declare const m: number | undefined; declare const b: boolean; declare const o: {} | null;";

ruleTester.run("no-number-truthiness", noNumberTruthiness, {
  valid: cases(
    `${GIVEN} if (b && o && n !== 0) {}`,
    `${GIVEN} const x = b && n;`,
    `${GIVEN} const y = m ?? 3;`,
    `${GIVEN} for (;;) { if (!o) break; }`,
    "[1].filter((x) => x > 0);",
    "declare const s: string; if (s) {}",
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
    "[0.5].filter((x) => x);",
  ),
});

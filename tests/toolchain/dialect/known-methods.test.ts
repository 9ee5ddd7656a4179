import { knownMethods } from "../../../toolchain/dialect/known-methods";
import { cases, ruleTester, wrong } from "./rule-tester";

ruleTester.run("known-methods", knownMethods, {
  valid: cases(
    "'a'.slice(1); [1].push(2); Math.floor(2); Object.keys({});",
    "class Store { replace(): number { return 1; } } new Store().replace();",
    "const Math = { trunc: 1 }; Math.trunc;",
    "declare const a: { concat: number } | undefined; a?.concat;",
  ),
  invalid: wrong(
    "unknown",
    "(5).toFixed(1);",
    "'a'.padStart(3);",
    "declare const s: string | undefined; s?.repeat(3);",
    "[1].concat([2]);",
    "declare const a: readonly number[]; a.flat();",
    "Math.trunc(2.5);",
    "Object.entries({});",
    "declare const n: number; n.toString();",
  ),
});

import { noEnumReverseLookup } from "../../../toolchain/dialect/no-enum-reverse-lookup";
import { cases, ruleTester, wrong } from "./rule-tester";

ruleTester.run("no-enum-reverse-lookup", noEnumReverseLookup, {
  valid: cases("enum E { a = 1 } const x = E.a;", "const a = [1]; enum E { b } a[E.b];"),
  invalid: wrong("lookup", "enum E { a = 1 } E[1];", "enum E { a = 1 } declare const e: E; E[e];"),
});

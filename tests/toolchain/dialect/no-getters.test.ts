import { noGetters } from "../../../toolchain/dialect/no-getters";
import { cases, ruleTester, wrong } from "./rule-tester";

ruleTester.run("no-getters", noGetters, {
  valid: cases("class A { x(): number { return 1; } }", "const o = { get: 1, set: 2 };"),
  invalid: wrong(
    "accessor",
    "class A { get x(): number { return 1; } }",
    "class A { set x(v: number) {} }",
    "const o = { get x() { return 1; } };",
    "class A { static get x(): number { return 1; } }",
  ),
});

import { noThisInArrow } from "../../../toolchain/dialect/no-this-in-arrow";
import { cases, ruleTester, wrong } from "./rule-tester";

ruleTester.run("no-this-in-arrow", noThisInArrow, {
  valid: cases(
    "class A { x = 1; f(): number { return this.x; } }",
    "class A { x = 1; f(): () => number { const self = this; return () => self.x; } }",
  ),
  invalid: wrong(
    "arrow",
    "class A { x = 1; f(): () => number { return () => this.x; } }",
    "class A { x = 1; f = () => this.x; }",
    "class A { x = 1; f() { return () => () => this.x; } }",
  ),
});

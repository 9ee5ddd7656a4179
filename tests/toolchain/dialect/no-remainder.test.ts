import { noRemainder } from "../../../toolchain/dialect/no-remainder";
import { cases, ruleTester, wrong } from "./rule-tester";

ruleTester.run("no-remainder", noRemainder, {
  valid: cases(
    "const x = 7 / 2;",
    "/** Slot of an index. @int32 */ function slot(i: number): number { return i % 8; }",
    "/** Slot of an index. @int32 */ export function slot(i: number): number { return i % 8; }",
    "class Ring { /** Next slot. @int32 */ next(i: number): number { i %= 8; return i; } }",
  ),
  invalid: wrong(
    "remainder",
    "const x = 7 % 2;",
    "let x = 7; x %= 2;",
    "/** Slot of an index. */ function slot(i: number): number { return i % 8; }",
    "// @int32\nfunction slot(i: number): number { return i % 8; }",
  ),
});

import { twoArgumentMinMax } from "../../../toolchain/dialect/two-argument-min-max";
import { cases, ruleTester, wrong } from "./rule-tester";

ruleTester.run("two-argument-min-max", twoArgumentMinMax, {
  valid: cases("Math.min(1, 2);", "Math.max(1, Math.max(2, 3));", "Math.abs(1);"),
  invalid: wrong("arguments", "Math.max(1, 2, 3);", "Math.min(1);", "Math.min();", "Math.max(...[1, 2]);"),
});

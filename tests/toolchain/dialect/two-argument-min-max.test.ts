import { twoArgumentMinMax } from "../../../toolchain/dialect/two-argument-min-max";
import { cases, ruleTester, wrong } from "./rule-tester";

ruleTester.run("two-argument-min-max", twoArgumentMinMax, {
  valid: cases(
    "Math.min(1, 2);",
    "Math.max(1, Math.max(2, 3));",
    "Math.abs(1);",
    "const floor = Math.floor; floor(2);",
    "export function f(Math: { max(...n: number[]): number }): number { return Math.max(1, 2, 3); }",
    "const o = { Math: 1 }; o.Math;",
  ),
  invalid: [
    ...wrong(
      "arguments",
      "Math.max(1, 2, 3);",
      "Math.min(1);",
      "Math.min();",
      "Math.max(...[1, 2]);",
      "Math?.max(1, 2, 3);",
    ),
    ...wrong(
      "value",
      "const m = Math.max; m(1, 2, 3);",
      "[1, 2].reduce(Math.max);",
      "Math.max.call(undefined, 1, 2, 3);",
      "(Math.max as (...n: number[]) => number)(1, 2, 3);",
      "export const smallest = { of: Math.min };",
    ),
    ...wrong(
      "namespace",
      'Math["max"](1, 2, 3);',
      "declare const name: 'max'; Math[name](1, 2, 3);",
      "const m = Math; m.max(1, 2, 3);",
      "const { max } = Math; max(1, 2, 3);",
      "(Math as typeof Math2).max(1, 2, 3); declare const Math2: { max(...n: number[]): number };",
      "export function f(m = Math): number { return m.max(1, 2, 3); }",
    ),
  ],
});

import { expect, test } from "vitest";
import { FlowError } from "../../../src/reservoir/flow-error";

test("is in thousandths, rounded half up, positive when more was delivered than was counted (RES-008)", () => {
  const flow = new FlowError();
  expect(flow.wholePerMille()).toBe(0);
  const judged = (reallyNl: number, countedNl: number): number => {
    flow.judge(reallyNl, countedNl, 5);
    return flow.refills.numbers[flow.refills.place(0)] as number;
  };
  expect(judged(1145000, 1000000)).toBe(145);
  expect(judged(1000499, 1000000)).toBe(0);
  expect(judged(1000500, 1000000)).toBe(1);
  expect(judged(999500, 1000000)).toBe(0);
  expect(judged(999499, 1000000)).toBe(-1);
  // Nothing left the reservoir, or it holds more than before.
  expect(judged(0, 1000000)).toBe(-1000);
  expect(judged(-500000, 1000000)).toBe(-1500);
});

test("over all refills it weighs by volume (RES-008)", () => {
  const flow = new FlowError();
  flow.judge(1100000, 1000000, 1);
  flow.judge(8100000, 9000000, 2);
  expect(flow.wholePerMille()).toBe(-80);
});

import { expect, test } from "vitest";
import { PumpHead } from "../../../sim/plant/pump-head";
import { REFERENCE_PUMP } from "../../src/reference-pump";

// 3200 full steps in a revolution, three in a stroke, 100 counts: 0.09375 counts a stroke.
const CONFIG = {
  ...REFERENCE_PUMP,
  fullStepsPerRevolution: 3200,
  fullStepsPerStroke: 3,
  countsPerRevolution: 100,
  strokeMs: 400,
};

test("whole counts are told, whatever lies between two of them", () => {
  const head = new PumpHead(CONFIG);
  const counts = Array.from({ length: 34 }, (_, n) => {
    expect(head.drive(n * 1000)).toBe(true);
    return head.counts();
  });
  // The eleventh stroke passes the first count, the 22nd the second, the 32nd is the third to the step.
  expect(counts).toEqual([
    ...Array<number>(10).fill(0),
    ...Array<number>(11).fill(1),
    ...Array<number>(10).fill(2),
    3,
    3,
    3,
  ]);
});

test("a program that starts counts from 0, and the head goes on from where it stands", () => {
  const head = new PumpHead(CONFIG);
  for (let n = 0; n < 10; n++) head.drive(n * 1000);
  head.restart();
  expect(head.counts()).toBe(0);
  head.drive(20000);
  expect(head.counts()).toBe(1);
});

test("while it is stuck nothing turns; what it turns by itself counts", () => {
  const head = new PumpHead(CONFIG);
  head.stick(5000);
  head.stick(3000);
  expect(head.drive(4999)).toBe(false);
  expect(head.drive(5000)).toBe(true);
  head.run(31);
  expect(head.counts()).toBe(3);
});

test("strokes that wait for each other end one after the other", () => {
  const head = new PumpHead(CONFIG);
  const ends = [1000, 1100, 1100, 9000].map((dueMs) => {
    head.drive(dueMs);
    return head.endMs();
  });
  expect(ends).toEqual([1400, 1800, 2200, 9400]);
});

test("a pump without an encoder counts nothing", () => {
  const head = new PumpHead({ ...CONFIG, countsPerRevolution: 0 });
  head.drive(0);
  expect([head.isCounted, head.counts()]).toEqual([false, 0]);
});

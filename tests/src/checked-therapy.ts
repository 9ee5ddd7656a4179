import { expect } from "vitest";
import { FaultKind } from "../../src/safety/fault";
import { runTherapy } from "./loop-drive";
import { checkerFor } from "./random-therapy";
import type { Therapy } from "./random-therapy";

/** Runs a therapy under the separate checker: nothing to complain of, no fault, and both have counted the same strokes. */
export function expectRight(therapy: Therapy): void {
  const checker = checkerFor(therapy);
  const { pump, endMs } = runTherapy(therapy, checker);
  checker.close(endMs);
  expect(checker.complaints).toEqual([]);
  expect(pump.fault).toBe(FaultKind.none);
  expect(pump.delivery.totalStrokes).toBe(checker.strokes);
}

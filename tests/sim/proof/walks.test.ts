import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { StepPlan } from "../../../src/delivery/step-plan";
import type { EngineOf } from "../../../sim/engines/engine";
import { createNativeEngine } from "../../../sim/engines/native";
import { replay } from "../../../sim/proof/replay";
import { wrongsOf } from "../../../sim/proof/run-walk";
import { longWalk, timeWalk } from "../../../sim/proof/time-walks";
import { randomWalk } from "../../../sim/proof/walk";
import { bytecodeEngines } from "../engines/default-program";

const NATIVE_WALKS = 200;
const BYTECODE_WALKS = 6;

let bytecode: EngineOf;

beforeAll(async () => {
  bytecode = (await bytecodeEngines())(1);
});

afterEach(() => {
  vi.restoreAllMocks();
});

/** What is wrong with walks number 1 to `count`, by number. */
function wrongIn(count: number, walkOf: typeof randomWalk, other?: EngineOf): string[] {
  return Array.from({ length: count }, (_, i) => i + 1).flatMap((seed) =>
    wrongsOf(walkOf(seed), createNativeEngine, other).map((wrong) => `${seed}: ${wrong}`),
  );
}

describe("random walks over patients, clinics, faults, power and clocks", () => {
  test("natively", () => {
    expect(wrongIn(NATIVE_WALKS, randomWalk)).toEqual([]);
  });

  test("on both engines alike", () => {
    expect(wrongIn(BYTECODE_WALKS, randomWalk, bytecode)).toEqual([]);
  });
});

describe("time", () => {
  test("a controller that oversleeps in a stroke or a bolus gives nothing late; a clock set to nonsense changes no dose", () => {
    expect(wrongIn(NATIVE_WALKS, timeWalk)).toEqual([]);
    expect(wrongIn(BYTECODE_WALKS, timeWalk, bytecode)).toEqual([]);
  });

  test("62 days, through 2^31 and 2^32 ms, with planned restarts on both engines", () => {
    expect(wrongsOf(longWalk(1), createNativeEngine, bytecode)).toEqual([]);
  });
});

test("a walk that goes wrong is shrunk to the steps that it takes", () => {
  // The second stroke comes at once.
  const { takeStroke } = StepPlan.prototype;
  const begun = new WeakSet<StepPlan>();
  vi.spyOn(StepPlan.prototype, "takeStroke").mockImplementation(function (this: StepPlan) {
    const isTaken = takeStroke.call(this);
    if (isTaken && !begun.has(this)) {
      begun.add(this);
      this.owedUnits += this.stroke.strokeUnits - 1 - this.owedUnits;
    }
    return isTaken;
  });
  const seed = Array.from({ length: 20 }, (_, i) => i + 1).find((one) => {
    const walk = randomWalk(one);
    return walk.steps.length > 15 && wrongsOf(walk, createNativeEngine).length > 0;
  });
  const shown = replay(`walk/${seed}`, bytecode);
  expect(shown?.wrong.join("")).toContain("were ordered since the start of the program");
  // Stage, confirm, start, and little more.
  expect(shown?.steps.length).toBeLessThanOrEqual(8);
});

test("a replay that was never told is refused", () => {
  for (const text of ["", "walk", "walk/x", "cut/nothing/1/2/3", "call/continuous/nothing/1"])
    expect(replay(text, bytecode)).toBeUndefined();
});

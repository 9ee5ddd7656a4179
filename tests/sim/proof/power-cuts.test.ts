import { beforeAll, describe, expect, test } from "vitest";
import { JournalCode } from "../../../src/record/journal";
import type { EngineOf } from "../../../sim/engines/engine";
import { createNativeEngine } from "../../../sim/engines/native";
import { COURSES, PLANNED_RESTART } from "../../../sim/proof/courses";
import { courseNamed } from "../../../sim/proof/lanes";
import { cutEverywhere, PowerCuts } from "../../../sim/proof/power-cuts";
import type { CutCount } from "../../../sim/proof/power-cuts";
import { traceOf } from "../../../sim/proof/trace";
import { bytecodeEngines } from "../engines/default-program";

/** One place in so many; another share in each run of `npm run prove`. */
const NATIVE_EVERY = 37;

/** Places in each course on bytecode. */
const BYTECODE_PLACES = 3;

let bytecode: EngineOf;

beforeAll(async () => {
  bytecode = (await bytecodeEngines())(1);
});

describe("wherever the power fails, nothing is lost, nothing given twice, and therapy goes on", () => {
  test.each(COURSES)("$name: its therapy begins, undisturbed", (course) => {
    const happened = traceOf(course, createNativeEngine);
    const told = (code: JournalCode): boolean =>
      happened.some((one) => one.kind === "entry" && one.entry[0] === Number(code));
    expect(told(JournalCode.stageRefused)).toBe(false);
    expect(told(JournalCode.started)).toBe(true);
    expect(told(JournalCode.bolusGranted)).toBe(true);
    // Those in which the reservoir is filled.
    expect(told(JournalCode.refilled)).toBe(["bridge", "weaker", "refill"].includes(course.name));
    expect(told(JournalCode.oldFluid)).toBe(["bridge", "weaker"].includes(course.name));
    expect(happened.some((one) => one.kind === "entry" && one.entry[0] === Number(JournalCode.restart))).toBe(
      course === PLANNED_RESTART,
    );
  });

  test.each(COURSES)("$name, natively", (course) => {
    const { wrong, cuts } = cutEverywhere(course, createNativeEngine, { seed: 11, every: NATIVE_EVERY, mostWrong: 1 });
    expect(wrong).toEqual([]);
    expect(cuts).toBeGreaterThan(50);
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])("in random therapy %i", (seed) => {
    const course = courseNamed(`random ${seed}`);
    if (course === undefined) throw new Error("no such course");
    expect(cutEverywhere(course, createNativeEngine, { seed, every: 211, mostWrong: 1 }).wrong).toEqual([]);
  });

  test.each(COURSES)("$name, a hundred times in a row", (course) => {
    const cuts = new PowerCuts(course, createNativeEngine);
    const places = cuts.places();
    for (const part of [0.2, 0.7]) {
      // A life whose seed is a multiple of 400 is such a one.
      const place = places[Math.floor(places.length * part)];
      if (place === undefined) throw new Error("a course without a place to cut at");
      const count = cuts.replay(place, 400 * Math.ceil(part * 100));
      expect(count.wrong).toEqual([]);
      expect(count.cuts).toBeGreaterThan(100);
    }
  });

  test.each(COURSES)("$name, on bytecode, and both engines tell the same", (course) => {
    const cuts = new PowerCuts(course, createNativeEngine, bytecode);
    const places = cuts.places();
    const every = Math.floor(places.length / BYTECODE_PLACES);
    const count: CutCount = { cuts: 0, simulatedMs: 0, wrong: [] };
    cuts.cutAt(
      places.filter((_place, index) => index % every === 13),
      29,
      count,
    );
    expect(count.wrong).toEqual([]);
    expect(count.cuts).toBeGreaterThanOrEqual(BYTECODE_PLACES);
  });
});

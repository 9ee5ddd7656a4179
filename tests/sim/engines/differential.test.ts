import { beforeAll, describe, expect, test } from "vitest";
import { createNativeEngine } from "../../../sim/engines/native";
import { complaintsAbout, differenceFrom, judged } from "../../../sim/random/judge-therapy";
import { randomTherapy } from "../../../sim/random/random-therapy";
import { logOf } from "../../../sim/random/run-therapy";
import type { EngineOf } from "../../../sim/engines/engine";
import { bytecodeEngines } from "./default-program";

const RUNS = 90;
const RUNS_ON_GRID = 60;
/** Therapies that run natively only, under the separate checker; longer ones. */
const RUNS_JUDGED = 600;
const STROKES = 120;
/** For a machine several times slower than the one where they take half a minute. */
const SLOW_MS = 300000;
/** `MINIM_SEED=n npm test` tries others. */
const firstSeed = Number(process.env["MINIM_SEED"] ?? 20260301);

let engineOn: (gridMs: number) => EngineOf;

beforeAll(async () => {
  engineOn = await bytecodeEngines();
  console.log(
    `native against bytecode: ${RUNS} and, on a grid, ${RUNS_ON_GRID} random therapies from seed ${firstSeed}; ` +
      `${RUNS_JUDGED} natively under the separate checker`,
  );
});

function seeds(count: number): number[] {
  return Array.from({ length: count }, (_, index) => firstSeed + index);
}

/** What happened in a log: each event, with its reason or answer. */
function eventsIn(log: readonly string[]): string[] {
  return log.map((text) => {
    const line: Record<string, unknown> = JSON.parse(text);
    const why = line["answer"] ?? line["reason"];
    return why === undefined ? String(line["event"]) : `${String(line["event"])} ${String(why)}`;
  });
}

/** Runs in which nothing happens would agree too. */
const MUST_HAPPEN = [
  "stroke",
  "bolusGranted",
  "bolusDenied lockedOut",
  "bolusEnded complete",
  "bolusEnded stopped",
  "bolusSuspended",
  "bolusResumed",
  "alarmRaised",
  "alarmCleared",
  "stopped",
  "held",
  "programmed",
  "programEnded",
  "clockSet",
  "basalRate",
  "residualMeasured",
  "refilled",
  "oldFluid",
  "primeAsked",
  "interrogated",
];

/** What comes about in hundreds of them only. */
const MUST_HAPPEN_ONCE = [
  ...["stopped", "alarmActive", "notPrescribed", "aboveLimit", "clockNotSet", "outsideHours", "busy", "duplicate"].map(
    (answer) => `bolusDenied ${answer}`,
  ),
  ...["maxPerDay", "wouldExceedWindow", "reservoirLow"].map((answer) => `bolusDenied ${answer}`),
  ...["reservoirEmpty", "programmed", "alarm", "held"].map((why) => `bolusEnded ${why}`),
  ...["alreadyRunning", "reservoirEmpty", "alarmActive", "otherDrugs", "programEnded", "priming"].map(
    (why) => `startRefused ${why}`,
  ),
  ...["otherDigest", "softLimits", "largeChanges", "otherDrugs"].map((why) => `confirmRefused ${why}`),
  ...["notStopped", "volume", "notMeasured", "discrepancy", "drugs", "deadVolumeUnknown"].map(
    (why) => `refillRefused ${why}`,
  ),
  ...["bolusSkipped", "strokeDropped", "stageRefused", "oldFluidPassed", "tubeChanged", "deadVolumeEmptied"],
];

describe(`random pumps and therapies from seed ${firstSeed}`, () => {
  test.each([
    { gridMs: 1, runs: RUNS },
    { gridMs: 10, runs: RUNS_ON_GRID },
  ])(
    "native and bytecode write the same log, woken on a grid of $gridMs ms, $runs runs on one image (SIM-001, TIM-002)",
    ({ gridMs, runs }) => {
      const events = new Set<string>();
      for (const seed of seeds(runs)) {
        const therapy = randomTherapy(seed, STROKES);
        const log = logOf(therapy, createNativeEngine);
        expect(differenceFrom(log, therapy, engineOn(gridMs))).toBeUndefined();
        for (const event of eventsIn(log)) events.add(event);
      }
      expect(MUST_HAPPEN.filter((event) => !events.has(event))).toEqual([]);
    },
    SLOW_MS,
  );

  test(
    `the separate checker finds nothing wrong in ${RUNS_JUDGED} of them`,
    () => {
      const events = new Set<string>();
      for (const seed of seeds(RUNS_JUDGED)) {
        const therapy = randomTherapy(seed);
        expect(complaintsAbout(therapy, createNativeEngine), `seed ${seed}`).toEqual([]);
        for (const event of eventsIn(logOf(therapy, createNativeEngine))) events.add(event);
      }
      expect([...MUST_HAPPEN, ...MUST_HAPPEN_ONCE].filter((event) => !events.has(event))).toEqual([]);
    },
    SLOW_MS,
  );

  test("the checker judges what the bytecode does just as well", () => {
    let strokes = 0;
    for (const seed of seeds(5)) {
      const checker = judged(randomTherapy(seed, STROKES), engineOn(1));
      expect(checker.complaints).toEqual([]);
      expect(checker.fault).toBe(0);
      strokes += checker.strokes;
    }
    expect(strokes).toBeGreaterThan(0);
  });
});

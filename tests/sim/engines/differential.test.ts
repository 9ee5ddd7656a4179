// Shows SIM-001, TIM-002.
import { beforeAll, describe, expect, test } from "vitest";
import { createNativeEngine } from "../../../sim/engines/native";
import { complaintsAbout, differenceFrom } from "../../../sim/random/judge-therapy";
import { randomTherapy } from "../../../sim/random/random-therapy";
import { logOf } from "../../../sim/random/run-therapy";
import type { EngineOf } from "../../../sim/engines/engine";
import { bytecodeEngines } from "./default-program";

const RUNS = 200;
const RUNS_ON_GRID = 60;
/** For a machine several times slower than the one where they take half a minute. */
const SLOW_MS = 300000;
/** `MINIM_SEED=n npm test` tries others. */
const firstSeed = Number(process.env["MINIM_SEED"] ?? 20260301);

let engineOn: (gridMs: number) => EngineOf;

beforeAll(async () => {
  engineOn = await bytecodeEngines();
  console.log(
    `native against bytecode: ${RUNS} and, on a grid, ${RUNS_ON_GRID} random therapies from seed ${firstSeed}`,
  );
});

function seeds(count: number): number[] {
  return Array.from({ length: count }, (_, index) => firstSeed + index);
}

describe(`native and bytecode write the same log, random pumps and therapies from seed ${firstSeed}`, () => {
  test.each([
    { gridMs: 1, runs: RUNS },
    { gridMs: 10, runs: RUNS_ON_GRID },
  ])(
    "woken on a grid of $gridMs ms, $runs runs on one image",
    ({ gridMs, runs }) => {
      const events = new Set<string>();
      for (const seed of seeds(runs)) {
        const therapy = randomTherapy(seed);
        const log = logOf(therapy, createNativeEngine);
        expect(differenceFrom(log, therapy, engineOn(gridMs))).toBeUndefined();
        expect(complaintsAbout(therapy, createNativeEngine)).toEqual([]);
        for (const line of log) events.add(String(JSON.parse(line).event));
      }
      // Runs in which nothing happens would agree too.
      for (const event of ["stroke", "bolusGranted", "bolusDenied", "bolusEnded", "alarmRaised", "stopped", "refilled"])
        expect(events).toContain(event);
    },
    SLOW_MS,
  );
});

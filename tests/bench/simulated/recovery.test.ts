import { describe, expect, it } from "vitest";
import { analyseFlow } from "../../../bench/analysis/analyse-flow";
import { BENCH_PROFILES } from "../../../bench/simulated/bench-profile";
import type { BenchProfileName } from "../../../bench/simulated/bench-profile";
import { readBenchPump } from "../../../bench/simulated/node/bench-pump";
import { createSimulatedBalance } from "../../../bench/simulated/node/simulated-bench-server";
import { sheetSettings } from "../../../bench/simulated/sheet-settings";
import { StrokeCourse } from "../../../bench/simulated/stroke-course";
import { weighedRun } from "./weighed-run";

const HOUR = 3600000;
const RUN_MS = 26 * HOUR;
const STRETCH_H = { from: 2, to: 26 };
const SEEDS = 100;
/** The mean flow rests on two readings; MINIM_RECOVERY_S=30 takes the usual ones, 936,300 in all. */
const INTERVAL_MS = 1000 * Number(process.env["MINIM_RECOVERY_S"] ?? 120);
/** For a reading every 30 s. */
const TIMEOUT_MS = 600000;
const { config } = readBenchPump("reference-20ml");

describe("what the bench finds of the pump's true flow", () => {
  const runs: readonly (readonly [number, BenchProfileName])[] = [
    [24, "analytical"],
    [0.048, "analytical"],
    [0.048, "semi-micro"],
  ];
  it.each(runs)(
    "is right within its stated uncertainty at %s mL/day on the %s balance, and the uncertainty is neither too small nor inflated (SBE-011)",
    async (mlPerDay, profile) => {
      const rateMlPerH = mlPerDay / 24;
      // The strokes do not depend on the seed; head, vessel and balance do.
      const course = new StrokeCourse({ config, rateMlPerH });
      const settings = {
        ...sheetSettings(BENCH_PROFILES[profile]),
        rateMlPerH,
        preset: "custom",
        analyse: { fromMinutes: 60 * STRETCH_H.from, toMinutes: 60 * STRETCH_H.to },
      } as const;
      let within = 0;
      let squares = 0;
      let stated = 0;
      for (let seed = 1; seed <= SEEDS; seed++) {
        const served = await createSimulatedBalance({ config, rateMlPerH, profile, seed, course });
        const found = analyseFlow(await weighedRun(served, RUN_MS, INTERVAL_MS), settings);
        const { bench } = served;
        const trueNl = bench.trueVolumeNl(STRETCH_H.to * HOUR) - bench.trueVolumeNl(STRETCH_H.from * HOUR);
        const truePercent = 100 * (trueNl / ((STRETCH_H.to - STRETCH_H.from) * rateMlPerH * 1e6) - 1);
        expect(found.analysedMinutes).toBe(60 * (STRETCH_H.to - STRETCH_H.from));
        const error = found.meanErrorPercent - truePercent;
        if (Math.abs(error) <= found.uncertaintyPercent) within++;
        squares += (error / (found.uncertaintyPercent / 2)) ** 2;
        stated += found.uncertaintyPercent / SEEDS;
        await served.close();
      }
      course.close();
      const spread = Math.sqrt(squares / SEEDS);
      console.log(
        `recovery at ${mlPerDay} mL/day, ${profile}: ${within} of ${SEEDS} within U (mean ${stated.toPrecision(3)} %), error/u ${spread.toFixed(2)}`,
      );
      expect(within).toBeGreaterThanOrEqual(90);
      expect(spread).toBeGreaterThan(0.8);
      expect(spread).toBeLessThan(1.25);
    },
    TIMEOUT_MS,
  );
});

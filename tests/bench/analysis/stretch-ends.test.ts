import { describe, expect, it } from "vitest";
import { analyseFlow } from "../../../bench/analysis/analyse-flow";
import { madeSeries } from "../../../bench/analysis/mass-series";
import { readWeighing } from "../../../bench/analysis/reading/weighing-reader";
import { rollerPassOf } from "../../../bench/analysis/dose-cycle";
import { rollerNote } from "../../../bench/analysis/roller-note";
import { evenRun } from "./made-runs";

describe("the ends of a stretch", () => {
  it("have room for the jitter of a recorder's clock, and for no more (ANA-008)", () => {
    const stretchOf = (firstS: number, laterS: number): number[] => {
      const timeS = Array.from({ length: 260 }, (_, i) => (i === 0 ? firstS : 30 * i + laterS));
      const run = madeSeries(
        timeS,
        timeS.map((one) => one / 3600),
      );
      const { fromMinutes, toMinutes, samples } = analyseFlow(run, { rateMlPerH: 1 });
      return [Math.round(10 * fromMinutes) / 10, Math.round(10 * toMinutes) / 10, samples];
    };
    expect(stretchOf(0, 0)).toEqual([60, 120, 121]);
    expect(stretchOf(0.067, 0.002)).toEqual([60, 120, 121]);
    expect(stretchOf(0, 0.017)).toEqual([60, 120, 121]);
    expect(stretchOf(0, 0.2)).toEqual([60, 119.5, 120]);
  });
});

describe("a display that is coarser than the noise that was told", () => {
  it("is in the uncertainty, so that nothing is passed by it (ANA-009)", () => {
    // Whole grams; really 0.6 mL/h, which the rounding hides.
    const lines = Array.from({ length: 241 }, (_, i) => `${30 * i},${Math.round(0.6 * ((30 * i) / 3600) + 0.3)}`);
    const run = readWeighing(`elapsed_s,mass_g\n${lines.join("\n")}\n`, "grams.csv");
    const told = { readingG: 1e-4, source: "--balance" };
    const found = analyseFlow(run, { rateMlPerH: 1, balanceNoise: told, limit: { percent: 5, source: "our own" } });
    expect(found.balanceNoiseG).toBe(1e-4);
    expect(found.uncertaintyPercent).toBeGreaterThan(40);
    expect(found.verdict).toBe("notJudgeable");
  });

  it("is nothing where the readings are finer", () => {
    const told = { readingG: 1e-4, source: "--balance" };
    const found = analyseFlow(
      evenRun({ minutes: 120 }, (minutes) => minutes / 60),
      { rateMlPerH: 1, balanceNoise: told },
    );
    expect(found.uncertaintyPercent).toBeCloseTo((200 * Math.SQRT2 * 1e-4) / 0.998, 6);
  });
});

describe("the rollers' phase", () => {
  const head = { rollers: 3, strokesPerRevolution: 200, pulsationPercent: 20, source: "told" };
  // A stroke each 9 min: a roller passes in 10 h.
  const pass = rollerPassOf({ minutes: 9, source: "told" }, head);
  const noteOf = (fromH: number, toH: number, uncertaintyPercent: number): string | undefined =>
    rollerNote(pass, head, { analysedMinutes: (toH - fromH) * 60, uncertaintyPercent });

  it("is told where it can be more of the error than the balance's uncertainty, with a length that does not see it (ANA-009)", () => {
    // 20 % x |sin(2.4 pi)| / (2.4 pi).
    expect(noteOf(0, 24, 0.5)).toContain("2.4 passes of a roller: up to ±2.5 %");
    expect(noteOf(0, 24, 0.5)).toContain("as 20 h");
    expect(noteOf(0, 24, 3)).toBeUndefined();
    expect(noteOf(0, 30, 0.5)).toBeUndefined();
  });
});

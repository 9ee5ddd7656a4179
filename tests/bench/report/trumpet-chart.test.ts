import { describe, expect, test } from "vitest";
import { axisRange } from "../../../bench/report/axis-range";
import { PAGE_FRAME } from "../../../bench/report/chart";
import { comparisonChart } from "../../../bench/report/comparison";
import { hourlyChart } from "../../../bench/report/hourly-chart";
import { startUpChart } from "../../../bench/report/start-up-chart";
import { trumpetAxes, trumpetChart } from "../../../bench/report/trumpet-chart";
import { trumpetRange, windowsOutside } from "../../../bench/report/trumpet-range";
import type { FlowAnalysis } from "../../../bench/analysis/flow-analysis";
import { FROM_ELSEWHERE, RECORDED, TYPICAL, UGLY } from "./made-analysis";

/** Where the drawn markers stand, in px, and their fill. */
function markers(svg: string): { x: number; y: number; fill: string }[] {
  // A marker is a path that is scaled and put into its place; the legend's stands above the frame.
  return [...svg.matchAll(/<path [^>]*transform="matrix\(([^)]*)\)"[^>]*>/g)]
    .map(([tag, matrix = ""]) => {
      const [, , , , x = NaN, y = NaN] = matrix.split(",").map(Number);
      return { x, y, fill: /fill="([^"]*)"/.exec(tag)?.[1] ?? "" };
    })
    .filter(({ y }) => y >= PAGE_FRAME.topPx);
}

/** Where a window's error belongs, by the frame and the axes alone. */
function placeOf(analysis: FlowAnalysis, minutes: number, percent: number): { x: number; y: number } {
  const { x, y } = trumpetAxes([analysis]);
  const { widthPx, heightPx, leftPx, rightPx, topPx, bottomPx } = PAGE_FRAME;
  return {
    x: leftPx + ((minutes - x.from) / (x.to - x.from)) * (widthPx - leftPx - rightPx),
    y: topPx + ((y.to - percent) / (y.to - y.from)) * (heightPx - topPx - bottomPx),
  };
}

describe("the trumpet chart", () => {
  test("has each window's largest and smallest error where it belongs (REP-002)", () => {
    const drawn = markers(trumpetChart("trumpet", TYPICAL).svg);
    const wanted = TYPICAL.windows.flatMap(({ minutes, maxPercent, minPercent }) =>
      [maxPercent, minPercent].map((percent) => placeOf(TYPICAL, minutes, percent ?? NaN)),
    );
    expect(drawn).toHaveLength(wanted.length);
    for (const { x, y } of wanted)
      expect(
        drawn.some((one) => Math.hypot(one.x - x, one.y - y) < 0.01),
        `${x}, ${y}`,
      ).toBe(true);
  });

  test("windows that cannot be judged are hollow, those longer than the stretch are not drawn (REP-004)", () => {
    const drawn = markers(trumpetChart("trumpet", UGLY).svg);
    const fillAt = (minutes: number, percent: number): string | undefined => {
      const { x, y } = placeOf(UGLY, minutes, percent);
      return drawn.find((one) => Math.hypot(one.x - x, one.y - y) < 0.01)?.fill;
    };
    expect([fillAt(150, 25), fillAt(150, -19.31)]).toEqual(["#ffffff", "#ffffff"]);
    expect([fillAt(330, 17.2), fillAt(570, -2.2)]).not.toContain("#ffffff");
    expect(drawn.some(({ x }) => Math.abs(x - placeOf(UGLY, 930, 0).x) < 1)).toBe(false);
  });

  test("points far outside are named instead of pressing all others flat", () => {
    const { y } = trumpetAxes([UGLY]);
    expect(y).toMatchObject({ from: -20, to: 30 });
    expect(windowsOutside(UGLY, y).map(({ minutes }) => minutes)).toEqual([15, 60]);
    // Where nothing can be judged there is nothing to be pressed flat.
    const windows = UGLY.windows.map((window) => ({ ...window, judgeable: false, withinLimit: null }));
    expect(trumpetRange([{ ...UGLY, windows }])).toEqual({ from: -143.2, to: 1178.94 });
  });

  test("shows mean error, set rate, limit and noise band in its legend, and says them to those who cannot see it", () => {
    const { svg, title } = trumpetChart("trumpet", TYPICAL);
    for (const words of ["balance noise", "limit", "14.5", "set rate", "mean error", "1.38", "largest and smallest"])
      expect(svg).toContain(words);
    expect(title).toContain("+9.12");
    expect(trumpetChart("trumpet", { ...TYPICAL, limitPercent: null }).svg).not.toContain("limit");
  });
});

describe("all charts", () => {
  test("are the same text whenever they are drawn, with ids of their own", () => {
    const draw = (): string[] => [
      trumpetChart("a-trumpet", UGLY).svg,
      startUpChart("a-start-up", UGLY)?.svg ?? "",
      hourlyChart("a-hourly", UGLY)?.svg ?? "",
      comparisonChart([RECORDED, FROM_ELSEWHERE]).svg,
    ];
    const drawn = draw();
    expect(draw()).toEqual(drawn);
    const ids = drawn.flatMap((svg) => [...svg.matchAll(/\bid="([^"]+)"/g)].map(([, id]) => id));
    expect(ids.length).toBeGreaterThan(2);
    expect(new Set(ids).size).toBe(ids.length);
    for (const svg of drawn) expect(svg).not.toMatch(/<style|NaN|Infinity|https?:/);
  });

  test("are left out where there is nothing to draw", () => {
    expect(startUpChart("s", { ...TYPICAL, startUp: { fromMinutes: 0, toMinutes: 0, points: [] } })).toBeUndefined();
    expect(hourlyChart("h", { ...TYPICAL, hourly: { meanPercent: null, sdPercent: null, hours: [] } })).toBeUndefined();
  });

  test("have axes with round marks that hold all values", () => {
    expect(axisRange([-12.4, 14.5])).toEqual({ from: -15, to: 15, marks: [-15, -10, -5, 0, 5, 10, 15] });
    expect(axisRange([0, 0.0031], 5)).toEqual({ from: 0, to: 0.004, marks: [0, 0.001, 0.002, 0.003, 0.004] });
    expect(axisRange([3, 3]).from).toBeLessThanOrEqual(3);
    expect(axisRange([])).toEqual({ from: 0, to: 1, marks: [0, 1] });
  });
});

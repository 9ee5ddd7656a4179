import { describe, expect, test } from "vitest";
import { startUpChart } from "../../../bench/report/start-up-chart";
import { TYPICAL } from "./made-analysis";

interface DrawnText {
  readonly text: string;
  readonly xPx: number;
  readonly isUpright: boolean;
}

/** Every text of a chart, with the place of its anchor. */
function textsOf(svg: string): DrawnText[] {
  return [...svg.matchAll(/<text ([^>]*)>([^<]*)<\/text>/g)].map(([, attributes = "", text = ""]) => {
    const [, xPx = ""] = /(?:translate\(|matrix\([^)]*?,)([\d.-]+)[ ,][\d.-]+\)/.exec(attributes) ?? [];
    return { text, xPx: Number(xPx), isUpright: !/rotate|matrix/.test(attributes) };
  });
}

/** The chart of a run at this rate. */
function drawnAt(rateMlPerH: number): DrawnText[] {
  const points = TYPICAL.startUp.points.map(({ minutes, mlPerH }) => ({ minutes, mlPerH: mlPerH * rateMlPerH }));
  return textsOf(startUpChart("s", { ...TYPICAL, rateMlPerH, startUp: { ...TYPICAL.startUp, points } })?.svg ?? "");
}

/** A digit of the labels is about so wide, and a line of them so high, in px. */
const DIGIT_PX = 6;
const LINE_PX = 11;

describe("the start-up curve", () => {
  test.each([
    [0.00013, "flow (µL/h)", "set rate 0.13 µL/h"],
    [0.002, "flow (µL/h)", "set rate 2 µL/h"],
    [0.099, "flow (µL/h)", "set rate 99 µL/h"],
    [0.1, "flow (mL/h)", "set rate 0.1 mL/h"],
    [250000, "flow (mL/h)", "set rate 250000 mL/h"],
  ])("at %d mL/h has its title whole, left of the longest label (REP-007)", (rateMlPerH, title, legend) => {
    const texts = drawnAt(rateMlPerH);
    const name = texts.find(({ text }) => text === title);
    expect(texts.map(({ text }) => text.replace(/\u202F/g, " "))).toContain(legend);
    expect(name?.isUpright).toBe(false);
    const nameRightPx = name?.xPx ?? NaN;
    expect(nameRightPx).toBeGreaterThanOrEqual(LINE_PX);
    // Labels end at their anchor, left of the axis; those of the time axis and the legend stand elsewhere.
    const axisPx = Math.min(...texts.filter(({ text }) => /^\d/.test(text)).map(({ xPx }) => xPx));
    const labels = texts.filter(({ text, xPx }) => /^[\d.]+$/.test(text) && xPx === axisPx);
    expect(labels.length).toBeGreaterThan(3);
    for (const { text, xPx } of labels) expect(xPx - DIGIT_PX * text.length).toBeGreaterThanOrEqual(nameRightPx);
  });
});

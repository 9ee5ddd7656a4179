import { describe, expect, it } from "vitest";
import { analyseFlow } from "../../../bench/analysis/analyse-flow";
import type { FlowAnalysis } from "../../../bench/analysis/flow-analysis";
import { readPumpLog } from "../../../bench/analysis/pump-log";
import { BadInput } from "../../../config/bad-input";
import { evenRun } from "./made-runs";

const MIN = 60000;
const TURN = 2 * Math.PI;
const SETTINGS = { rateMlPerH: 1, preset: "custom", balanceNoise: { readingG: 1e-5, source: "told" } } as const;

function logText(lines: readonly (readonly [minutes: number, event: string, more?: object])[]): string {
  return lines.map(([minutes, event, more]) => `${JSON.stringify({ atMs: minutes * MIN, event, ...more })}\n`).join("");
}

const BASAL = [0, "basalRate", { rateNlPerDay: 24e6 }] as const;

function bolus(id: number, from: number, to: number, orderedNl: number): Parameters<typeof logText>[0] {
  const given = { id, bolus: "demand" };
  return [
    [from, "bolusGranted", { ...given, volumeNl: 60000, durationMs: (to - from) * MIN }],
    [to, "bolusEnded", { ...given, reason: "complete", orderedNl }],
  ];
}

/** Volume of a step in mL that comes evenly between two times. */
function step(minutes: number, from: number, to: number, ml: number): number {
  return ml * Math.min(1, Math.max(0, (minutes - from) / (to - from)));
}

function analysed(text: string, volumeMl: (minutes: number) => number, offsetS = 0): FlowAnalysis {
  return analyseFlow(evenRun({ minutes: 180 }, volumeMl), {
    ...SETTINGS,
    pumpLog: readPumpLog(text, "pump.ndjson", offsetS),
  });
}

describe("boluses of the pump's log", () => {
  const log = logText([BASAL, ...bolus(1, 30, 35, 60000), ...bolus(2, 60, 62, 24000), ...bolus(3, 178, 180, 60000)]);
  const volume = (minutes: number): number =>
    minutes / 60 + step(minutes, 30, 35, 0.063) + step(minutes, 60, 62, 0.024) + step(minutes, 90, 94, 0.05);

  it("stand beside the steps that the balance saw, basal taken off (ANA-011)", () => {
    const { boluses, notes } = analysed(log, volume);
    expect(boluses).toHaveLength(2);
    expect(boluses[0]).toMatchObject({ kind: "demand", startMinutes: 30, orderedUl: 60 });
    expect(boluses[0]?.measuredUl).toBeCloseTo(63, 6);
    expect(boluses[0]?.errorPercent).toBeCloseTo(5, 6);
    // Two readings, and the same at the ends of the four bolus-free parts, which weigh as 5.5 min of their 161 min.
    const basalShare = (Math.sqrt(4) * 5.5) / (178 - 5.5 - 2.5 - 4.5 - 4.5);
    const readings = (100 * Math.SQRT2 * 1e-5) / 0.998 / 0.06;
    expect(boluses[0]?.noisePercent).toBeCloseTo(readings * Math.hypot(1, basalShare), 4);
    // The second was cut short: what was ordered in the end counts.
    expect(boluses[1]).toMatchObject({ orderedUl: 24 });
    expect(boluses[1]?.errorPercent).toBeCloseTo(0, 6);
    expect(notes.join("\n")).toContain("the demand bolus at 178.0 min was not weighed from before to after");
    expect(notes.join("\n")).toContain("the pump gave 3 boluses in the stretch");
  });

  it("are not all that the balance saw: a step without one is told (ANA-011)", () => {
    const told = analysed(log, volume).notes.filter((note) => note.includes("does not know"));
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/^a step of 50\.0 µL at (8[89]|90)\.\d min/);
    expect(analysed(log, (minutes) => volume(minutes) - step(minutes, 90, 94, 0.05)).notes.join()).not.toContain(
      "does not know",
    );
  });

  it("do not answer for a head that gives 5 % less, and its rollers are in their noise (ANA-015)", () => {
    // 20 % once in 6 min, as a head of three rollers and 60 µL gives at 0.2 mL/h.
    const [pass, slow] = [6, 0.2];
    const rollers = (minutes: number): number =>
      -((0.2 * slow) / 60) * (pass / TURN) * Math.sin((TURN * minutes) / pass);
    const text = logText([[0, "basalRate", { rateNlPerDay: 4.8e6 }], ...bolus(1, 120, 140, 5000)]);
    const run = evenRun({ minutes: 360 }, (t) => 0.95 * ((slow * t) / 60 + rollers(t) + step(t, 120, 140, 0.005)));
    const pumpLog = readPumpLog(text, "pump.ndjson", 0);
    const { boluses, notes } = analyseFlow(run, { ...SETTINGS, rateMlPerH: slow, pumpLog });
    const [found] = boluses;
    const seen = 4.75 + 950 * (rollers(140.5) - rollers(120));
    expect(found?.measuredUl).toBeCloseTo(seen, 1);
    const standard = ((found?.noisePercent ?? NaN) / 100) * 5;
    // An amplitude of 0.605 µL at both ends: √2 sin(π 20.5/6) of it as a standard deviation.
    expect(standard).toBeCloseTo(0.605 * Math.SQRT2 * Math.abs(Math.sin((Math.PI * 20.5) / pass)), 1);
    expect(notes.join()).toContain("measured in 339.5 min without boluses, 0.1901 mL/h (-4.97 % of");
    expect(notes.join()).not.toContain("does not know");
  });

  it("have the rollers in their noise where only the bolus turns the head (ANA-015)", () => {
    // At 2 µL/h the head makes a third of a roller's 20 µL in 3 h; a bolus of 10 µL makes half of it.
    const text = logText([
      [0, "basalRate", { rateNlPerDay: 48000 }],
      ...bolus(1, 90, 95, 10000),
      [0.2, "strokes", { count: 53, lastAtMs: 180 * MIN }],
    ]);
    const head = { rollers: 3, strokesPerRevolution: 200, pulsationPercent: 20, source: "told" };
    const run = evenRun({ minutes: 180 }, (t) => (0.002 * t) / 60 + step(t, 90, 95, 0.01));
    const pumpLog = readPumpLog(text, "pump.ndjson", 0);
    const [found] = analyseFlow(run, { ...SETTINGS, rateMlPerH: 0.002, pumpLog, head }).boluses;
    // 20 % x 20 µL / 2π, in 10 µL.
    expect(found?.noisePercent).toBeCloseTo(6.4, 0);
    expect(analyseFlow(run, { ...SETTINGS, rateMlPerH: 0.002, pumpLog }).boluses[0]?.noisePercent).toBeLessThan(1);
  });

  it("stand on the programmed basal where no time is without them (ANA-015)", () => {
    const text = logText([BASAL, ...bolus(1, 0, 90, 60000), ...bolus(2, 92, 179, 60000)]);
    const { boluses, notes } = analysed(text, (t) => (0.9 * t) / 60 + step(t, 0, 90, 0.06) + step(t, 92, 179, 0.06));
    expect(boluses[0]?.measuredUl).toBeCloseTo(60 - 0.1 * (90.5 / 60) * 1000, 6);
    expect(notes.join()).toContain("is the programmed one");
  });

  it("are placed by where the log's 0 is on the balance's axis (ANA-011)", () => {
    const late = logText([BASAL, ...bolus(1, 20, 25, 60000)]);
    expect(analysed(late, volume, 600).boluses[0]).toMatchObject({ startMinutes: 30 });
    expect(analysed(late, volume, 600).boluses[0]?.measuredUl).toBeCloseTo(63, 6);
  });
});

describe("occlusions of the pump's log", () => {
  const stroke = (minutes: number): readonly [number, string, object] => [
    minutes,
    "strokes",
    { count: 1, lastAtMs: minutes * MIN },
  ];
  const log = logText([
    BASAL,
    [100, "alarmRaised", { alarm: "occlusion" }],
    [120, "detected", { present: 0, alarm: "occlusion" }],
    stroke(125),
  ]);

  it("have the time from the last flow to the alarm, and what came when the line was free (ANA-012)", () => {
    const blocked = (minutes: number): number =>
      Math.min(minutes, 90) / 60 + step(minutes, 120, 121, 0.02) + Math.max(0, minutes - 125) / 60;
    const [found] = analysed(log, blocked).occlusions;
    expect(found).toMatchObject({ alarmMinutes: 100, minutesToAlarm: 10 });
    expect(found?.releasedUl).toBeCloseTo(20, 6);
  });

  it("are null in what nobody saw (ANA-012)", () => {
    const stillClosed = logText([BASAL, [100, "alarmRaised", { alarm: "occlusion" }]]);
    expect(analysed(stillClosed, () => 1).occlusions).toEqual([
      { alarmMinutes: 100, minutesToAlarm: null, releasedUl: null },
    ]);
  });
});

describe("the pump's log", () => {
  const strokesEvery = (minutes: number): string =>
    logText([BASAL, ...Array.from({ length: 60 }, (_, i) => [(i + 1) * minutes, "stroke", { count: 1 }] as const)]);

  it("tells the dose cycle, for windows of whole doses (ANA-011)", () => {
    const doses = (minutes: number): number => (Math.floor(minutes / 3 + 1e-9) * 3) / 60;
    const { cycleMinutes, cycleWindows } = analysed(strokesEvery(3), doses);
    expect(cycleMinutes).toBeCloseTo(3, 9);
    for (const { maxPercent, minPercent } of cycleWindows) {
      expect(maxPercent).toBeCloseTo(0, 6);
      expect(minPercent).toBeCloseTo(0, 6);
    }
    // With a bolus in between there is no one cycle.
    expect(analysed(strokesEvery(3) + logText(bolus(1, 30, 35, 60000)), doses).cycleMinutes).toBeNull();
  });

  it("tells the pass of a roller where strokes come faster than samples (ANA-011)", () => {
    // 200 strokes of 5.4 s a revolution, three rollers: one passes every 6 min.
    const strokes = logText([
      [0, "basalRate", { rateNlPerDay: 4.8e6 }],
      [0.09, "strokes", { count: 1999, lastAtMs: 0.09 * 1999 * MIN }],
    ]);
    const pulsed = (minutes: number): number => minutes / 300 + 0.0006 * Math.sin((TURN * minutes) / 6);
    const head = { rollers: 3, strokesPerRevolution: 200, source: "told" };
    const settings = { ...SETTINGS, rateMlPerH: 0.2, pumpLog: readPumpLog(strokes, "pump.ndjson", 0) };
    const series = evenRun({ minutes: 180 }, pulsed);
    const found = analyseFlow(series, { ...settings, head });
    expect(found.cycleMinutes).toBeCloseTo(6, 9);
    expect(found.cycleSource).toContain("pass of a roller");
    expect(found.cycleWindows.map(({ minutes }) => Math.round(minutes))).toEqual([6, 12, 18, 30]);
    for (const { maxPercent, minPercent } of found.cycleWindows) {
      expect(maxPercent).toBeCloseTo(0, 6);
      expect(minPercent).toBeCloseTo(0, 6);
    }
    expect(analyseFlow(series, settings)).toMatchObject({ cycleWindows: [] });
  });

  it("is refused by its line, but for a last line that was cut off (ANA-011)", () => {
    const { notes } = readPumpLog(`${logText([BASAL])}{"atMs":12`, "pump.ndjson", 0);
    expect(notes).toEqual(["pump.ndjson:2: the last line is cut off; it is left out"]);
    const broken = `{"atMs":12\n${logText([BASAL])}`;
    expect(() => readPumpLog(broken, "pump.ndjson", 0)).toThrow(BadInput);
  });
});

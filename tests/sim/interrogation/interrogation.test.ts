import { describe, expect, test } from "vitest";
import { createNativeEngine } from "../../../sim/engines/native";
import { interrogationsOf } from "../../../sim/interrogation/interrogation";
import type { Interrogation } from "../../../sim/interrogation/interrogation";
import { readableReport } from "../../../sim/interrogation/readable";
import { reportLeaf, reportTemplate, valueAt } from "../../../sim/interrogation/report-path";
import { newSha256 } from "../../../sim/run/node/sha256";
import { runScenario } from "../../../sim/run/run-scenario";
import { scenarioWith } from "../scenario/written-scenario";
import type { WrittenParts } from "../scenario/written-scenario";

const FLEX =
  "{ drugs: [{ name: morphine, concentration: 10 mg/mL }], flex: [{ from: 06:00, rate: 0.6 mL/day }, { from: 22:00, rate: 0.5 mL/day }] }";

function visits(parts: WrittenParts): Interrogation[] {
  const scenario = scenarioWith(parts);
  const outcome = runScenario(scenario, createNativeEngine, { newHash: newSha256 });
  return interrogationsOf({ scenario, ...outcome });
}

function visit(events: readonly string[], parts: WrittenParts = {}): Interrogation {
  const [only, ...others] = visits({ ...parts, events: [...events, "{ at: 12 h, do: interrogate, as: visit }"] });
  if (only === undefined || others.length > 0) throw new Error("one interrogation was wanted");
  return only;
}

test("every value that a report can have is known before a run", () => {
  const leaves = (value: unknown, path: string): [string, unknown][] =>
    typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => leaves(inner, path === "" ? key : `${path}.${key}`))
      : [[path, value]];
  // The event log's entries have the keys of their lines.
  const all = leaves({ ...reportTemplate(), eventLog: [] }, "");
  expect(all.length).toBeGreaterThan(80);
  for (const [path, value] of all) expect([path, typeof value]).toEqual([path, reportLeaf(path).type]);
});

test("interrogations keep their names, in the order of the run", () => {
  const events = [
    "{ at: 6 h, do: interrogate, as: second }",
    "{ at: 1 h, every: 2 h, until: 3 h, do: interrogate, as: n }",
  ];
  expect(
    visits({ events: [...events, "{ at: 7 h, do: interrogate }"] }).map(({ name, atMs }) => [name, atMs / 3600000]),
  ).toEqual([
    ["n1", 1],
    ["n2", 3],
    ["second", 6],
    [undefined, 7],
  ]);
});

describe("the report", () => {
  const events = [
    "{ at: 1 h, do: requestBolus, as: first }",
    "{ at: 2 h, do: requestBolus }",
    "{ at: 8 h, do: clinicianBolus, volume: 60 uL, over: 6 h }",
    `{ at: 4 h, do: stage, prescription: ${FLEX} }`,
    "{ at: 5 h, do: detect, alarm: stuckKey, present: yes }",
  ];

  test("says what was asked, given, staged and raised (INT-001, INT-003)", () => {
    const { report } = visit(events);
    const { prescription, delivery, bolusLog, alarms, counters, dosePerDay } = report;
    expect(prescription.inForce).toMatchObject({
      program: "continuous",
      primaryDrug: "morphine",
      steps: [{ from: "00:00", rateNlPerDay: 500000, doseNgPerDay: 5000000 }],
      demandBolus: { volumeNl: 30000, durationMs: 600000, lockoutMs: 7200000, mostPer24h: 4, from: null, to: null },
      scheduled: null,
    });
    expect(prescription.staged?.steps.map(({ from }) => from)).toEqual(["06:00", "22:00"]);
    expect(prescription.difference).toContainEqual(
      expect.objectContaining({ field: "basal of step 1", active: 500000, staged: 600000, unit: "nL/day" }),
    );
    expect(delivery).toMatchObject({
      state: "running",
      fault: "none",
      basalNlPerDay: 500000,
      bolusNlPerDay: 240000,
      boluses: [{ bolus: "clinician", leftNl: 20000, isSuspended: false }],
    });
    expect(bolusLog.map(({ at, answer, orderedNl }) => [at, answer, orderedNl])).toEqual([
      ["2026-03-01 16:00:00", "granted", 0],
      ["2026-03-01 10:00:00", "lockedOut", 0],
      ["2026-03-01 09:00:00", "granted", 30000],
    ]);
    expect(counters).toMatchObject({ granted: 2, denied: 1 });
    expect(alarms).toEqual([
      { alarm: "stuckKey", priority: "low", sinceMs: 18000000, since: "2026-03-01 13:00:00", hasCause: true },
    ]);
    // 250 uL of basal, 30 and 40 of the boluses: 1066 strokes of 3 ug.
    expect(dosePerDay[0]).toEqual({ day: "2026-03-01", volumeNl: 319800, doseNg: 3198000 });
  });

  test("is the same without a clock, but for its dates", () => {
    const withClock = visit(events.slice(0, 3));
    const { report } = visit(events.slice(0, 3), { head: "description: no clock" });
    expect(report.clock).toMatchObject({ isKnown: false, wall: null, coreMs: 43200000 });
    expect(report.bolusLog.map(({ at }) => at)).toEqual([null, null, null]);
    expect(report.bolusLog.map(({ atMs }) => atMs)).toEqual(withClock.report.bolusLog.map(({ atMs }) => atMs));
    expect(report.dosePerDay[0]).toMatchObject({ day: "core day 1", doseNg: 3198000 });
  });

  test("is JSON, and reads back the same", () => {
    const { report } = visit(events);
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
    expect(Object.keys(report)).toEqual([
      ...["identity", "clock", "prescription", "delivery", "reservoir", "refills", "battery", "tube", "alarms"],
      ...["counters", "bolusLog", "eventLog", "dosePerDay"],
    ]);
  });

  test("has its entries by number, or by a word that they hold", () => {
    const { report } = visit(events);
    expect(valueAt(report, "bolusLog.2.orderedNl")).toBe(30000);
    expect(valueAt(report, "bolusLog.lockedOut.id")).toBe(2);
    expect(valueAt(report, "reservoir.drugs.morphine.reservoirNgPerUl")).toBe(10000);
    expect(valueAt(report, "bolusLog.9.id")).toBeUndefined();
    expect(valueAt(report, "identity.serial.more")).toBeUndefined();
  });

  test("is text for people, with units, dates and no number that nobody could read", () => {
    const text = readableReport(visit(events));
    expect(text).toMatch(/^Interrogation visit at 2026-03-01 20:00:00\n/);
    expect(text).toMatch(/\n {2}basal +0\.5 mL\/day\n/);
    expect(text).toMatch(/\n {4}morphine, reservoir 10 mg\/mL, tip 10 mg\/mL\n/);
    expect(text).toContain("2026-03-01, volume 319.8 µL, dose 3.198 mg");
    expect(text).toContain("stuckKey, low, 2026-03-01 13:00:00, has cause yes");
    expect(text).not.toMatch(/undefined|NaN|\[object|\bnull\b/);
  });
});

import { describe, expect, it } from "vitest";
import { EventKind } from "../../../src/events";
import { ProgramKind } from "../../../src/prescription/prescription";
import { MS_PER_DAY, MS_PER_HOUR } from "../../../src/units";
import { plainInput } from "../../../sim/engines/engine";
import type { EngineInput } from "../../../sim/engines/engine";
import { createNativeEngine } from "../../../sim/engines/native";
import { Recorder } from "../../../sim/log/recorder";
import type { LogLine } from "../../../sim/log/words";
import { plotRun } from "../../../sim/plot/plot-run";
import { flexDay, prescribed, program, REFERENCE_PUMP } from "../../src/reference-pump";

const CONFIG = { ...REFERENCE_PUMP, pulseIntervalMs: 20, strokeMs: 400 };

interface Day {
  readonly reservoirNl?: number;
  readonly prescription?: Parameters<typeof prescribed>[0];
  /** Hours at which the patient presses. */
  readonly presses?: readonly number[];
  /** Hours of stop and start. */
  readonly stopped?: readonly [number, number];
  /** Hours between which there is no power. */
  readonly dark?: readonly [number, number];
  /** What else happens, and at which hour; in order of time. */
  readonly more?: readonly (readonly [hours: number, input: EngineInput])[];
  readonly hours?: number;
  readonly logStrokes?: boolean;
}

/** Runs a day on the real pump and returns its log. */
function logOf(day: Day): LogLine[] {
  const lines: LogLine[] = [];
  const recorder = new Recorder((line) => lines.push(line), day.logStrokes ?? false);
  const prescription = prescribed({
    basalNlPerDay: 480000,
    windowLimitNl: 10000000,
    minimumNlPerDay: 48000,
    ...day.prescription,
  });
  const drugs = prescription.concentrationNgPerUl;
  const engine = createNativeEngine({ config: CONFIG, reservoirNl: day.reservoirNl ?? 20000000, drugs }, recorder);
  const inputs: [hours: number, give: () => void][] = (day.presses ?? []).map((hours, index) => [
    hours,
    () => engine.give(plainInput(EventKind.requestBolus, { id: index + 1 }), hours * MS_PER_HOUR),
  ]);
  if (day.stopped !== undefined) {
    const [from, to] = day.stopped;
    inputs.push([from, () => engine.give(plainInput(EventKind.stop), from * MS_PER_HOUR)]);
    inputs.push([to, () => engine.give(plainInput(EventKind.start), to * MS_PER_HOUR)]);
  }
  if (day.dark !== undefined) {
    const [from, to] = day.dark;
    inputs.push([from, () => engine.cutPower(from * MS_PER_HOUR)]);
    inputs.push([to, () => engine.powerOn(to * MS_PER_HOUR)]);
  }
  for (const [hours, input] of day.more ?? []) inputs.push([hours, () => engine.give(input, hours * MS_PER_HOUR)]);
  engine.give(plainInput(EventKind.setClock, { count: 0 }), 0);
  for (const input of program(prescription)) engine.give(input, 0);
  engine.give(plainInput(EventKind.start), 0);
  for (const [, give] of inputs.sort(([a], [b]) => a - b)) give();
  engine.runTo((day.hours ?? 24) * MS_PER_HOUR);
  recorder.close();
  return lines;
}

function plot(day: Day, width = 108, colour = false): string[] {
  const run = { lines: logOf(day), config: CONFIG, endMs: (day.hours ?? 24) * MS_PER_HOUR };
  return plotRun(run, { width, colour }).split("\n");
}

/** The part of a row to the right of the axis, padded to `columns`. */
function cells(row: string | undefined, columns: number): string {
  return (row ?? "").slice(12).padEnd(columns);
}

function rowLabelled(rows: readonly string[], label: string): string {
  return rows.find((row) => row.trimStart().startsWith(label)) ?? "";
}

/** The lowest row of the rate panel: it stands right above the first axis. */
function lowestRateRow(rows: readonly string[]): string | undefined {
  return rows[rows.findIndex((row) => row.includes("└")) - 1];
}

// 108 characters leave 96 columns: a quarter of an hour each.
const PER_HOUR = 4;
const COLUMNS = 96;

describe("plotRun", () => {
  it("shows a stop as no flow and as stopped, in its columns and nowhere else", () => {
    const rows = plot({ stopped: [10, 12] });
    const rate = cells(lowestRateRow(rows), COLUMNS);
    const state = cells(rowLabelled(rows, "state"), COLUMNS);
    const stopped = [10 * PER_HOUR, 12 * PER_HOUR] as const;
    expect(rate.slice(...stopped)).toBe(" ".repeat(8));
    expect(rate.slice(0, stopped[0])).not.toContain(" ");
    expect(rate.slice(stopped[1])).not.toContain(" ");
    expect(state).toBe("━".repeat(40) + "·".repeat(8) + "━".repeat(48));
  });

  it("draws the rate of the strokes: a steady basal has one height, its scale in the label", () => {
    const rows = plot({});
    // 480 µL/day are 20 µL/h, the top of the scale: every row is full.
    expect(rowLabelled(rows, "20 µL/h")).toContain("┤");
    const heights = new Set(cells(rows[1], COLUMNS));
    expect([...heights].every((block) => "▇█".includes(block))).toBe(true);
    expect(new Set(cells(lowestRateRow(rows), COLUMNS))).toEqual(new Set(["█"]));
  });

  it("sets marks where requests were granted and denied, by the letter of the answer, and counts them", () => {
    const rows = plot({ presses: [1, 2, 3.5, 3.52, 11] });
    const granted = cells(rowLabelled(rows, "granted"), COLUMNS);
    const denied = cells(rowLabelled(rows, "denied"), COLUMNS);
    // The second is locked out; the fourth comes while the third is delivered.
    expect([...granted].flatMap((mark, column) => (mark === "▲" ? column : []))).toEqual([4, 14, 44]);
    expect([...denied].flatMap((mark, column) => (mark === " " ? [] : `${mark}${column}`))).toEqual(["L8", "B14"]);
    const text = rows.join("\n");
    expect(text).toContain("▲ granted 3   B busy 1   L lockedOut 1");
  });

  it("raises the rate in the column of a bolus by the bolus' own volume", () => {
    const rows = plot({ presses: [5], prescription: { basalNlPerDay: 0 } });
    // 30 µL within a quarter of an hour; nothing else flows, and nothing before it.
    expect(rowLabelled(rows, "120 µL/h")).toBe("");
    const rate = cells(lowestRateRow(rows), COLUMNS);
    expect(rate.indexOf("█")).toBe(20);
    expect(rate.trim()).toBe("█");
    expect(rows.join("\n")).toContain("delivered: 30 µL");
  });

  it("does not spread a bolus without basal back to the strokes before it", () => {
    const rows = plot({ presses: [5, 15], prescription: { basalNlPerDay: 0 } });
    const rate = cells(lowestRateRow(rows), COLUMNS);
    expect([...rate].flatMap((block, column) => (block === " " ? [] : column))).toEqual([20, 60]);
  });

  it("draws each alarm while it was active, with its name", () => {
    // 480 µL above the low mark go on until noon; the alarm stays.
    const rows = plot({ reservoirNl: 2240000 });
    const alarm = cells(rowLabelled(rows, "alarms"), COLUMNS);
    expect(alarm.indexOf("■")).toBeGreaterThanOrEqual(47);
    expect(alarm.indexOf("■")).toBeLessThanOrEqual(48);
    expect(alarm.trimEnd().length).toBe(COLUMNS);
    expect(alarm).toContain("lowReservoir ■");
    expect(rowLabelled(plot({}), "alarms")).toContain("none");
  });

  it.each([
    ["over the whole run", 2000000, 0],
    ["from the second hour on", 2040000, 2 * PER_HOUR],
  ])(
    "gives a name without room beside its bar (%s) a row of its own, and hides no bar",
    (_name, reservoirNl, first) => {
      const rows = plot({ reservoirNl });
      const nameRow = rows.findIndex((row) => row.includes("lowReservoir"));
      expect(cells(rows[nameRow], COLUMNS).trimEnd()).toBe(`${" ".repeat(first)}lowReservoir`);
      expect(cells(rows[nameRow + 1], COLUMNS)).toBe(" ".repeat(first) + "■".repeat(COLUMNS - first));
    },
  );

  it("shows that a pump which is running with an empty reservoir delivers nothing", () => {
    // 240 µL above the empty mark are 12 h; the pump stays as a person ordered it until it is stopped.
    const rows = plot({ reservoirNl: 1240000, stopped: [20, 22] });
    const state = cells(rowLabelled(rows, "state"), COLUMNS);
    const rate = cells(lowestRateRow(rows), COLUMNS);
    expect(state).toBe("━".repeat(48) + "○".repeat(32) + "·".repeat(16));
    expect(rate.slice(48).trim()).toBe("");
    expect(rate.slice(0, 48)).not.toContain(" ");
    expect(rows.join("\n")).toContain("━ running  ○ empty  · stopped  ╍ both");
    expect(plot({}).join("\n")).toContain("━ running  · stopped  ╍ both");
  });

  it("shows the steps of a flex day, each at its own height from its own instant on", () => {
    const day = flexDay([0, 480000], [12 * MS_PER_HOUR, 240000]);
    const rows = plot({ prescription: day });
    const top = cells(rows[1], COLUMNS);
    expect(top.slice(0, 48)).not.toContain(" ");
    expect(top.slice(48).trim()).toBe("");
    expect(cells(rows[5], COLUMNS).slice(49)).not.toContain(" ");
  });

  it("tells boluses of clinician, program and patient apart", () => {
    const scheduled = { program: ProgramKind.periodic, scheduledNl: 30000, scheduledMs: 600000 };
    const rows = plot({
      prescription: { ...scheduled, scheduledEveryMs: 6 * MS_PER_HOUR },
      presses: [3],
      more: [[9, plainInput(EventKind.clinicianBolus, { id: 2, count: 60000, detail: MS_PER_HOUR })]],
    });
    const granted = cells(rowLabelled(rows, "granted"), COLUMNS);
    expect([...granted].flatMap((mark, column) => (mark === " " ? [] : `${mark}${column}`))).toEqual([
      ...["●0", "▲12", "●24", "◆36", "●48", "●72"],
      "●95",
    ]);
    expect(rows.join("\n")).toContain("● scheduled 5   ▲ granted 1   ◆ clinician 1");
  });

  it("shows a hold and a refill", () => {
    const rows = plot({
      stopped: [12, 13],
      more: [
        [4, plainInput(EventKind.hold)],
        [8, plainInput(EventKind.start)],
        [12, plainInput(EventKind.measureResidual, { count: 19832000 })],
        [12, plainInput(EventKind.refill, { count: 20000000, values: prescribed().concentrationNgPerUl })],
      ],
    });
    expect(cells(rowLabelled(rows, "state"), COLUMNS).slice(16, 32)).toBe("┄".repeat(16));
    expect(cells(rowLabelled(rows, "refills"), COLUMNS).indexOf("▼")).toBe(48);
    expect(rows.join("\n")).toContain("┄ held");
  });

  it("shows lost power, and what goes on after it", () => {
    const rows = plot({ presses: [11.9], dark: [12, 15] });
    // The start takes 1.5 s, which takes the whole of its column.
    expect(cells(rowLabelled(rows, "state"), COLUMNS)).toBe(`${"━".repeat(48)}${"×".repeat(13)}${"━".repeat(35)}`);
    expect(rows.join("\n")).toContain("× no power");
    expect(rows.some((row) => row.includes("restarted ■") || row.includes("■ restarted"))).toBe(true);
    const held = plot({ more: [[4, plainInput(EventKind.hold)]], dark: [12, 15] });
    expect(cells(rowLabelled(held, "state"), COLUMNS).slice(16)).toBe(
      `${"┄".repeat(32)}${"×".repeat(13)}${"┄".repeat(35)}`,
    );
  });

  it("is the same picture whether strokes were logged singly or in lines of many", () => {
    const day: Day = { presses: [1, 4, 9], stopped: [10, 12], reservoirNl: 2240000 };
    expect(plot({ ...day, logStrokes: true })).toEqual(plot(day));
  });

  it("keeps to the width and uses colours only when it may", () => {
    for (const hours of [0.5, 24, 24 * 9]) {
      for (const width of [80, 120]) {
        const rows = plot({ hours, presses: [0.1, 0.2, 5] }, width);
        expect(Math.max(...rows.map((row) => row.length))).toBeLessThanOrEqual(width);
        expect(rows.join("")).not.toContain("\u001b");
      }
    }
    const coloured = plot({ presses: [1] }, 108, true).join("\n");
    expect(coloured).toContain("\u001b[");
    // Only the key to the two colours is added; without the codes all else is the same.
    const plain = coloured.replace(/\u001b\[[0-9;]*m/g, "").split("\n");
    expect(plain.slice(9, -2)).toEqual(plot({ presses: [1] }).slice(9, -2));
  });

  it("has the time since the start on its axis, and the clock's time when it is known", () => {
    const run = { lines: logOf({}), config: CONFIG, endMs: MS_PER_DAY };
    const wallMsAtZero = Date.UTC(2026, 2, 1, 8);
    const rows = plotRun({ ...run, wallMsAtZero }, { width: 108, colour: false }).split("\n");
    const core = cells(rowLabelled(rows, "time"), COLUMNS);
    const clock = cells(rowLabelled(rows, "clock"), COLUMNS);
    // Labels stand right of their tick by the axis' corner.
    expect(core.indexOf("12 h")).toBe(12 * PER_HOUR);
    expect(clock.indexOf("20:00")).toBe(12 * PER_HOUR);
    expect(clock.indexOf("02:00")).toBe(18 * PER_HOUR);
    expect(plot({}).some((row) => row.trimStart().startsWith("clock"))).toBe(false);
  });

  it("draws a run in which nothing happened", () => {
    const rows = plotRun({ lines: [], config: CONFIG, endMs: MS_PER_HOUR }, { width: 80, colour: false });
    expect(rows).toContain("delivered: 0 µL");
    expect(rows).toContain("no bolus was asked for");
  });
});

import { beforeEach, describe, expect, test } from "vitest";
import { BolusAnswer } from "../../../src/delivery/judge-bolus";
import { BolusKind } from "../../../src/delivery/bolus-run";
import { TherapyMode } from "../../../src/delivery/therapy";
import { EventKind, Sensor } from "../../../src/events";
import { PrescriptionField } from "../../../src/prescription/prescription";
import { JournalCode } from "../../../src/record/journal";
import { FIRMWARE_VERSION, ReportRow } from "../../../src/record/report-row";
import { AlarmKind } from "../../../src/safety/alarm-kind";
import { FaultKind } from "../../../src/safety/fault";
import { DirectDrive } from "../direct-drive";
import { digestOfPrescription, drugs, event, prescribed, REFERENCE_PUMP } from "../reference-pump";

const MIN = 60000;
const H = 60 * MIN;
const DAY = 24 * H;

const CONFIG = {
  ...REFERENCE_PUMP,
  tubeLifeStrokes: 1000000,
  tubeLifeDays: 1825,
  serviceLifeDays: 2555,
  replacementLeadDays: 90,
  replacementPerMille: 100,
  endOfServicePerMille: 20,
  batteryLowMv: 3500,
  batteryOutMv: 3200,
};

const FIRST = prescribed({ refillDays: 28, minimumNlPerDay: 1000 });
const SECOND = prescribed({
  refillDays: 28,
  minimumNlPerDay: 1000,
  concentrationNgPerUl: drugs(2000),
  basalNlPerDay: 500000,
  bolusNl: 30000,
});
const STAGED = { ...SECOND, lockoutMs: 3 * H };

/** A day of therapy, a refill with another concentration, therapy again, boluses under way, a prescription staged. */
function muchHasHappened(): DirectDrive {
  const drive = new DirectDrive(CONFIG).do(EventKind.setClock, 0, { count: 9000 * DAY }).begin(FIRST);
  drive.do(EventKind.stop, DAY).do(EventKind.measureResidual, DAY, { count: 19100000 });
  drive.do(EventKind.refill, DAY, { count: 18000000, detail: 9100, values: drugs(2000) });
  drive.program(SECOND, DAY).do(EventKind.start, DAY);
  drive.do(EventKind.reading, DAY, { detail: Sensor.supplyVoltage, count: 3500 });
  drive.do(EventKind.reading, DAY, { detail: Sensor.charge, count: 700 });
  drive.order(1, 60000, H, DAY + 10 * MIN);
  drive.ask(2, DAY + 30 * MIN);
  drive.ask(3, DAY + 31 * MIN);
  return drive.give({ ...event(EventKind.stage), prescription: STAGED }, DAY + 32 * MIN);
}

describe("an interrogation", () => {
  let drive: DirectDrive;
  beforeEach(() => {
    drive = muchHasHappened();
  });
  const nowMs = DAY + 32 * MIN;
  const only = (row: ReportRow): number[] | undefined => {
    const rows = drive.rowsOf(row);
    expect(rows, ReportRow[row]).toHaveLength(1);
    return rows[0];
  };

  test("has every row that there is, in their order, and ends with the last (INT-001)", () => {
    const kinds = [...new Set(drive.rows().map(([row]) => row))];
    const all = Object.values(ReportRow).filter((one) => typeof one === "number");
    expect(kinds).toEqual(all);
  });

  test("identity, clock, delivery", () => {
    expect(only(ReportRow.identity)).toEqual([20, 1001, FIRMWARE_VERSION, 60000000]);
    expect(only(ReportRow.clock)).toEqual([1, 9000 * DAY + nowMs, nowMs, FaultKind.none]);
    // 30 uL over 10 min.
    expect(only(ReportRow.delivery)).toEqual([TherapyMode.running, 500000, 4320000, 0]);
    expect(drive.rowsOf(ReportRow.bolus)).toEqual([
      [BolusKind.demand, 2, 24000, 0],
      [BolusKind.clinician, 1, 40000, 1],
    ]);
  });

  test("the prescription in force beside the staged one (INT-001)", () => {
    expect(only(ReportRow.prescription)).toEqual([digestOfPrescription(SECOND), DAY, digestOfPrescription(STAGED), 1]);
    const fields = drive.rowsOf(ReportRow.field);
    expect(fields).toContainEqual([PrescriptionField.lockoutMs, 2 * H, 3 * H, 0]);
    expect(fields).toContainEqual([PrescriptionField.stepNlPerDay, 500000, 500000, 0]);
    expect(fields.filter(([, active, staged]) => active !== staged)).toHaveLength(1);
  });

  test("reservoir, refill dates, drugs, line (RES-011)", () => {
    const drawnNl = drive.pump.delivery.reservoir.drawnStrokes * 300;
    expect(drawnNl).toBeGreaterThan(30000);
    const leftNl = 18000000 - drawnNl;
    expect(only(ReportRow.reservoir)).toEqual([leftNl, leftNl, 2000000, 18000000]);
    // 0.5 mL a day, and four boluses of 30 uL.
    const day = (perDayNl: number): number => nowMs + Math.floor(((leftNl - 2000000) * 1440) / perDayNl) * MIN;
    expect(only(ReportRow.refill)).toEqual([DAY, 9100, day(620000), day(500000)]);
    expect(only(ReportRow.drug)).toEqual([0, 2000, 1000, 0]);
    expect(only(ReportRow.line)).toEqual([Math.floor((1167 - drawnNl / 300) * 300), 350000, 0, 0]);
  });

  test("flow error, battery, tube set", () => {
    // 0.9 mL left the reservoir while 3333 strokes were counted: 9999.9 x 100 nL.
    const perMille = Math.round(((900000 - 999900) / 999900) * 1000);
    expect(only(ReportRow.flow)).toEqual([perMille, 1, 0, 0]);
    expect(drive.rowsOf(ReportRow.flowOfRefill).map((row) => row.slice(0, 2))).toEqual([[perMille, DAY]]);
    expect(only(ReportRow.battery)).toEqual([3500, 700, 2555 * DAY, 0]);
    expect(only(ReportRow.tube)).toEqual([drive.strokes, 0, 1000000, 1825]);
  });

  test("alarms, counters, requests, events, days (INT-001)", () => {
    expect(drive.rowsOf(ReportRow.alarm)).toEqual([[AlarmKind.batteryLow, DAY, 1, 0]]);
    expect(only(ReportRow.counters)).toEqual([drive.strokes, 0, 2, 1]);
    expect(drive.rowsOf(ReportRow.request)).toEqual([
      [DAY + 31 * MIN, 3, BolusAnswer.busy, 0],
      [DAY + 30 * MIN, 2, BolusAnswer.granted, 0],
      [DAY + 10 * MIN, 1, BolusAnswer.granted, 0],
    ]);
    const [newest] = drive.rowsOf(ReportRow.event);
    expect(newest).toEqual([DAY + 32 * MIN, JournalCode.staged, digestOfPrescription(STAGED), 0]);
    expect(drive.rowsOf(ReportRow.day).map(([day, strokes]) => [day, strokes])).toEqual([
      [9001, drive.strokes - 3333],
      [9000, 3333],
    ]);
  });

  test("changes nothing: the pump does and says the same as one that was not asked (INT-005)", () => {
    const [asked, other] = [muchHasHappened(), muchHasHappened()];
    asked.rows();
    asked.runTo(2 * DAY);
    other.runTo(2 * DAY);
    expect(asked.said).toEqual(other.said);
  });

  test("when a bolus has ended its request says what it was given (INT-003)", () => {
    const later = muchHasHappened().do(EventKind.stop, DAY + 35 * MIN);
    expect(later.rowsOf(ReportRow.request).map(([, id, , orderedNl]) => [id, orderedNl])).toEqual([
      [3, 0],
      [2, 15000],
      [1, 20000],
    ]);
  });

  test("a pump without a prescription, in its safe state, says so", () => {
    const blank = new DirectDrive().hand(event(0 as EventKind), 7);
    expect(blank.rowsOf(ReportRow.prescription)[0]?.slice(0, 2)).toEqual([0, -1]);
    expect(blank.rowsOf(ReportRow.clock)[0]).toEqual([0, 0, 7, FaultKind.unknownEvent]);
    expect(blank.rowsOf(ReportRow.refill)[0]?.slice(2)).toEqual([2 ** 53 - 1, 2 ** 53 - 1]);
  });
});

test("of many requests the last twelve are kept, and all are counted; of journal entries the last 16 (INT-003, INT-004)", () => {
  const drive = new DirectDrive().begin();
  for (let id = 1; id <= 40; id++) drive.ask(id, id * MIN);
  const rows = drive.rowsOf(ReportRow.request);
  expect([rows.length, rows[0]?.[1], rows.at(-1)?.[1]]).toEqual([12, 40, 29]);
  expect(drive.rowsOf(ReportRow.counters)[0]?.slice(2)).toEqual([1, 39]);
  const entries = drive.rowsOf(ReportRow.event);
  expect([entries.length, entries[0]?.[0], entries.at(-1)?.[0]]).toEqual([16, 40 * MIN, 25 * MIN]);
});

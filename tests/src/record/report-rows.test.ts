import { describe, expect, test } from "vitest";
import { EventKind } from "../../../src/events";
import { PrescriptionField } from "../../../src/prescription/prescription";
import { ReportRow } from "../../../src/record/report-row";
import { reportPump } from "../../../src/record/report";
import { DirectDrive } from "../direct-drive";
import { PoweredPump } from "../powered-pump";
import {
  BOUNDLESS_DRUG,
  digestOfPrescription,
  drugs,
  prescribed,
  REFERENCE_PRESCRIPTION,
  REFERENCE_PUMP,
} from "../reference-pump";

const H = 3600000;
const DAY = 24 * H;

describe("an interrogation, row by row (INT-001)", () => {
  test("of a prescription each number that is not 0, and no other", () => {
    const drive = new DirectDrive().begin();
    const both = (field: PrescriptionField, value: number): number[] => [field, value, value, 0];
    expect(drive.rowsOf(ReportRow.field)).toEqual([
      both(PrescriptionField.program, 1),
      both(PrescriptionField.steps, 1),
      both(PrescriptionField.bolusMs, 600000),
      both(PrescriptionField.lockoutMs, 2 * H),
      both(PrescriptionField.windowMs, DAY),
      both(PrescriptionField.catheterNl, 150000),
      both(PrescriptionField.lowNl, 2000000),
      both(PrescriptionField.concentrationNgPerUl, 1000),
      both(PrescriptionField.stepNlPerDay, 1000000),
      both(PrescriptionField.bolusNl, 30000),
      both(PrescriptionField.mostPer24h, 4),
      both(PrescriptionField.windowLimitNl, 6000000),
    ]);
  });

  test("one that was confirmed in the first instant of a pump is in force; one that was refused is not staged", () => {
    const drive = new DirectDrive().begin();
    const inForce = digestOfPrescription(REFERENCE_PRESCRIPTION);
    expect(drive.rowsOf(ReportRow.prescription)).toEqual([[inForce, 0, inForce, 0]]);
    drive.program(prescribed({ bolusMs: 0 }), H);
    expect(drive.rowsOf(ReportRow.prescription)).toEqual([[inForce, 0, inForce, 0]]);
    expect(drive.rowsOf(ReportRow.field)).toContainEqual([PrescriptionField.bolusMs, 600000, 600000, 0]);
  });

  test("no bolus under way, no bound of life, no sensor: no row, or none in it", () => {
    const drive = new DirectDrive().begin().runTo(H);
    expect(drive.rowsOf(ReportRow.bolus)).toEqual([]);
    expect(drive.rowsOf(ReportRow.battery)).toEqual([[-1, -1, -1, 0]]);
    expect(drive.rowsOf(ReportRow.alarm)).toEqual([]);
  });

  test("a new tube set has the strokes that were made since", () => {
    const drive = new DirectDrive().begin().do(EventKind.stop, 3 * H);
    drive.do(EventKind.tubeChanged, 4 * H).do(EventKind.start, 4 * H);
    drive.runTo(5 * H);
    expect(drive.rowsOf(ReportRow.tube)).toEqual([[drive.strokes - 416, 4 * H, 0, 0]]);
    expect(drive.strokes).toBe(555);
  });

  test("what was reserved when the power failed lies between the least and the most that the reservoir holds (PWR-017)", () => {
    const drive = new PoweredPump().begin().pass(3 * H + 1000);
    drive.do(EventKind.stop).pass(50).do(EventKind.start).pass(50).cut();
    const rows: number[][] = [];
    reportPump(drive.pump, { write: (...row) => rows.push(row) }, drive.nowMs);
    const [, , leastNl = 0, mostNl] = rows.find(([row]) => row === Number(ReportRow.reservoir)) ?? [];
    // 416 strokes were made, and an hour of basal was reserved.
    expect([leastNl, mostNl]).toEqual([20000000 - (416 + 138) * 300, 20000000 - 416 * 300]);
  });

  test("drugs of a full library, in the reservoir and at the tip", () => {
    const config = { ...REFERENCE_PUMP, library: new Array(8).fill(BOUNDLESS_DRUG) };
    const inIt = drugs(1000, 0, 0, 0, 0, 0, 0, 30);
    const drive = new DirectDrive(config, undefined, undefined, inIt);
    drive.begin(prescribed({ concentrationNgPerUl: inIt }));
    const same = [
      [0, 1000, 1000, 0],
      [7, 30, 30, 0],
    ];
    expect(drive.rowsOf(ReportRow.drug)).toEqual(same);
  });

  test("lists of three numbers have no fourth", () => {
    const drive = new DirectDrive().begin().do(EventKind.stop, 25 * H);
    drive
      .do(EventKind.measureResidual, 25 * H, { count: 18960000 })
      .do(EventKind.measureResidual, 26 * H, { count: 18960000 });
    const [today, yesterday] = drive.rowsOf(ReportRow.day);
    expect([today?.[3], yesterday?.[3]]).toEqual([0, 0]);
    expect(drive.rowsOf(ReportRow.flowOfRefill)).toEqual([[-2, 25 * H, 0, 0]]);
  });
});

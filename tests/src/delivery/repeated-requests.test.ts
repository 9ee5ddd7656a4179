import { expect, test } from "vitest";
import { BolusAnswer } from "../../../src/delivery/judge-bolus";
import { JournalCode } from "../../../src/record/journal";
import { ReportRow } from "../../../src/record/report-row";
import { DirectDrive } from "../direct-drive";

const MIN = 60000;

test("a request that comes again leaves no entry among the requests, and those after it stay known", () => {
  const drive = new DirectDrive().begin();
  expect(drive.ask(1, MIN).code).toBe(JournalCode.bolusGranted);
  drive.ask(2, 2 * MIN);
  const requests = drive.rowsOf(ReportRow.request);
  for (const id of [1, 2, 1, 2]) expect(drive.ask(id, 3 * MIN).numbers[1]).toBe(BolusAnswer.duplicate);
  expect(drive.rowsOf(ReportRow.request)).toEqual(requests);
  expect(drive.entries(JournalCode.bolusGranted)).toHaveLength(1);
});

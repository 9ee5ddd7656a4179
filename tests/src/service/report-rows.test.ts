import { expect, test } from "vitest";
import { unpackEntries } from "../../../link/entries";
import { EventKind } from "../../../src/events";
import { digestOf } from "../../../src/prescription/digest";
import {
  MOST_STEPS,
  PRESCRIPTION_FIELDS,
  PrescriptionField,
  ProgramKind,
} from "../../../src/prescription/prescription";
import { JournalCode } from "../../../src/record/journal";
import { reportPump } from "../../../src/record/report";
import { MOST_PACKET_BYTES, REPORT_END, SealedKind, ServiceStatus } from "../../../src/service/protocol";
import { NEVER_MS } from "../../../src/units";
import { opened } from "./attacked-pump";

test("a report is read in parts, each row once and in order, and ends (LNK-041)", () => {
  const { served, clinician } = opened();
  for (let request = 0; request < 3; request++) clinician.order(EventKind.requestBolus);
  served.pass(100000000);
  clinician.open();
  // Rows with long numbers: fewer than fourteen fill a packet.
  for (let setting = 1; setting <= 20; setting++)
    clinician.order(EventKind.setClock, { count: 800000000000 + (setting & 1) * 1000000000000 });
  const rows: number[][] = [];
  let cursor = 0;
  let questions = 0;
  for (; cursor !== REPORT_END && questions < 20; questions++) {
    expect(clinician.send(SealedKind.report, Uint8Array.of(cursor & 255, cursor >> 8, 0, 0))).toBe(ServiceStatus.done);
    expect(clinician.answer?.length).toBeLessThanOrEqual(MOST_PACKET_BYTES);
    const { body } = clinician;
    cursor = new DataView(body.buffer).getUint16(0, true);
    const told = unpackEntries(body.subarray(2)) ?? [];
    expect(told.length).toBeGreaterThan(0);
    rows.push(...told.map(({ code, a, b, c, d }) => [code, a, b, c, d]));
  }
  const all: number[][] = [];
  reportPump(served.pump, { write: (code, _atMs, ...numbers) => all.push([code, ...numbers]) }, served.nowMs);
  expect(rows).toEqual(all);
  expect(cursor).toBe(REPORT_END);
});

test("an answer that has more to say than a packet holds leaves the rest out, and is sealed whole (LNK-041)", () => {
  const { served, clinician } = opened();
  // Most of what can be wrong with a prescription is: twelve problems with long numbers.
  const draft = Array<number>(PRESCRIPTION_FIELDS).fill(NEVER_MS - 1);
  draft[PrescriptionField.program] = ProgramKind.flex;
  draft[PrescriptionField.steps] = MOST_STEPS;
  clinician.draft(draft);
  served.entries = [];
  expect(clinician.order(EventKind.stage, { id: digestOf(draft) })).toBe(ServiceStatus.done);
  const problems = served.told(JournalCode.problem);
  expect(problems).toHaveLength(12);
  const told = (unpackEntries(clinician.body.subarray(2)) ?? []).map(({ a, b, c, d }) => [a, b, c, d]);
  expect(told).toEqual([...served.told(JournalCode.stageRefused), ...problems.slice(0, -1)]);
});

test("a prescription of the highest numbers there are is refused with numbers that can be read (LNK-041)", () => {
  const { served, clinician } = opened();
  const draft = Array<number>(PRESCRIPTION_FIELDS).fill(NEVER_MS);
  draft[PrescriptionField.program] = ProgramKind.flex;
  draft[PrescriptionField.steps] = MOST_STEPS;
  clinician.draft(draft);
  expect(clinician.order(EventKind.stage, { id: digestOf(draft) })).toBe(ServiceStatus.done);
  expect(unpackEntries(clinician.body.subarray(2))?.length).toBeGreaterThan(10);
  for (const [, , ...numbers] of served.entries) expect(numbers.every(Number.isSafeInteger)).toBe(true);
});

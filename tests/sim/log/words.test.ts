import { describe, expect, test } from "vitest";
import { BolusEnd, BolusKind } from "../../../src/delivery/bolus-run";
import { BolusAnswer } from "../../../src/delivery/judge-bolus";
import { TherapyMode } from "../../../src/delivery/therapy";
import { EventKind, Sensor } from "../../../src/events";
import { PRESCRIPTION_FIELDS } from "../../../src/prescription/prescription";
import { PrescriptionFault } from "../../../src/prescription/problem";
import { ConfirmRefusal, JournalCode, PrimeRefusal, RefillRefusal, StartRefusal } from "../../../src/record/journal";
import { ReportRow } from "../../../src/record/report-row";
import { AlarmKind } from "../../../src/safety/alarm-kind";
import { AlarmPriority } from "../../../src/safety/alarm-table";
import { BoardPart, FaultKind } from "../../../src/safety/fault";
import { GuardTrip } from "../../../src/safety/guard";
import { describeEntry, fieldsOf, LOG_EVENTS } from "../../../sim/log/words";

function valuesOf(words: Record<string, string | number>): number[] {
  return Object.values(words).filter((value) => typeof value === "number");
}

/** Every code with each of its numbers in turn set to each value of the enum that it stands for. */
const WORDED: readonly (readonly [code: number, place: number, words: Record<string, string | number>])[] = [
  [EventKind.detected, 2, AlarmKind],
  [EventKind.reading, 2, Sensor],
  [JournalCode.annunciate, 0, AlarmPriority],
  [JournalCode.annunciate, 2, { ...AlarmKind, none: -1 }],
  [JournalCode.startRefused, 0, StartRefusal],
  [JournalCode.problem, 0, PrescriptionFault],
  [JournalCode.confirmRefused, 0, ConfirmRefusal],
  [JournalCode.bolusGranted, 3, BolusKind],
  [JournalCode.bolusDenied, 1, BolusAnswer],
  [JournalCode.bolusEnded, 1, BolusEnd],
  [JournalCode.bolusSkipped, 0, BolusKind],
  [JournalCode.alarmRaised, 0, AlarmKind],
  [JournalCode.alarmCleared, 0, AlarmKind],
  [JournalCode.fault, 0, FaultKind],
  [JournalCode.refillRefused, 0, RefillRefusal],
  [JournalCode.primeRefused, 0, PrimeRefusal],
  [JournalCode.orderRefused, 0, EventKind],
  [JournalCode.commandRepeated, 0, EventKind],
  [JournalCode.denialsRepeated, 1, BolusAnswer],
  [JournalCode.guardTripped, 0, GuardTrip],
  [ReportRow.delivery, 0, TherapyMode],
  [ReportRow.bolus, 0, BolusKind],
  [ReportRow.alarm, 0, AlarmKind],
  [ReportRow.request, 2, BolusAnswer],
  [ReportRow.clock, 3, FaultKind],
];

describe("every entry has words", () => {
  test("for its code, and a code of its own means an event of its own", () => {
    const events = [...valuesOf(EventKind), ...valuesOf(JournalCode)].map((code) => {
      const { event } = describeEntry(code, 7, 1, 1, 1, 1);
      expect(LOG_EVENTS).toContain(event);
      return event;
    });
    expect(new Set(events).size).toBe(events.length);
    const rows = valuesOf(ReportRow).map((row) => {
      const line = describeEntry(row, 7, 1, row === ReportRow.event ? JournalCode.started : 1, 1, 1);
      expect(line).toMatchObject({ atMs: 7, event: "report" });
      return line["row"];
    });
    expect(new Set(rows).size).toBe(rows.length);
  });

  test.each(WORDED)("for the values of code %i, number %i", (code, place, words) => {
    const told = new Set<string>();
    for (const value of valuesOf(words)) {
      const numbers = [1, 1, 1, 1];
      numbers[place] = value;
      const [a = 0, b = 0, c = 0, d = 0] = numbers;
      told.add(JSON.stringify(describeEntry(code, 7, a, b, c, d)));
    }
    expect(told.size).toBe(valuesOf(words).length);
  });

  test("for each number of a prescription, in its place", () => {
    const names = Array.from({ length: PRESCRIPTION_FIELDS }, (_, field) => {
      return describeEntry(ReportRow.field, 0, field, 0, 0, 0)["field"];
    });
    expect(names).toContain("bolusNl");
    expect(names).toContain("stepStartMs[12]");
    expect(names).toContain("concentrationNgPerUl[7]");
    expect(new Set(names).size).toBe(PRESCRIPTION_FIELDS);
  });
});

test("what has no word is a fault of the program, not silence", () => {
  expect(() => describeEntry(40, 0, 0, 0, 0, 0)).toThrow("no words for journal code 40");
  expect(() => describeEntry(JournalCode.alarmRaised, 0, 99, 0, 0, 0)).toThrow("no word for alarm 99 of alarmRaised");
});

test("an answer carries its numbers, an entry's unused ones are left out", () => {
  expect(describeEntry(JournalCode.bolusDenied, 5, 3, BolusAnswer.busy, BolusKind.bridge, 0)).toEqual({
    atMs: 5,
    event: "bolusDenied",
    id: 3,
    answer: "busy",
    with: "bridge",
  });
  expect(describeEntry(EventKind.prime, 5, 0, 380000, 0, 0)).toEqual({ atMs: 5, event: "prime", volumeNl: 380000 });
  expect(describeEntry(EventKind.hold, 5, 0, 0, 0, 0)).toEqual({ atMs: 5, event: "hold" });
  expect(describeEntry(EventKind.hold, 5, 0, 0, 0, 7)).toEqual({ atMs: 5, event: "hold", command: 7 });
  expect([...fieldsOf("hold").keys()]).toEqual(["command"]);
  expect([...fieldsOf("bolusDenied").keys()]).toEqual([
    "id",
    "answer",
    "mostNl",
    "opensAtMs",
    "with",
    "untilMs",
    "windowMs",
    "roomNl",
    "usableNl",
  ]);
  expect(fieldsOf("alarmRaised").get("alarm")).toContain("occlusion");
});

test("a part that did not answer at the start is named, the numbers of other faults stay numbers (MEM-009)", () => {
  const fault = (kind: FaultKind, a: number) => describeEntry(JournalCode.fault, 5, kind, a, 0, 0);
  expect(fault(FaultKind.missingPart, BoardPart.clockChip)).toEqual({
    atMs: 5,
    event: "fault",
    fault: "missingPart",
    part: "clockChip",
  });
  expect(fault(FaultKind.badConfiguration, 2)).toEqual({
    atMs: 5,
    event: "fault",
    fault: "badConfiguration",
    a: 2,
    b: 0,
  });
  expect(fieldsOf("fault").get("part")).toContain("memory");
});

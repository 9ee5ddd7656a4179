import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { CommandKind, QUEUE_LENGTH } from "../../../src/commands";
import { EventKind } from "../../../src/events";
import { PRESCRIPTION_FIELDS, ProgramKind, writePrescription } from "../../../src/prescription/prescription";
import type { Prescription } from "../../../src/prescription/prescription";
import { JournalCode } from "../../../src/record/journal";
import { AlarmKind } from "../../../src/safety/alarm-kind";
import { AlarmPriority } from "../../../src/safety/alarm-table";
import { FaultKind } from "../../../src/safety/fault";
import { NEVER_MS } from "../../../src/units";
import { DirectDrive } from "../direct-drive";
import { runs } from "../runs";
import {
  event,
  flexDay,
  newPump,
  prescribed,
  program,
  REFERENCE_PRESCRIPTION,
  REFERENCE_PUMP,
} from "../reference-pump";

const LAST_KIND: number = EventKind.access;

/** Breaches of the shell: what is said at its right time must never be taken for one. */
const UNPROVOKED = [
  FaultKind.timeBackwards,
  FaultKind.deadlineSkipped,
  FaultKind.planOverrun,
  FaultKind.motorOverrun,
  FaultKind.unknownEvent,
];

/** One of each kind of program that does much by itself. */
const PROGRAMS: Prescription[] = [
  REFERENCE_PRESCRIPTION,
  prescribed({ ...flexDay([0, 500000], [36000000, 2000000]), hoursFromMs: 3600000, minimumNlPerDay: 100000 }),
  prescribed({
    program: ProgramKind.periodic,
    scheduledNl: 20000,
    scheduledMs: 60000,
    scheduledEveryMs: 120000,
    minimumNlPerDay: 1000000,
  }),
  prescribed({ program: ProgramKind.continuousTrial, endsAfterMs: 900000 }),
];

const wild = fc.oneof(
  fc.integer({ min: -5, max: 50 }),
  fc.constantFrom(NaN, Infinity, -Infinity, 0.5, -1e300, -(2 ** 53), 2 ** 53 - 1, 2 ** 53, 1e300, 2 ** 31, 2 ** 32),
);

const call = fc.record({
  advance: fc.boolean(),
  kind: fc.oneof({ arbitrary: fc.integer({ min: 1, max: LAST_KIND }), weight: 19 }, { arbitrary: wild, weight: 1 }),
  id: wild,
  count: fc.oneof(fc.integer({ min: 0, max: 2 }), fc.constantFrom(1000000, 30000, 150000), wild),
  detail: fc.oneof(fc.integer({ min: -1, max: 30 }), wild),
  // Mostly the right time.
  time: fc.oneof(
    { arbitrary: fc.constantFrom("deadline" as const, "before" as const), weight: 30 },
    { arbitrary: fc.integer({ min: -3, max: 3 }), weight: 6 },
    { arbitrary: wild, weight: 1 },
  ),
  fields: fc.option(fc.array(wild, { maxLength: PRESCRIPTION_FIELDS })),
  leaveQueue: fc.integer({ min: 0, max: 20 }).map((dice) => dice === 0),
});

describe("whatever the shell does", () => {
  property.prop([fc.array(call, { maxLength: 150, size: "max" }), fc.constantFrom(...PROGRAMS)], {
    numRuns: runs(1500),
  })(
    "nothing throws, each breach of the contract is a fault, and after a fault nothing moves (SAF-001)",
    (calls, prescription) => {
      const pump = newPump(REFERENCE_PUMP, REFERENCE_PUMP.capacityNl);
      writePrescription(prescription, pump.draft);
      for (const input of program(prescription)) pump.on(event(input.kind, input), 0);
      pump.on(event(EventKind.start), 0);
      pump.commands.count = 0;
      for (const one of calls) {
        const deadlineMs = pump.nextDeadlineMs();
        const faultBefore = pump.fault;
        let atMs = one.time === "deadline" ? Math.min(deadlineMs, pump.nowMs + 30000) : pump.nowMs;
        if (typeof one.time === "number") atMs = Math.abs(one.time) > 10 ? one.time : pump.nowMs + one.time;
        const what = event(one.kind, {
          ...one,
          values: one.kind === Number(EventKind.refill) ? (one.fields ?? []) : [],
        });
        (one.fields ?? []).forEach((value, index) => {
          pump.draft[index] = value;
        });
        const backwards = !(atMs >= pump.nowMs) || !Number.isSafeInteger(atMs) || atMs === NEVER_MS;
        let breach = backwards || atMs > deadlineMs;
        if (one.advance) pump.advance(atMs);
        else {
          if (one.kind !== Number(EventKind.controlLate))
            breach = breach || atMs >= deadlineMs || !(one.kind >= 1 && one.kind <= LAST_KIND);
          else breach = backwards;
          pump.on(what, atMs);
        }
        if (breach) expect(pump.fault).not.toBe(FaultKind.none);
        if (faultBefore !== FaultKind.none) {
          expect(pump.fault).toBe(faultBefore);
          for (let i = 0; i < pump.commands.count; i++) expect(pump.commands.code[i]).not.toBe(CommandKind.move);
        }
        if (faultBefore === FaultKind.none && !breach) expect(UNPROVOKED).not.toContain(pump.fault);
        if (!one.leaveQueue || pump.fault !== FaultKind.none) pump.commands.count = 0;
      }
    },
  );

  const running = (): DirectDrive => new DirectDrive().begin().runTo(30000);

  test.each([
    [
      "time runs backwards",
      FaultKind.timeBackwards,
      (d: DirectDrive) => d.hand(event(EventKind.stop), d.pump.nowMs - 1),
    ],
    ["a deadline is skipped by the next", FaultKind.deadlineSkipped, (d: DirectDrive) => d.advance(51841)],
    [
      "a deadline is skipped by an event",
      FaultKind.deadlineSkipped,
      (d: DirectDrive) => d.hand(event(EventKind.stop), 51840),
    ],
    ["an event of no kind", FaultKind.unknownEvent, (d: DirectDrive) => d.hand(event(0 as EventKind), 30000)],
  ])("%s: motor off at once, said once with its numbers, alarm (SAF-001)", (_name, fault, breach) => {
    const drive = running();
    drive.said.length = 0;
    breach(drive);
    expect(drive.pump.fault).toBe(fault);
    expect(drive.said[0]).toMatchObject({ kind: CommandKind.motorOff });
    expect(drive.said[0]?.numbers[0]).toBe(1);
    expect(drive.entries(JournalCode.fault)).toHaveLength(1);
    expect(drive.last(JournalCode.alarmRaised)?.numbers[0]).toBe(AlarmKind.pumpFault);
    expect(drive.commands(CommandKind.annunciate).at(-1)?.numbers[0]).toBe(AlarmPriority.high);
    const strokes = drive.strokes;
    drive.give(event(EventKind.silence), 60000).runTo(90000000);
    expect(drive.strokes).toBe(strokes);
    expect(drive.shown()).toEqual([AlarmPriority.high, 0, AlarmKind.pumpFault]);
  });

  test("one that never reads the commands finds the motor off among the few that are left", () => {
    const pump = newPump(REFERENCE_PUMP, REFERENCE_PUMP.capacityNl);
    for (let i = 0; i <= QUEUE_LENGTH; i++) pump.on(event(EventKind.start), i);
    expect(pump.fault).toBe(FaultKind.queueFull);
    expect(pump.commands.code.slice(0, pump.commands.count)).toContain(CommandKind.motorOff);
    for (let i = 0; i < 3 * QUEUE_LENGTH; i++) pump.on(event(EventKind.start), 100 + i);
    expect(pump.commands.code.slice(0, pump.commands.count)).toContain(CommandKind.motorOff);
  });

  test("in the safe state every order is refused or without effect (SAF-001)", () => {
    const drive = running();
    drive.hand(event(0 as EventKind), 30000);
    drive.program(REFERENCE_PRESCRIPTION, 30001);
    drive.hand(event(EventKind.start), 30002);
    drive.hand(event(EventKind.stop), 30003);
    drive.hand(event(EventKind.start), 30004);
    drive.hand(event(EventKind.acknowledge), 30005);
    const strokes = drive.strokes;
    drive.advance(90000000);
    expect(drive.strokes).toBe(strokes);
    expect(drive.entries(JournalCode.alarmCleared)).toEqual([]);
    expect(drive.entries(JournalCode.started)).toHaveLength(1);
  });
});

import { describe, expect, test } from "vitest";
import { AlarmKind } from "../../../src/safety/alarm-kind";
import { AlarmPriority, MotorAction, STALL_WINDOW_MS } from "../../../src/safety/alarm-table";
import { Alarms, NO_ALARM } from "../../../src/safety/alarms";

describe("alarms", () => {
  test("an alarm is new once; of the highest priority the first shows, however many come after it (ALM-002)", () => {
    const alarms = new Alarms();
    expect([alarms.shown, alarms.priority]).toEqual([NO_ALARM, AlarmPriority.none]);
    expect(alarms.raise(AlarmKind.lowReservoir, true, 1)).toBe(true);
    expect(alarms.raise(AlarmKind.lowReservoir, true, 2)).toBe(false);
    expect([alarms.shown, alarms.priority]).toEqual([AlarmKind.lowReservoir, AlarmPriority.low]);
    alarms.raise(AlarmKind.refillDue, true, 3);
    expect(alarms.shown).toBe(AlarmKind.lowReservoir);
    alarms.raise(AlarmKind.controlLate, false, 4);
    expect([alarms.shown, alarms.priority]).toEqual([AlarmKind.controlLate, AlarmPriority.medium]);
    alarms.raise(AlarmKind.occlusion, true, 5);
    alarms.raise(AlarmKind.emptyReservoir, true, 6);
    expect([alarms.shown, alarms.priority]).toEqual([AlarmKind.occlusion, AlarmPriority.high]);
    expect(alarms.sinceMs[AlarmKind.lowReservoir]).toBe(1);
    // The first goes: the second shows.
    alarms.causeGone(AlarmKind.occlusion);
    alarms.acknowledge(AlarmKind.occlusion);
    expect(alarms.shown).toBe(AlarmKind.emptyReservoir);
  });

  test("the motor does the hardest thing that any of them wants", () => {
    const alarms = new Alarms();
    expect(alarms.motor).toBe(MotorAction.goesOn);
    alarms.raise(AlarmKind.emptyReservoir, true, 1);
    expect(alarms.motor).toBe(MotorAction.stopsAfterStroke);
    alarms.raise(AlarmKind.occlusion, true, 2);
    expect(alarms.motor).toBe(MotorAction.stopsAtOnce);
    alarms.causeGone(AlarmKind.occlusion);
    expect(alarms.acknowledge(AlarmKind.occlusion)).toBe(true);
    expect(alarms.motor).toBe(MotorAction.stopsAfterStroke);
  });

  test.each([
    ["goes on as soon as the cause has gone", AlarmKind.motorStall, MotorAction.goesOn],
    ["waits for a person", AlarmKind.occlusion, MotorAction.stopsAtOnce],
  ])("a motor that was held %s, before the alarm is acknowledged", (_name, alarm, motor) => {
    const alarms = new Alarms();
    alarms.raise(alarm, true, 1);
    expect(alarms.motor).toBe(MotorAction.stopsAtOnce);
    alarms.causeGone(alarm);
    expect([alarms.isActive(alarm), alarms.motor]).toEqual([true, motor]);
  });

  test("what persists cannot be cleared; what is gone stays until it is acknowledged (ALM-004)", () => {
    const alarms = new Alarms();
    alarms.raise(AlarmKind.emptyReservoir, true, 1);
    expect(alarms.acknowledge(AlarmKind.emptyReservoir)).toBe(false);
    alarms.causeGone(AlarmKind.emptyReservoir);
    expect(alarms.isActive(AlarmKind.emptyReservoir)).toBe(true);
    expect(alarms.acknowledge(AlarmKind.emptyReservoir)).toBe(true);
    expect(alarms.acknowledge(AlarmKind.emptyReservoir)).toBe(false);
  });

  test("a cause that comes back is a new alarm and holds it again (ALM-004)", () => {
    const alarms = new Alarms();
    alarms.raise(AlarmKind.doseLimitReached, false, 1);
    expect(alarms.raise(AlarmKind.doseLimitReached, true, 2)).toBe(true);
    expect(alarms.acknowledge(AlarmKind.doseLimitReached)).toBe(false);
  });

  test("one that latches is never cleared, cause or not (ALM-005)", () => {
    const alarms = new Alarms();
    alarms.raise(AlarmKind.overInfusion, true, 1);
    alarms.causeGone(AlarmKind.overInfusion);
    expect(alarms.acknowledge(AlarmKind.overInfusion)).toBe(false);
    expect(alarms.motor).toBe(MotorAction.stopsAtOnce);
  });
});

describe("stalls that recover (ALM-005)", () => {
  function stallAt(alarms: Alarms, atMs: number): boolean {
    alarms.raise(AlarmKind.motorStall, true, atMs);
    // Said twice it is still the same stall.
    alarms.raise(AlarmKind.motorStall, true, atMs + 1);
    alarms.causeGone(AlarmKind.motorStall);
    return alarms.acknowledge(AlarmKind.motorStall);
  }

  test.each([
    ["the third in less than 24 h latches", STALL_WINDOW_MS - 1, false],
    ["the third just 24 h after the first does not", STALL_WINDOW_MS, true],
  ])("%s", (_name, thirdMs, canBeCleared) => {
    const alarms = new Alarms();
    expect(stallAt(alarms, 1000)).toBe(true);
    expect(stallAt(alarms, 2000)).toBe(true);
    expect(stallAt(alarms, 1000 + thirdMs)).toBe(canBeCleared);
    // Latched for good, however long it is quiet.
    expect(stallAt(alarms, 100 * STALL_WINDOW_MS)).toBe(canBeCleared);
  });
});

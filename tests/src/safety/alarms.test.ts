import { describe, expect, test } from "vitest";
import { AlarmKind, AlarmPattern, Alarms, patternOf } from "../../../src/safety/alarms";

describe("alarms", () => {
  test("an alarm is new once, and the highest shows", () => {
    const alarms = new Alarms();
    expect(alarms.highest()).toBe(AlarmPattern.none);
    expect(alarms.raise(AlarmKind.lowReservoir, true)).toBe(true);
    expect(alarms.raise(AlarmKind.lowReservoir, true)).toBe(false);
    expect(alarms.highest()).toBe(AlarmPattern.nonCritical);
    alarms.raise(AlarmKind.emptyReservoir, true);
    expect(alarms.highest()).toBe(AlarmPattern.critical);
  });

  test("what persists cannot be cleared; what is gone stays until it is acknowledged", () => {
    const alarms = new Alarms();
    alarms.raise(AlarmKind.emptyReservoir, true);
    expect(alarms.acknowledge(AlarmKind.emptyReservoir)).toBe(false);
    alarms.causeGone(AlarmKind.emptyReservoir);
    expect(alarms.isActive(AlarmKind.emptyReservoir)).toBe(true);
    expect(alarms.acknowledge(AlarmKind.emptyReservoir)).toBe(true);
    expect(alarms.acknowledge(AlarmKind.emptyReservoir)).toBe(false);
  });

  test("a cause that comes back holds the alarm again", () => {
    const alarms = new Alarms();
    alarms.raise(AlarmKind.doseLimitReached, false);
    alarms.raise(AlarmKind.doseLimitReached, true);
    expect(alarms.acknowledge(AlarmKind.doseLimitReached)).toBe(false);
  });

  test("only low reservoir and dose limit leave boluses possible", () => {
    const kinds = [AlarmKind.lowReservoir, AlarmKind.emptyReservoir, AlarmKind.controlLate, AlarmKind.doseLimitReached];
    expect([...kinds, AlarmKind.pumpFault].filter((kind) => patternOf(kind) === AlarmPattern.nonCritical)).toEqual([
      AlarmKind.lowReservoir,
      AlarmKind.doseLimitReached,
    ]);
  });
});

import { describe, expect, test } from "vitest";
import { configDigest } from "../../../src/record/recover";
import { RecordKeeper } from "../../../src/record/record-keeper";
import { StateRecord } from "../../../src/record/state-record";
import { REFERENCE_PUMP } from "../reference-pump";

const HOUR_MS = 3600000;
const DAY_MS = 24 * HOUR_MS;

function behind(restored: Partial<StateRecord>): RecordKeeper {
  return new RecordKeeper(Object.assign(new StateRecord(), restored), REFERENCE_PUMP);
}

describe("a keeper that goes on behind a ledger", () => {
  test("counts on from its records, its hour and its strokes, and waits for nothing", () => {
    const keeper = behind({
      sequence: 9,
      stateSequence: 4,
      prescriptionSequence: 2,
      boots: 3,
      coreMs: 5 * HOUR_MS + 1,
      patientStrokes: 55,
      grants: 6,
      configDigest: 77,
    });
    const { record, ledger, state, prescriptionSequence } = keeper;
    expect([record.sequence, record.boots, record.serial, record.configDigest]).toEqual([9, 4, 1001, 77]);
    expect([ledger.numbers[1], state.numbers[1], prescriptionSequence]).toEqual([9, 4, 2]);
    expect(keeper).toMatchObject({
      hourEndMs: 6 * HOUR_MS,
      writtenHour: 4,
      strokesAtHour: 55,
      writtenGrants: 6,
      writing: false,
      isBlocked: false,
      hasFailed: false,
      nextMs: 2 ** 53 - 1,
    });
  });

  test("a blank one takes the digest of its own configuration", () => {
    expect(behind({ configDigest: 77 }).record.configDigest).toBe(configDigest(REFERENCE_PUMP));
  });

  test("may reserve as much as it made itself: what was reserved before counts as made before (PWR-002)", () => {
    const { reservation } = behind({ totalStrokes: 60, reservedStrokes: 40 });
    expect(reservation.ask(1000, 100)).toBe(1);
    expect(reservation.ask(1000, 150)).toBe(50);
  });
});

describe("unplanned restarts (PWR-011)", () => {
  /** How many are counted, and which are remembered, oldest first. */
  function counted(coreMs: number, restartsMs: number[], isPlanned = false): [number, number[]] {
    const restored = Object.assign(new StateRecord(), { coreMs, restartsMs });
    const keeper = new RecordKeeper(restored, REFERENCE_PUMP);
    return [keeper.countRestart(restored, isPlanned), keeper.record.restartsMs];
  }

  test.each<[string, number, number[], [number, number[]]]>([
    ["the first", 500, [-1, -1, -1], [1, [-1, -1, 500]]],
    ["a second, behind one at the very beginning", 500, [-1, -1, 0], [2, [-1, 0, 500]]],
    ["a fourth within a day", 900, [100, 200, 300], [4, [200, 300, 900]]],
    ["one that is just less than a day old counts", DAY_MS + 99, [-1, -1, 100], [2, [-1, 100, DAY_MS + 99]]],
    ["one of exactly a day does not", DAY_MS + 100, [-1, -1, 100], [1, [-1, 100, DAY_MS + 100]]],
    ["of three the old ones are left out", 2 * DAY_MS, [5, DAY_MS, DAY_MS + 1], [2, [DAY_MS, DAY_MS + 1, 2 * DAY_MS]]],
  ])("%s", (_what, coreMs, before, expected) => {
    expect(counted(coreMs, before)).toEqual(expected);
  });

  test("a planned one is none, and those before it are still known", () => {
    expect(counted(900, [100, 200, 300], true)).toEqual([3, [100, 200, 300]]);
  });
});

import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { EventKind } from "../../../src/events";
import { STALL_REST_MS } from "../../../src/motion/motion-check";
import { JournalCode } from "../../../src/record/journal";
import { AlarmKind } from "../../../src/safety/alarm-kind";
import { PoweredPump } from "../powered-pump";
import { prescribed, REFERENCE_PUMP } from "../reference-pump";

const HOUR_MS = 3600000;
const MIN_MS = 60000;
/** 10 counts a revolution, 200 strokes a revolution: a count every 20 strokes. */
const COUNTS = 10;
const PER_COUNT = 200 / COUNTS;
const config = { ...REFERENCE_PUMP, countsPerRevolution: COUNTS };
const prescription = prescribed({ basalNlPerDay: 1440000, bolusNl: 0 });

const raised = (drive: PoweredPump): number[] => drive.told(JournalCode.alarmRaised).map(([, alarm]) => alarm ?? -1);

/** Serves until `untilMs`; the sensor counts what `turns` makes of the strokes so far. */
function watched(drive: PoweredPump, untilMs: number, turns: (made: number) => number): PoweredPump {
  let counts = turns(drive.made);
  while (drive.nextMs <= untilMs) {
    drive.step();
    const now = turns(drive.made);
    if (now > counts) drive.do(EventKind.turned, { count: now });
    counts = Math.max(counts, now);
  }
  return drive;
}

const fromOffset = (offset: number) => (made: number) => Math.floor((made + offset) / PER_COUNT);

describe("what turned and what was ordered", () => {
  property.prop([fc.integer({ min: 0, max: PER_COUNT - 1 }), fc.constantFrom(10, 200, 1000)], { numRuns: 12 })(
    "agree wherever between two counts the head began (MOT-010)",
    (offset, perRevolution) => {
      const drive = new PoweredPump({ config: { ...config, countsPerRevolution: perRevolution } }).begin(prescription);
      const perCount = 200 / perRevolution;
      watched(drive, 12 * HOUR_MS, (made) => Math.floor((made + (offset % Math.max(1, perCount))) / perCount));
      expect(raised(drive)).toEqual([]);
      expect(drive.made).toBe(2400);
    },
  );

  test("a head that stands still is a stall within a count and two strokes; the motor rests and is tried again (MOT-011)", () => {
    const drive = new PoweredPump({ config }).begin(prescription);
    watched(drive, HOUR_MS, fromOffset(0));
    const before = drive.made;
    const { uncertainStrokes } = drive.pump.delivery.reservoir;
    const stuckAt = fromOffset(0)(before);
    watched(drive, 2 * HOUR_MS, () => stuckAt);
    const [first] = drive.told(JournalCode.alarmRaised);
    expect(first?.[1]).toBe(AlarmKind.motorStall);
    const until = drive.strokesMs.filter((atMs) => atMs <= (first?.[0] ?? 0)).length - before;
    expect(until).toBeLessThanOrEqual(PER_COUNT + 3);
    const again = drive.strokesMs.find((atMs) => atMs > (first?.[0] ?? 0)) ?? 0;
    expect(again - (first?.[0] ?? 0)).toBeGreaterThanOrEqual(STALL_REST_MS);
    // What was perhaps not given widens the reservoir's band, and nothing is given again.
    expect(drive.pump.delivery.reservoir.uncertainStrokes - uncertainStrokes).toBeGreaterThanOrEqual(
      until - 1 - PER_COUNT,
    );
    expect(drive.counted).toBe(drive.made);
  });

  test("the third stall in 24 h latches, also when the power fails in between (MOT-012)", () => {
    for (const isCut of [false, true]) {
      const drive = new PoweredPump({ config }).begin(prescription);
      // The first stall comes within 23 strokes of 18 s.
      drive.pass(8 * MIN_MS);
      expect(raised(drive)).toEqual([AlarmKind.motorStall]);
      if (isCut) drive.cut();
      drive.pass(2 * HOUR_MS);
      expect(raised(drive).filter((alarm) => alarm === Number(AlarmKind.motorStall))).toHaveLength(isCut ? 2 : 3);
      const made = drive.made;
      expect(drive.pass(24 * HOUR_MS).made).toBe(made);
      drive.do(EventKind.acknowledge).pass(HOUR_MS);
      expect(drive.made).toBe(made);
      expect(drive.pump.reports.alarms.isActive(AlarmKind.motorStall)).toBe(true);
    }
  });

  test("more turned than was ever ordered: motor off, latched (MOT-013)", () => {
    const drive = new PoweredPump({ config }).begin(prescription);
    watched(drive, HOUR_MS, fromOffset(0));
    const counts = fromOffset(0)(drive.made);
    drive.do(EventKind.turned, { count: counts + 1 });
    expect(raised(drive)).toEqual([]);
    drive.do(EventKind.turned, { count: counts + 3 });
    expect(raised(drive)).toEqual([AlarmKind.overInfusion]);
    const made = drive.made;
    drive.do(EventKind.acknowledge).do(EventKind.start).pass(HOUR_MS);
    expect(drive.made).toBe(made);
  });

  test("nothing declared: counts are refused; counts that go back or are none too (MOT-014)", () => {
    const plain = new PoweredPump().begin(prescription).do(EventKind.turned, { count: 5 });
    expect(plain.told(JournalCode.orderRefused)).toHaveLength(1);
    const drive = new PoweredPump({ config }).begin(prescription);
    watched(drive, HOUR_MS, fromOffset(0));
    for (const count of [0, -1, NaN, 9.5]) drive.do(EventKind.turned, { count });
    expect(drive.told(JournalCode.orderRefused)).toHaveLength(4);
    expect(raised(drive)).toEqual([]);
  });
});

test("an occlusion stops at once; its release is told with what may have come out (MOT-015)", () => {
  const drive = new PoweredPump({ config: { ...REFERENCE_PUMP, releaseNl: 25000 } }).begin(prescription).pass(HOUR_MS);
  drive.do(EventKind.detected, { count: 1, detail: AlarmKind.occlusion });
  const made = drive.made;
  drive.pass(HOUR_MS);
  expect([drive.made, drive.told(JournalCode.motorOff)[0]?.[1]]).toEqual([made, 1]);
  drive.do(EventKind.detected, { count: 0, detail: AlarmKind.occlusion });
  expect(drive.told(JournalCode.releaseBolus)[0]?.[1]).toBe(25000);
  // Once only, and nothing goes on before somebody has read the alarm.
  drive.do(EventKind.detected, { count: 0, detail: AlarmKind.occlusion }).pass(HOUR_MS);
  expect([drive.made, drive.told(JournalCode.releaseBolus).length]).toEqual([made, 1]);
  drive.do(EventKind.acknowledge).pass(HOUR_MS);
  expect(drive.made - made).toBe(200);
});

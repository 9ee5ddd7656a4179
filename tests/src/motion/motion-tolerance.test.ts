import { describe, expect, test } from "vitest";
import { MotionCheck, takeCounts } from "../../../src/motion/motion-check";
import { JournalCode } from "../../../src/record/journal";
import { AlarmKind } from "../../../src/safety/alarm-kind";
import { newPump, REFERENCE_PUMP } from "../reference-pump";

/** 600 counts and 200 strokes a revolution: 3 counts a stroke, so 1 count and 2 strokes are 7 counts. */
const COUNTS = 600;
const TOLERANCE = 7;

/** A motion check on a pump that has ordered `strokes` since its start, at one instant. */
function checkBehind(strokes: number, countsPerRevolution = COUNTS) {
  const { delivery, reports } = newPump(REFERENCE_PUMP, REFERENCE_PUMP.capacityNl);
  const check = new MotionCheck({ ...REFERENCE_PUMP, countsPerRevolution }, delivery, reports);
  const order = (more: number): void => {
    delivery.totalStrokes += more;
    delivery.reservoir.draw(more);
  };
  order(strokes);
  const active = (alarm: AlarmKind): boolean => reports.alarms.isActive(alarm);
  return { check, order, reports, reservoir: delivery.reservoir, active };
}

describe("a count and two strokes", () => {
  test.each([100, 4000])(
    "behind %i strokes: one count less is no stall, they are one, and all of it is in doubt",
    (strokes) => {
      for (const [missing, stalls] of [
        [TOLERANCE - 1, false],
        [TOLERANCE, true],
        [60, true],
      ] as const) {
        const { check, reservoir, active } = checkBehind(strokes);
        takeCounts(check, 3 * strokes - missing, 0);
        expect([active(AlarmKind.motorStall), reservoir.uncertainStrokes]).toEqual([
          stalls,
          stalls ? Math.ceil(missing / 3) : 0,
        ]);
      }
    },
  );

  test("after a stall what turns is compared with what is ordered from then on", () => {
    const { check, order, reservoir, active } = checkBehind(100);
    takeCounts(check, 240, 0);
    expect(reservoir.uncertainStrokes).toBe(20);
    order(100);
    takeCounts(check, 540 - TOLERANCE + 1, 1);
    expect(reservoir.uncertainStrokes).toBe(20);
    takeCounts(check, 540 + TOLERANCE - 1, 2);
    expect(active(AlarmKind.overInfusion)).toBe(false);
    takeCounts(check, 540 + TOLERANCE, 3);
    expect(active(AlarmKind.overInfusion)).toBe(true);
  });

  test("more than was ordered has its cause until the program ends, and puts nothing in doubt", () => {
    const { check, reports, reservoir } = checkBehind(0);
    takeCounts(check, TOLERANCE, 0);
    expect(reports.alarms.hasCause(AlarmKind.overInfusion)).toBe(true);
    expect([reservoir.uncertainStrokes, check.retryMs]).toEqual([0, Number.MAX_SAFE_INTEGER]);
  });

  test("without a sensor nothing is compared, and counts are refused, also none", () => {
    const { check, reports, active } = checkBehind(5000, 0);
    check.check(0);
    for (const counts of [0, 1]) takeCounts(check, counts, 0);
    expect([active(AlarmKind.motorStall), active(AlarmKind.overInfusion)]).toEqual([false, false]);
    expect(reports.commands.code.slice(0, reports.commands.count)).toEqual([
      JournalCode.orderRefused,
      JournalCode.orderRefused,
    ]);
  });
});

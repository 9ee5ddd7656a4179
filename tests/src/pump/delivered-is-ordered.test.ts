import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { EventKind } from "../../../src/events";
import { DeliveryChecker } from "../../../sim/check/delivery-checker";
import { expectRight } from "../checked-therapy";
import { DirectDrive } from "../direct-drive";
import { anyTherapy } from "../random-therapy";
import { event, prescribed, REFERENCE_PRESCRIPTION, REFERENCE_PUMP } from "../reference-pump";
import { runs } from "../runs";

const DAY_MS = 86400000;

describe("delivered <= ordered < delivered + one stroke", () => {
  property.prop([anyTherapy], { numRuns: runs(250) })(
    "at every instant, whatever is done to the pump (DEL-001, DEL-003, BOL-007, LIM-005, SIM-007)",
    expectRight,
  );

  test("what is owed below a stroke survives a stop, however often (DEL-003)", () => {
    // 1 nL/ms: a stroke of 300 nL every 300 ms.
    const drive = new DirectDrive({
      ...REFERENCE_PUMP,
      maxRateNlPerDay: 86400000,
      maxWindowNl: 1000000000,
      strokeMs: 50,
    });
    drive.begin(prescribed({ basalNlPerDay: 86400000, bolusNl: 0, windowLimitNl: 100000000 }));
    let atMs = 0;
    for (let i = 0; i < 299; i++) {
      drive.give(event(EventKind.stop), atMs + 1);
      drive.give(event(EventKind.start), atMs + 1000);
      atMs += 1000;
    }
    // 299 times 1 ms of therapy were ordered, so the first stroke comes 1 ms later.
    expect(drive.strokes).toBe(0);
    expect(drive.pump.nextDeadlineMs()).toBe(atMs + 1);
  });

  test("the rest of a bolus is ordered at its end: five boluses of 31,001 nL give their strokes exactly", () => {
    const drive = new DirectDrive();
    drive.begin(prescribed({ basalNlPerDay: 0, bolusNl: 31001, bolusMs: 777777, mostPer24h: 48 }));
    for (let id = 1; id <= 5; id++) drive.ask(id, id * 10000000);
    drive.runTo(DAY_MS);
    expect(drive.strokes).toBe(Math.floor((5 * 31001) / 300));
  });
});

describe("the checker itself", () => {
  const run = (tamper: (atMs: number) => number): string[] => {
    const checker = new DeliveryChecker(REFERENCE_PUMP, 20000000, REFERENCE_PRESCRIPTION.concentrationNgPerUl);
    checker.handed({ prescription: REFERENCE_PRESCRIPTION });
    const drive = new DirectDrive(REFERENCE_PUMP, 20000000, {
      stroke: (atMs, strokes) => {
        const times = tamper(atMs);
        for (let i = 0; i < times; i++) checker.stroke(atMs, strokes);
      },
      entry: (...entry) => {
        checker.entry(...entry);
      },
    });
    drive.begin();
    drive.ask(1, 3600000);
    drive.runTo(2 * 3600000);
    checker.close(2 * 3600000);
    return checker.complaints;
  };

  test("is content with a correct run", () => {
    expect(run(() => 1)).toEqual([]);
  });

  property.prop([fc.integer({ min: 1, max: 200 }), fc.constantFrom(0, 2)])(
    "finds one stroke too many, and one that is missing",
    (place, instead) => {
      let strokes = 0;
      expect(run(() => (++strokes === place ? instead : 1))).not.toEqual([]);
    },
  );
});

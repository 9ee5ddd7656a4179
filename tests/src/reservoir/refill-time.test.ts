import { expect, test } from "vitest";
import { ProgramKind } from "../../../src/prescription/prescription";
import { lastsMs } from "../../../src/reservoir/refill-time";
import { NEVER_MS } from "../../../src/units";
import { flexDay, prescribed } from "../reference-pump";

const DAY = 86400000;

test.each([
  ["basal alone", prescribed(), 18000000, 18 * DAY, false],
  ["with every permitted bolus", prescribed(), 18000000, Math.floor((18 / 1.12) * 1440) * 60000, true],
  // One bolus every 12 h 10 min at most: two in a day.
  ["as many as the lockout permits", prescribed({ lockoutMs: DAY / 2 }), 10600000, 10 * DAY, true],
  ["nothing left above low", prescribed(), 0, 0, true],
  ["a flex day", prescribed(flexDay([0, 500000], [DAY / 2, 1500000])), 3000000, 3 * DAY, false],
  [
    "scheduled boluses",
    prescribed({
      program: ProgramKind.periodic,
      basalNlPerDay: 0,
      scheduledNl: 100000,
      scheduledMs: 1000,
      scheduledEveryMs: DAY / 4,
    }),
    4000000,
    10 * DAY,
    false,
  ],
  ["nothing that draws", prescribed({ basalNlPerDay: 0 }), 18000000, NEVER_MS, false],
])("%s (RES-011)", (_name, prescription, usableNl, expectedMs, withBoluses) => {
  expect(lastsMs(prescription, usableNl, withBoluses)).toBe(expectedMs);
});

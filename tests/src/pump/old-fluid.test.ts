import { describe, expect, test } from "vitest";
import { EventKind } from "../../../src/events";
import { ConfirmRefusal, JournalCode, StartRefusal } from "../../../src/record/journal";
import { DirectDrive } from "../direct-drive";
import { BOUNDLESS_DRUG, drugs, prescribed, REFERENCE_PUMP } from "../reference-pump";

const H = 3600000;
/** What the line holds: 1 mg/mL of the first drug. */
const OLD = drugs(1000);
/** What the reservoir holds then: 1 mg/mL of the second. */
const NEW = drugs(0, 1000);

/** A pump that ran slowly with the old fluid and was refilled with `fluid`; the first drug's hard limits are these. */
function refilled(fluid: number[], hardHourNg: number, hardBolusNg: number): DirectDrive {
  const first = { ...BOUNDLESS_DRUG, hardHourNg, softHourNg: 1, hardBolusNg, softBolusNg: 1 };
  const drive = new DirectDrive({ ...REFERENCE_PUMP, library: [first, BOUNDLESS_DRUG] });
  drive.begin(prescribed({ basalNlPerDay: 24000, bolusNl: 0, concentrationNgPerUl: OLD })).runTo(10 * H);
  const residual = drive.pump.delivery.reservoir.contentNl();
  drive.do(EventKind.stop, 10 * H).do(EventKind.measureResidual, 10 * H, { count: residual });
  return drive.do(EventKind.refill, 10 * H, { count: 20000000, values: fluid });
}

function started(drive: DirectDrive, change: Parameters<typeof prescribed>[0]): number | undefined {
  const p = prescribed({ concentrationNgPerUl: NEW, primaryDrug: 1, bolusNl: 0, ...change });
  drive.program(p, 11 * H).do(EventKind.start, 12 * H);
  return drive.last(JournalCode.startRefused, JournalCode.started)?.numbers[0];
}

const TAKEN = 0;

describe("a start while the line holds old fluid (RES-018)", () => {
  test.each([
    // 240 uL/day are 10 uL/h, with 1 ug/uL of the old drug.
    ["at its hard limit of the rate", { basalNlPerDay: 240000 }, 10000, 1000000, TAKEN],
    ["a ng/h above it", { basalNlPerDay: 240000 }, 9999, 1000000, StartRefusal.oldFluid],
    ["a bolus at its hard limit", { basalNlPerDay: 24000, bolusNl: 30000 }, 1000000, 30000, TAKEN],
    ["a bolus a ng above it", { basalNlPerDay: 24000, bolusNl: 30000 }, 1000000, 29999, StartRefusal.oldFluid],
    ["a bridge that has nothing to give", { basalNlPerDay: 24000, bridge: 1 }, 1000000, 1000000, StartRefusal.oldFluid],
  ])("%s", (_name, change, hardHourNg, hardBolusNg, answer) => {
    expect(started(refilled(NEW, hardHourNg, hardBolusNg), change)).toBe(answer);
  });

  test("a bridge is judged by the rate that it makes: the old fluid at its hard limit", () => {
    // 24 uL/day of 10 ug/uL bridge at 240 uL/day of 1 ug/uL: 10 ug/h.
    const strong = { concentrationNgPerUl: drugs(10000), primaryDrug: 0, basalNlPerDay: 24000, bridge: 1 };
    expect(started(refilled(drugs(10000), 10000, 1000000), strong)).toBe(TAKEN);
  });

  test("once it has passed, the same is taken", () => {
    const drive = refilled(NEW, 9999, 1000000);
    expect(started(drive, { basalNlPerDay: 230000 })).toBe(TAKEN);
    // 350 uL at 230 uL/day.
    drive.runTo(60 * H);
    expect(drive.entries(JournalCode.oldFluidPassed)).toHaveLength(1);
    drive.do(EventKind.stop, 60 * H);
    expect(started(drive, { basalNlPerDay: 240000 })).toBe(TAKEN);
  });

  test("nor is such a prescription confirmed while therapy runs", () => {
    const drive = refilled(NEW, 9999, 1000000);
    expect(started(drive, { basalNlPerDay: 230000 })).toBe(TAKEN);
    drive.program(prescribed({ concentrationNgPerUl: NEW, primaryDrug: 1, bolusNl: 0, basalNlPerDay: 240000 }), 13 * H);
    expect(drive.last(JournalCode.confirmRefused)?.numbers[0]).toBe(ConfirmRefusal.otherDrugs);
  });
});

test("after a residual that differed a start waits for the acknowledgement (RES-018)", () => {
  const drive = new DirectDrive().begin(prescribed({ basalNlPerDay: 1000000 })).runTo(24 * H);
  drive.do(EventKind.stop, 24 * H).do(EventKind.measureResidual, 24 * H, { count: 20000000 });
  drive.do(EventKind.start, 24 * H);
  expect(drive.last(JournalCode.startRefused)?.numbers[0]).toBe(StartRefusal.alarmActive);
  drive.do(EventKind.acknowledge, 25 * H).do(EventKind.start, 25 * H);
  expect(drive.entries(JournalCode.started)).toHaveLength(2);
});

test.each([
  ["weaker", 500],
  ["stronger", 5000],
])(
  "where two old fluids lie in the line under a %s one, the stronger of them counts for both (RES-018)",
  (_name, newest) => {
    const drive = refilled(drugs(3000), 1000000000, 1000000000);
    const residual = drive.pump.delivery.reservoir.contentNl();
    drive.do(EventKind.measureResidual, 10 * H, { count: residual });
    drive.do(EventKind.refill, 10 * H, { count: 20000000, values: drugs(newest) });
    const before = drive.pump.delivery.drugs.units[0] ?? 0;
    const p = { concentrationNgPerUl: drugs(newest), primaryDrug: 0, basalNlPerDay: 24000 };
    expect(started(drive, p)).toBe(TAKEN);
    const strokes = drive.strokes;
    drive.runTo(15 * H);
    expect(drive.strokes).toBeGreaterThan(strokes);
    expect((drive.pump.delivery.drugs.units[0] ?? 0) - before).toBe(3000 * (drive.strokes - strokes));
  },
);

import { describe, expect, test } from "vitest";
import { CommandKind } from "../../../src/commands";
import { EventKind } from "../../../src/events";
import { JournalCode, RefillRefusal, StartRefusal } from "../../../src/record/journal";
import { AlarmKind } from "../../../src/safety/alarm-kind";
import { AlarmPriority } from "../../../src/safety/alarm-table";
import { DirectDrive } from "../direct-drive";
import { event, prescribed, REFERENCE_PRESCRIPTION, REFERENCE_PUMP } from "../reference-pump";

const DAY_MS = 86400000;

/** 20 mL of what the prescription says. */
const FULL = { count: 20000000, values: REFERENCE_PRESCRIPTION.concentrationNgPerUl };

/** 100 uL above low at 1 mL/day without boluses: low after 2.4 h, empty a day later. */
function nearlyLow(): DirectDrive {
  return new DirectDrive(REFERENCE_PUMP, 2100000).begin(prescribed({ bolusNl: 0 }));
}

const shown = (drive: DirectDrive): number | undefined => drive.commands(CommandKind.annunciate).at(-1)?.numbers[0];

describe("a reservoir that runs out", () => {
  test("low with the stroke that reaches the mark, and basal goes on", () => {
    const drive = nearlyLow().runTo(DAY_MS / 2);
    const low = drive.last(JournalCode.alarmRaised);
    // 100,000 nL are 333.3 strokes: the 334th, 25.92 s each.
    expect([low?.atMs, low?.numbers[0]]).toEqual([334 * 25920, AlarmKind.lowReservoir]);
    expect(shown(drive)).toBe(AlarmPriority.low);
    expect(drive.strokes).toBe(Math.floor(DAY_MS / 2 / 25920));
  });

  test("empty with the last stroke that does not draw below the mark: motor off after it, nothing more is due but records", () => {
    const drive = nearlyLow().runTo(3 * DAY_MS);
    expect(drive.strokes).toBe(Math.floor(1100000 / 300));
    const off = drive.commands(CommandKind.motorOff).at(-1);
    expect([off?.atMs, off?.numbers[0]]).toEqual([drive.strokes * 25920, 0]);
    expect(drive.last(JournalCode.alarmRaised)?.numbers[0]).toBe(AlarmKind.emptyReservoir);
    expect(shown(drive)).toBe(AlarmPriority.high);
    expect(drive.pump.nextDeadlineMs()).toBe(3 * DAY_MS + 3600000);
  });

  test("empty holds until a refill, which needs a stop; then the alarms can be acknowledged and therapy goes on", () => {
    const drive = nearlyLow().runTo(2 * DAY_MS);
    const empty = drive.strokes;
    drive.program(prescribed({ bolusNl: 0 }), 2 * DAY_MS);
    drive.hand(event(EventKind.refill, FULL), 2 * DAY_MS);
    expect(drive.last(JournalCode.refillRefused)?.numbers[0]).toBe(RefillRefusal.notStopped);
    drive.hand(event(EventKind.stop), 2 * DAY_MS);
    // Silent, but the light stays: the pump is still empty.
    expect(drive.commands(CommandKind.annunciate).at(-1)?.numbers.slice(0, 2)).toEqual([AlarmPriority.high, 1]);
    drive.hand(event(EventKind.acknowledge), 2 * DAY_MS);
    expect(drive.entries(JournalCode.alarmCleared)).toEqual([]);
    drive.hand(event(EventKind.start), 2 * DAY_MS);
    expect(drive.last(JournalCode.startRefused)?.numbers[0]).toBe(StartRefusal.reservoirEmpty);
    drive.hand(event(EventKind.measureResidual, { count: 1000000 }), 2 * DAY_MS);
    drive.hand(event(EventKind.refill, FULL), 2 * DAY_MS);
    drive.hand(event(EventKind.acknowledge), 2 * DAY_MS);
    expect(drive.entries(JournalCode.alarmCleared).map(({ numbers }) => numbers[0])).toEqual([
      AlarmKind.lowReservoir,
      AlarmKind.emptyReservoir,
    ]);
    drive.hand(event(EventKind.start), 2 * DAY_MS).runTo(3 * DAY_MS);
    expect(drive.strokes - empty).toBe(Math.floor(1000000 / 300));
  });

  test.each([
    ["nothing", 0, true],
    ["all that it can hold", REFERENCE_PUMP.capacityNl, true],
    ["more than it can hold", REFERENCE_PUMP.capacityNl + 1, false],
    ["less than nothing", -1, false],
  ])("a refill with %s", (_name, count, accepted) => {
    const drive = new DirectDrive(REFERENCE_PUMP, 0).do(EventKind.refill, 5, { ...FULL, count });
    const said = accepted ? [JournalCode.refilled, count, 0] : [JournalCode.refillRefused, RefillRefusal.volume, count];
    expect(drive.said.map(({ code, numbers }) => [code, numbers[0], numbers[1]])).toContainEqual(said);
  });
});

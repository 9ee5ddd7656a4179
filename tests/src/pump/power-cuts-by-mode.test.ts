import { expect, test } from "vitest";
import { EventKind } from "../../../src/events";
import { ProgramKind } from "../../../src/prescription/prescription";
import { FaultKind } from "../../../src/safety/fault";
import { GuardTrip } from "../../../src/safety/guard";
import { PoweredPump } from "../powered-pump";
import { flexDay, prescribed } from "../reference-pump";
import { Fram } from "../record/fram";

const HOUR_MS = 3600000;
const every = { scheduledNl: 30000, scheduledMs: 600000, scheduledEveryMs: HOUR_MS };

const MODES: [string, () => PoweredPump][] = [
  ["continuous", () => new PoweredPump().begin()],
  [
    "a day schedule",
    () =>
      new PoweredPump()
        .do(EventKind.setClock, { count: 0 })
        .begin(prescribed(flexDay([0, 500000], [HOUR_MS, 2000000]))),
  ],
  [
    "periodic boluses",
    () => new PoweredPump().begin(prescribed({ ...every, program: ProgramKind.periodic, basalNlPerDay: 100000 })),
  ],
  [
    "a single shot",
    () =>
      new PoweredPump().begin(
        prescribed({ ...every, program: ProgramKind.singleShot, basalNlPerDay: 0, bolusNl: 0, scheduledCount: 1 }),
      ),
  ],
  ["a demand bolus", () => new PoweredPump().begin().pass(HOUR_MS).do(EventKind.requestBolus)],
  [
    "a clinician's bolus, suspended by a demand bolus",
    () =>
      new PoweredPump()
        .begin()
        .do(EventKind.clinicianBolus, { count: 30000, detail: HOUR_MS })
        .pass(HOUR_MS / 4)
        .do(EventKind.requestBolus),
  ],
  [
    "a hold, and a stop",
    () => {
      const drive = new PoweredPump().begin(prescribed({ minimumNlPerDay: 72000 })).pass(HOUR_MS);
      return drive.do(EventKind.hold).pass(HOUR_MS).do(EventKind.stop);
    },
  ],
  [
    "a prime",
    () => {
      const drive = new PoweredPump().begin().do(EventKind.stop).do(EventKind.deadVolumeEmpty, { count: 350000 });
      return drive.do(EventKind.prime, { count: 300000 }).do(EventKind.confirmPrime, { count: 300000 });
    },
  ],
];

function expectSound({ pump, counted }: PoweredPump, made: number): void {
  expect([pump.fault, pump.guard.trip]).toEqual([FaultKind.none, GuardTrip.none]);
  expect(Math.min(counted, pump.guard.strokes)).toBeGreaterThanOrEqual(made);
}

test.each(MODES)(
  "%s: cut around every write, and again in the closing record, nothing is lost and nothing trips",
  (_name, make) => {
    const drive = make();
    const untilMs = drive.nowMs + 2 * HOUR_MS;
    let cuts = 0;
    let before = -1;
    while (drive.nextMs <= untilMs) {
      drive.step();
      const { pendingBytes, pendingEnds } = drive.fram;
      if (pendingBytes === before) continue;
      before = pendingBytes;
      const places = new Set(pendingEnds.flatMap((end) => [end - 1, end, end + 1]));
      for (const bytes of places) {
        const once = new PoweredPump({ fram: new Fram(drive.fram.imageAfter(Math.max(0, bytes))) });
        expectSound(once, drive.made);
        for (const end of once.fram.pendingEnds) {
          const twice = new PoweredPump({ fram: new Fram(once.fram.imageAfter(end)) });
          expectSound(twice, drive.made);
          // The closing record reserves one stroke, and it may have been made.
          expect(twice.counted - once.counted).toBeLessThanOrEqual(1);
        }
        expectSound(once.pass(HOUR_MS), drive.made);
        cuts += 1 + once.fram.pendingEnds.length;
      }
    }
    expect(cuts).toBeGreaterThan(10);
  },
);

import { fc, test as property } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { BolusKind } from "../../../src/delivery/bolus-run";
import { TherapyMode } from "../../../src/delivery/therapy";
import { EventKind } from "../../../src/events";
import { lowestNlPerDay, stepAt } from "../../../src/prescription/scheduled-volume";
import { FaultKind } from "../../../src/safety/fault";
import { MotorAction } from "../../../src/safety/alarm-table";
import { DirectDrive } from "../direct-drive";
import { CONFIG, doing, PROGRAMS, therapy } from "./legal-doings";
import { runs } from "../runs";

const DAY = 86400000;

/** What must hold whenever the pump has done what it was asked: each is one sentence. */
const INVARIANTS: [string, (drive: DirectDrive) => boolean][] = [
  ["no assertion has tripped", ({ pump }) => pump.fault === FaultKind.none],
  ["nothing is due in the past", ({ pump }) => pump.nextDeadlineMs() >= pump.nowMs],
  [
    "basal and bolus never pass the maximum rate",
    ({ pump: { delivery } }) => delivery.plan.basalNlPerDay + delivery.plan.bolusNlPerDay <= CONFIG.maxRateNlPerDay,
  ],
  [
    "nothing is ordered under an alarm that stops the motor, and of a stopped pump nothing but a prime",
    ({ pump: { delivery, reports, therapy } }) => {
      const { plan, desk } = delivery;
      const stands = reports.alarms.motor !== MotorAction.goesOn;
      const stopped = therapy.mode === TherapyMode.stopped;
      if (stands && plan.bolusNlPerDay !== 0) return false;
      if (stopped && desk.square.kind !== BolusKind.none && desk.square.kind !== BolusKind.priming) return false;
      return plan.basalNlPerDay === 0 || !(stands || stopped);
    },
  ],
  [
    "a demand bolus runs only in running therapy, and just then a square one is suspended",
    ({ pump: { delivery, therapy } }) => {
      const { demand, square } = delivery.desk;
      const runs = demand.kind !== BolusKind.none;
      if (square.isSuspended !== (runs && square.kind !== BolusKind.none)) return false;
      return !runs || therapy.mode === TherapyMode.running;
    },
  ],
  [
    "therapy that runs gives the rate of its schedule, or bridges: it is never off in silence",
    ({ pump }) => {
      const { therapy: program, reports, clock, delivery, nowMs } = pump;
      const p = delivery.prescription;
      if (program.mode !== TherapyMode.running || program.isBridging) return true;
      if (reports.alarms.motor !== MotorAction.goesOn) return true;
      const known = clock.known ? p.stepNlPerDay[stepAt(p, clock.timeOfDayMs(nowMs))] : lowestNlPerDay(p);
      return delivery.plan.basalNlPerDay === known;
    },
  ],
  [
    "every bolus that runs comes to an end",
    ({ pump: { delivery, nowMs } }) => {
      const { demand, square, endMs } = delivery.desk;
      return (demand.kind === BolusKind.none && square.kind === BolusKind.none) || endMs <= nowMs + 2 * DAY;
    },
  ],
  ["what is owed is a number", ({ pump }) => Number.isSafeInteger(pump.delivery.plan.owedUnits)],
];

function check(drive: DirectDrive): void {
  for (const [sentence, holds] of INVARIANTS) if (!holds(drive)) throw new Error(sentence);
}

/** Serves all that is due up to `untilMs`, one deadline after the other. */
function passTo(drive: DirectDrive, untilMs: number): void {
  let calls = 0;
  let lastMs = -1;
  while (drive.pump.nextDeadlineMs() <= untilMs) {
    calls = drive.pump.nextDeadlineMs() === lastMs ? calls + 1 : 0;
    lastMs = drive.pump.nextDeadlineMs();
    if (calls > 9) throw new Error("the same instant is due again and again");
    drive.advance(lastMs);
    check(drive);
  }
}

test.each(PROGRAMS.map((one, index) => [index, one] as const))("program %i of these is accepted", (_index, one) => {
  expect(new DirectDrive(CONFIG).begin(one).pump.therapy.mode).toBe(TherapyMode.running);
});

property.prop([therapy, fc.array(doing, { maxLength: 60, size: "max" })], { numRuns: runs(400) })(
  "whatever people, sensors and a late shell do to a pump, none of its assertions trips and these hold (SAF-009)",
  (first, doings) => {
    const drive = new DirectDrive(CONFIG);
    drive.keep = false;
    drive.do(EventKind.setClock, 0, { count: 9000 * DAY }).begin(first);
    let nowMs = 0;
    doings.forEach(({ wait, inputs }, index) => {
      const dueMs = Math.max(nowMs, Math.min(drive.pump.nextDeadlineMs(), nowMs + DAY));
      const atMs = { before: dueMs - 1, due: dueMs, after: dueMs + 1 }[wait as "due"] ?? nowMs + Number(wait);
      nowMs = Math.max(nowMs, atMs);
      for (const input of inputs) {
        const asked = input.kind === EventKind.requestBolus || input.kind === EventKind.clinicianBolus;
        // A shell that is late has served nothing since.
        if (input.kind === EventKind.controlLate) nowMs = Math.max(nowMs, dueMs + 2001);
        else passTo(drive, nowMs);
        drive.hand(asked ? { ...input, id: index + 1 } : input, nowMs);
        check(drive);
      }
    });
  },
);

import { BolusEnd } from "./delivery/bolus-run";
import type { PumpParts } from "./pump-parts";
import { JournalCode } from "./record/journal";
import { STORE_PATIENCE_MS, STORE_RETRY_MS } from "./record/record-keeper";
import { ALARM_KINDS, AlarmKind } from "./safety/alarm-kind";
import { FaultKind } from "./safety/fault";
import { enterSafeState } from "./safety/safe-state";
import { isWhole, MS_PER_HOUR, NEVER_MS, slotEndMs, wholeQuotient } from "./units";

/** Lets core time pass up to `nowMs`, at most `latestMs`, and adds up what is owed. False: an assertion failed instead. */
export function passTo(pump: PumpParts, nowMs: number, latestMs: number): boolean {
  if (!isWhole(nowMs, pump.nowMs, NEVER_MS - 1)) {
    enterSafeState(pump, FaultKind.timeBackwards, pump.nowMs, nowMs);
    return false;
  }
  if (nowMs > latestMs) {
    enterSafeState(pump, FaultKind.deadlineSkipped, pump.deadlineMs, nowMs);
    return false;
  }
  setTime(pump, nowMs);
  const plan = pump.delivery.plan;
  // The product stays under 2^53: no call spans more than the time to the next stroke, so it never exceeds about one stroke in units.
  const rate = plan.basalNlPerDay + plan.bolusNlPerDay;
  plan.owedUnits = plan.owedUnits + rate * plan.stroke.unitsPerRateMs * (nowMs - plan.accruedToMs);
  plan.accruedToMs = nowMs;
  return true;
}

/** What comes due once in a while, in the safe state too: alarms by date, the end of a silence. */
export function serveSlowly(pump: PumpParts, nowMs: number): void {
  const reports = pump.reports;
  const times = pump.times;
  if (nowMs >= times.nextMs)
    for (let alarm = 0; alarm < ALARM_KINDS; alarm++)
      if (times.dueMs[alarm] <= nowMs) {
        times.setDue(alarm, NEVER_MS);
        reports.raise(alarm, true);
      }
  const motion = pump.motion;
  if (nowMs >= motion.retryMs) {
    // The motor has rested: it may be tried again.
    motion.retryMs = NEVER_MS;
    reports.alarms.causeGone(AlarmKind.motorStall);
  }
  const keeper = pump.keeper;
  if (nowMs >= keeper.nextMs) {
    // The store does not answer: nothing moves until it does.
    if (keeper.hasFailed) {
      // The record is given up, and another one wanted.
      keeper.hasFailed = false;
      keeper.writing = false;
      keeper.nextMs = NEVER_MS;
      pump.delivery.unsaved = true;
    } else {
      keeper.hasFailed = true;
      keeper.nextMs = nowMs + STORE_RETRY_MS;
      reports.raise(AlarmKind.memoryFault, true);
    }
  }
  if (nowMs < reports.soundAgainMs) return;
  reports.soundAgainMs = NEVER_MS;
  reports.announce();
}

/** The shell slept through a deadline: what fell due is forfeited, the boluses end, therapy goes on from now. */
export function giveUpLateWork(pump: PumpParts, nowMs: number): void {
  const missedMs = Math.min(pump.deadlineMs, nowMs);
  if (!passTo(pump, missedMs, missedMs)) return;
  if (!isWhole(nowMs, missedMs, NEVER_MS - 1)) {
    enterSafeState(pump, FaultKind.timeBackwards, pump.nowMs, nowMs);
    return;
  }
  setTime(pump, nowMs);
  const keeper = pump.keeper;
  // Nobody could hear the store before.
  if (keeper.nextMs !== NEVER_MS) keeper.nextMs = Math.max(keeper.nextMs, nowMs + STORE_PATIENCE_MS);
  if (pump.fault === FaultKind.none) {
    const reports = pump.reports;
    const delivery = pump.delivery;
    const desk = delivery.desk;
    const plan = delivery.plan;
    // By whole seconds, rounded down.
    let forfeitedNl = 0;
    while (plan.takeStroke()) forfeitedNl += delivery.stroke.volumeNl(1);
    const fromMs = plan.accruedToMs;
    const bolusToMs = Math.min(nowMs, Math.max(fromMs, desk.endMs));
    const basalNl = plan.basalNlPerDay * wholeQuotient(nowMs - fromMs, 1000);
    const bolusNl = plan.bolusNlPerDay * wholeQuotient(bolusToMs - fromMs, 1000);
    forfeitedNl += wholeQuotient(basalNl + bolusNl, 86400);
    plan.accruedToMs = nowMs;
    if (desk.endAll(BolusEnd.controlLate, missedMs, nowMs)) delivery.unsaved = true;
    reports.raise(AlarmKind.controlLate, false);
    delivery.outstanding.expectFrom(nowMs);
    reports.note(JournalCode.forfeited, forfeitedNl, nowMs - missedMs);
    pump.therapy.skipMissed(nowMs);
    pump.therapy.serve(nowMs);
  }
  serveSlowly(pump, nowMs);
}

/** It is `nowMs` now. When an hour is over, and nothing was delivered since its end, a record is due. */
function setTime(pump: PumpParts, nowMs: number): void {
  const delivery = pump.delivery;
  const keeper = pump.keeper;
  pump.nowMs = nowMs;
  pump.reports.nowMs = nowMs;
  if (nowMs < keeper.hourEndMs) return;
  keeper.hourEndMs = slotEndMs(nowMs, MS_PER_HOUR);
  keeper.strokesAtHour = delivery.patientStrokes;
  if (pump.record.sequence !== 0) delivery.unsaved = true;
}

import { CommandKind } from "./commands";
import { BolusEnd, BolusKind } from "./delivery/bolus-run";
import { TherapyMode } from "./delivery/therapy";
import { MOST_OUTSTANDING } from "./motion/outstanding";
import type { PumpParts } from "./pump-parts";
import { keepRecord } from "./record/keep-record";
import { RecordFlag } from "./record/state-record";
import { NO_SIGNAL } from "./reports";
import { AlarmKind } from "./safety/alarm-kind";
import { MotorAction } from "./safety/alarm-table";
import { FaultKind } from "./safety/fault";
import { enterSafeState, orderStillness } from "./safety/safe-state";
import { quotientRoundedUp, wholeQuotient } from "./units";

/** After every call: the core's own assertions, the record, the next deadline. */
export function settle(pump: PumpParts): void {
  const delivery = pump.delivery;
  const therapy = pump.therapy;
  const plan = delivery.plan;
  const outstanding = delivery.outstanding;
  const desk = delivery.desk;
  if (outstanding.strokes > MOST_OUTSTANDING)
    enterSafeState(pump, FaultKind.motorOverrun, outstanding.strokes, MOST_OUTSTANDING);
  const nowMs = pump.nowMs;
  const reports = pump.reports;
  const alarms = reports.alarms;
  // What the alarms want the motor to do now, and before.
  const motor = alarms.motor;
  const before = pump.motor;
  pump.motor = motor;
  if (motor !== before)
    if (pump.fault === FaultKind.none) {
      if (motor === MotorAction.goesOn) therapy.go(therapy.mode, nowMs);
      if (motor > before) {
        let end = BolusEnd.alarm;
        if (alarms.hasCause(AlarmKind.emptyReservoir)) end = BolusEnd.reservoirEmpty;
        delivery.endBoluses(end, nowMs);
        therapy.setRate(nowMs);
        reports.command(CommandKind.motorOff, +(motor === MotorAction.stopsAtOnce));
        delivery.unsaved = true;
      }
    }
  if (therapy.lastShotBegun) if (desk.square.kind === BolusKind.none) therapy.serve(nowMs);
  if (therapy.isBridging) if (delivery.mixture.oldStrokes === 0) therapy.setRate(nowMs);
  // Nothing may move, and no order stands: a stroke that still waits for its record never comes.
  let isStill = motor !== MotorAction.goesOn;
  if (therapy.mode === TherapyMode.stopped) if (desk.square.kind === BolusKind.none) isStill = true;
  if (isStill) delivery.forfeit();
  if (alarms.unsaved) {
    alarms.unsaved = false;
    if (pump.record.sequence !== 0) delivery.unsaved = true;
  }
  const keeper = pump.keeper;
  // Nothing is reserved and strokes will come, or one waits: a record is due.
  if (keeper.reservation.left + +pump.isRestarting + +keeper.writing === 0) {
    const waiting = wholeQuotient(plan.owedUnits, plan.stroke.strokeUnits);
    if (plan.basalNlPerDay + plan.bolusNlPerDay + waiting !== 0) delivery.unsaved = true;
  }
  if (pump.restartIsDue) restart(pump);
  if (delivery.unsaved) keepRecord(pump);
  const commands = pump.commands;
  if (commands.overflowed) {
    // What the queue held is lost, but "motor off", the reason and the alarm must get through.
    const lost = commands.count;
    commands.count = 0;
    commands.overflowed = false;
    reports.signal = NO_SIGNAL;
    if (pump.fault === FaultKind.none) enterSafeState(pump, FaultKind.queueFull, lost, 0);
    else {
      orderStillness(pump);
      reports.announce();
    }
  }
  let dueMs = Math.min(pump.times.nextMs, reports.soundAgainMs);
  dueMs = Math.min(Math.min(dueMs, keeper.nextMs), pump.motion.retryMs);
  if (pump.record.sequence !== 0) dueMs = Math.min(dueMs, keeper.hourEndMs);
  if (pump.fault === FaultKind.none) {
    // Without a reservation the stroke waits for the record.
    const rate = plan.basalNlPerDay + plan.bolusNlPerDay;
    if (keeper.reservation.left !== 0)
      if (rate !== 0) {
        const stroke = plan.stroke;
        const missingMs = quotientRoundedUp(stroke.strokeUnits - plan.owedUnits, rate * stroke.unitsPerRateMs);
        dueMs = Math.min(Math.max(plan.accruedToMs + missingMs, nowMs), dueMs);
      }
    dueMs = Math.min(dueMs, desk.endMs);
    dueMs = Math.min(Math.min(dueMs, outstanding.overdueMs), therapy.nextMs);
  }
  pump.deadlineMs = dueMs;
}

/** A restart is planned: once all is at rest, and the record that says so is durable, the shell is asked for it. */
function restart(pump: PumpParts): void {
  const delivery = pump.delivery;
  const desk = delivery.desk;
  const keeper = pump.keeper;
  const underWay = delivery.outstanding.strokes + desk.demand.kind + desk.square.kind;
  pump.isRestarting = underWay === 0;
  if (!pump.isRestarting) return;
  if (!keeper.isBlocked) {
    if (delivery.unsaved) return;
    if (keeper.writing) return;
    if ((pump.record.flags & RecordFlag.planned) === 0) {
      keeper.reservation.hold();
      delivery.unsaved = true;
      return;
    }
  }
  // A pump that must not write has nothing to leave behind.
  pump.reports.command(CommandKind.restart, 0);
}

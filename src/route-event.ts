import { LATEST_WALL_MS } from "./clock";
import { BolusEnd, BolusKind } from "./delivery/bolus-run";
import { TherapyMode } from "./delivery/therapy";
import { EventKind } from "./events";
import type { PumpEvent } from "./events";
import {
  confirmPrescription,
  holdTherapy,
  stagePrescription,
  startTherapy,
  stopTherapy,
  withdrawPrescription,
} from "./orders";
import { takeCounts } from "./motion/motion-check";
import type { PumpParts } from "./pump-parts";
import { JournalCode } from "./record/journal";
import { changePart, changeTube, fillReservoir, measureResidual, primeLine } from "./refill";
import { ALARM_KINDS, AlarmKind } from "./safety/alarm-kind";
import { FaultKind } from "./safety/fault";
import { takeReading } from "./supervision";
import { isWhole, NEVER_MS } from "./units";

// What outside detectors know, and nothing else, can be said from outside: one bit an alarm.
const DETECTABLE =
  2 ** AlarmKind.motorStall +
  2 ** AlarmKind.occlusion +
  2 ** AlarmKind.overInfusion +
  2 ** AlarmKind.underInfusion +
  2 ** AlarmKind.memoryFault +
  2 ** AlarmKind.guardTrip +
  2 ** AlarmKind.stuckKey +
  2 ** AlarmKind.airInLine;

// A clock chip may have drifted by so much in the dark, in ms.
const CLOCK_TOLERANCE_MS = 60000;

/** Brings an event from outside to the part of the pump that it is for. False: it is of no kind that is known. */
export function routeEvent(pump: PumpParts, event: PumpEvent): boolean {
  const orders = pump.orders;
  const reports = pump.reports;
  const nowMs = pump.nowMs;
  const count = event.count;
  const detail = event.detail;
  if (event.commandId !== 0) if (isRepeated(pump, event)) return true;
  switch (event.kind) {
    case EventKind.requestBolus:
    case EventKind.clinicianBolus:
      judgeRequest(pump, event);
      return true;
    case EventKind.stop:
      stopTherapy(orders, nowMs);
      return true;
    case EventKind.hold:
      holdTherapy(orders, nowMs);
      return true;
    case EventKind.stage:
      stagePrescription(orders);
      return true;
    case EventKind.acknowledge:
      reports.acknowledgeAll();
      return true;
    case EventKind.silence:
      reports.silence();
      return true;
    case EventKind.detected:
      takeDetection(pump, detail, count !== 0);
      return true;
    case EventKind.reading:
      takeReading(pump.supervision, detail, count);
      return true;
    case EventKind.setClock:
    case EventKind.clockLost:
      changeClock(pump, event);
      return true;
    case EventKind.interrogate:
      reports.note(JournalCode.interrogated);
      return true;
    case EventKind.withdraw:
      withdrawPrescription(orders);
      return true;
    case EventKind.access:
      reports.note(JournalCode.access, detail, count);
      return true;
    case EventKind.restartDue:
      pump.restartIsDue = true;
      if (count !== 0) pump.delivery.endBoluses(BolusEnd.restart, nowMs);
      return true;
    case EventKind.turned:
      takeCounts(pump.motion, count, nowMs);
      return true;
    case EventKind.deadVolumeEmpty:
      changePart(pump.refill, count, nowMs);
      return true;
    case EventKind.tubeChanged:
      changeTube(pump.refill, nowMs);
      return true;
    default:
      return takeOrder(pump, event);
  }
}

/** Takes an order that can be refused; then a log entry says why, and the number that it was about. False: it is of no kind that is known. */
function takeOrder(pump: PumpParts, event: PumpEvent): boolean {
  const refill = pump.refill;
  const nowMs = pump.nowMs;
  const count = event.count;
  let code = JournalCode.refillRefused;
  let refusal = 0;
  let about = count;
  switch (event.kind) {
    case EventKind.start:
      code = JournalCode.startRefused;
      refusal = startTherapy(pump.orders, pump.fault !== FaultKind.none, nowMs);
      about = 0;
      if (pump.therapy.mode === TherapyMode.running) {
        // What a prime could have filled is being filled by it, and a residual that was measured is past.
        refill.emptyNl = 0;
        refill.isMeasured = false;
        refill.primeNl = 0;
      }
      break;
    case EventKind.confirm:
      code = JournalCode.confirmRefused;
      about = event.id;
      refusal = confirmPrescription(pump.orders, about, event.detail, nowMs);
      break;
    case EventKind.measureResidual:
      refusal = measureResidual(refill, count, nowMs);
      break;
    case EventKind.refill:
      refusal = fillReservoir(refill, count, event.detail, event.values, nowMs);
      break;
    case EventKind.prime:
    case EventKind.confirmPrime:
      code = JournalCode.primeRefused;
      refusal = primeLine(refill, event.kind, count, nowMs);
      about = refill.fillableNl();
      break;
    default:
      return false;
  }
  if (refusal !== 0) pump.reports.note(code, refusal, about);
  return true;
}

/** True for a command whose id is not higher than all before it: it was carried out already. A stop is never a second one, nor is what a detector says. */
function isRepeated(pump: PumpParts, event: PumpEvent): boolean {
  const orders = pump.orders;
  const id = event.commandId;
  const kind = event.kind;
  if (isWhole(id, orders.highestCommandId + 1, NEVER_MS)) {
    orders.highestCommandId = id;
    pump.delivery.unsaved = true;
    return false;
  }
  if (kind === EventKind.stop) return false;
  // A clock that was lost, a detector, a sensor.
  if (isWhole(kind, EventKind.clockLost, EventKind.reading)) return false;
  pump.reports.note(JournalCode.commandRepeated, kind, id);
  return true;
}

/** A detector says that the cause of `alarm` is there, or has gone. */
function takeDetection(pump: PumpParts, alarm: AlarmKind, isThere: boolean): void {
  const reports = pump.reports;
  const releasedNl = pump.config.releaseNl;
  let isDetectable = false;
  if (isWhole(alarm, 0, ALARM_KINDS - 1)) isDetectable = (DETECTABLE & (1 << alarm)) !== 0;
  if (!isDetectable) {
    reports.note(JournalCode.orderRefused, EventKind.detected, alarm);
    return;
  }
  // What the blocked line had stored comes out now, whatever the pump does.
  if (alarm === AlarmKind.occlusion)
    if (!isThere)
      if (releasedNl !== 0) if (reports.alarms.hasCause(alarm)) reports.note(JournalCode.releaseBolus, releasedNl);
  reports.setCause(alarm, isThere);
}

function judgeRequest(pump: PumpParts, event: PumpEvent): void {
  const delivery = pump.delivery;
  const desk = delivery.desk;
  const p = delivery.prescription;
  const therapy = pump.therapy;
  const judgement = desk.judgement;
  judgement.facts.running = therapy.mode === TherapyMode.running;
  judgement.facts.faultLatched = pump.fault !== FaultKind.none;
  judgement.isBridging = therapy.isBridging;
  judgement.scheduled.nextBolusMs = therapy.nextBolusMs;
  let kind = BolusKind.clinician;
  let volumeNl = event.count;
  let overMs = event.detail;
  if (event.kind === EventKind.requestBolus) {
    kind = BolusKind.demand;
    volumeNl = p.bolusNl;
    overMs = p.bolusMs;
  }
  let id = event.id;
  // The pump's own button: it numbers no requests itself.
  if (id === 0) id = desk.history.highestId + 1;
  if (desk.ask(kind, id, volumeNl, overMs, pump.nowMs)) delivery.unsaved = true;
}

/** The clock is set, or lost; what depends on the time of day is found anew. */
function changeClock(pump: PumpParts, event: PumpEvent): void {
  const reports = pump.reports;
  const clock = pump.clock;
  const nowMs = pump.nowMs;
  const wallMs = event.count;
  if (event.kind === EventKind.clockLost) {
    clock.known = false;
    reports.note(JournalCode.clockLost);
  } else {
    let leastMs = 0;
    // A clock chip that is read at the start cannot show less than the ledger and the time since: it has stood still, or lost its time.
    if (event.detail !== 0) if (!clock.known) leastMs = Math.max(0, nowMs + clock.offsetMs - CLOCK_TOLERANCE_MS);
    if (!isWhole(wallMs, leastMs, LATEST_WALL_MS)) {
      reports.note(JournalCode.orderRefused, EventKind.setClock, wallMs);
      return;
    }
    const movedMs = clock.setTo(wallMs, nowMs);
    reports.note(JournalCode.clockSet, wallMs, movedMs);
  }
  pump.delivery.days.turn(clock, nowMs);
  pump.therapy.setRate(nowMs);
  pump.supervision.renew(nowMs);
}

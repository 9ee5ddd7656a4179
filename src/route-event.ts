import { LATEST_WALL_MS } from "./clock";
import { BolusKind } from "./delivery/bolus-run";
import { TherapyMode } from "./delivery/therapy";
import { EventKind } from "./events";
import type { PumpEvent } from "./events";
import type { PumpParts } from "./pump-parts";
import { JournalCode } from "./record/journal";
import { ALARM_KINDS, AlarmKind } from "./safety/alarm-kind";
import { FaultKind } from "./safety/fault";
import { isWhole } from "./units";

// What outside detectors know, and nothing else, can be said from outside: one bit an alarm.
const DETECTABLE =
  (1 << AlarmKind.motorStall) |
  (1 << AlarmKind.occlusion) |
  (1 << AlarmKind.overInfusion) |
  (1 << AlarmKind.underInfusion) |
  (1 << AlarmKind.memoryFault) |
  (1 << AlarmKind.guardTrip) |
  (1 << AlarmKind.stuckKey) |
  (1 << AlarmKind.airInLine);

/** Brings an event from outside to the part of the pump that it is for. False: it is of no kind that is known. */
export function routeEvent(pump: PumpParts, event: PumpEvent): boolean {
  const orders = pump.orders;
  const reports = pump.reports;
  const refill = pump.refill;
  const nowMs = pump.nowMs;
  const count = event.count;
  const detail = event.detail;
  switch (event.kind) {
    case EventKind.requestBolus:
    case EventKind.clinicianBolus:
      judgeRequest(pump, event);
      break;
    case EventKind.start:
      refuse(pump, JournalCode.startRefused, orders.start(pump.fault !== FaultKind.none, nowMs), 0);
      if (pump.therapy.mode === TherapyMode.running) refill.therapyBegan();
      break;
    case EventKind.stop:
      orders.stop(nowMs);
      break;
    case EventKind.hold:
      orders.hold(nowMs);
      break;
    case EventKind.stage:
      orders.stage();
      break;
    case EventKind.confirm:
      refuse(pump, JournalCode.confirmRefused, orders.confirm(event.id, detail, nowMs), event.id);
      break;
    case EventKind.acknowledge:
      reports.acknowledgeAll();
      break;
    case EventKind.silence:
      reports.silence();
      break;
    case EventKind.detected:
      if (isWhole(detail, 0, ALARM_KINDS - 1) && (DETECTABLE & (1 << detail)) !== 0)
        reports.setCause(detail, count !== 0);
      else reports.log(JournalCode.orderRefused, EventKind.detected, detail, 0, 0);
      break;
    case EventKind.reading:
      pump.supervision.read(detail, count);
      break;
    case EventKind.setClock:
    case EventKind.clockLost:
      changeClock(pump, event);
      break;
    case EventKind.interrogate:
      reports.log(JournalCode.interrogated, 0, 0, 0, 0);
      break;
    case EventKind.measureResidual:
      refuse(pump, JournalCode.refillRefused, refill.measure(count, nowMs), count);
      break;
    case EventKind.refill:
      refuse(pump, JournalCode.refillRefused, refill.fill(count, detail, event.values, nowMs), count);
      break;
    case EventKind.prime:
    case EventKind.confirmPrime:
      refuse(pump, JournalCode.primeRefused, refill.prime(event.kind, count, nowMs), refill.fillableNl());
      break;
    case EventKind.deadVolumeEmpty:
      refill.partChanged(count);
      break;
    case EventKind.tubeChanged:
      refill.tubeChanged(nowMs);
      break;
    default:
      return false;
  }
  return true;
}

/** Says why an order was refused, and the number that it was about; nothing when `refusal` is 0. */
function refuse(pump: PumpParts, code: JournalCode, refusal: number, about: number): void {
  if (refusal !== 0) pump.reports.log(code, refusal, about, 0, 0);
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
  if (desk.ask(kind, event.id, volumeNl, overMs, pump.nowMs)) delivery.unsaved = true;
}

/** The clock is set, or lost; what depends on the time of day is found anew. */
function changeClock(pump: PumpParts, event: PumpEvent): void {
  const reports = pump.reports;
  const clock = pump.clock;
  const nowMs = pump.nowMs;
  const wallMs = event.count;
  if (event.kind === EventKind.clockLost) {
    clock.known = false;
    reports.log(JournalCode.clockLost, 0, 0, 0, 0);
  } else if (isWhole(wallMs, 0, LATEST_WALL_MS)) {
    const movedMs = clock.set(wallMs, nowMs);
    reports.log(JournalCode.clockSet, wallMs, movedMs, 0, 0);
  } else {
    reports.log(JournalCode.orderRefused, EventKind.setClock, wallMs, 0, 0);
    return;
  }
  pump.delivery.days.turn(clock, nowMs);
  pump.therapy.setRate(nowMs);
  pump.supervision.renew(nowMs);
}

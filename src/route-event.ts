import { LATEST_WALL_MS } from "./clock";
import { BolusKind } from "./delivery/bolus-run";
import { TherapyMode } from "./delivery/therapy";
import { EventKind } from "./events";
import type { PumpEvent } from "./events";
import type { PumpParts } from "./pump-parts";
import { JournalCode } from "./record/journal";
import { AlarmKind } from "./safety/alarm-kind";
import { FaultKind } from "./safety/fault";
import { isWhole } from "./units";

/** Brings an event from outside to the part of the pump that it is for. False: it is of no kind that is known. */
export function routeEvent(pump: PumpParts, event: PumpEvent): boolean {
  const orders = pump.orders;
  const faultLatched = pump.fault !== FaultKind.none;
  switch (event.kind) {
    case EventKind.requestBolus:
    case EventKind.clinicianBolus:
      judgeRequest(pump, event, faultLatched);
      return true;
    case EventKind.start:
      orders.start(faultLatched, pump.nowMs);
      if (pump.therapy.mode === TherapyMode.running) pump.refill.therapyBegan();
      return true;
    case EventKind.stop:
      orders.stop(pump.nowMs);
      return true;
    case EventKind.hold:
      orders.hold(pump.nowMs);
      return true;
    case EventKind.stage:
      orders.staging.stage();
      return true;
    case EventKind.confirm:
      orders.confirm(event.id, event.detail, pump.nowMs);
      return true;
    default:
      return routeRest(pump, event);
  }
}

/** Alarms, sensors, the clock, and what is done at a stopped pump. */
function routeRest(pump: PumpParts, event: PumpEvent): boolean {
  const reports = pump.reports;
  const refill = pump.refill;
  const nowMs = pump.nowMs;
  const count = event.count;
  switch (event.kind) {
    case EventKind.acknowledge:
      reports.acknowledgeAll();
      return true;
    case EventKind.silence:
      reports.silence();
      return true;
    case EventKind.detected:
      takeDetector(pump, event.detail, count !== 0);
      return true;
    case EventKind.reading:
      pump.supervision.read(event.detail, count);
      return true;
    case EventKind.setClock:
      if (!isWhole(count, 0, LATEST_WALL_MS)) reports.log(JournalCode.orderRefused, EventKind.setClock, count, 0, 0);
      else {
        reports.log(JournalCode.clockSet, count, pump.clock.set(count, nowMs), 0, 0);
        clockChanged(pump);
      }
      return true;
    case EventKind.clockLost:
      pump.clock.known = false;
      reports.log(JournalCode.clockLost, 0, 0, 0, 0);
      clockChanged(pump);
      return true;
    case EventKind.interrogate:
      reports.log(JournalCode.interrogated, 0, 0, 0, 0);
      return true;
    case EventKind.measureResidual:
      refill.measure(count, nowMs);
      return true;
    case EventKind.refill:
      refill.fill(count, event.detail, event.values, nowMs);
      return true;
    case EventKind.prime:
      refill.askPrime(count, nowMs);
      return true;
    case EventKind.confirmPrime:
      refill.confirmPrime(count, nowMs);
      return true;
    case EventKind.deadVolumeEmpty:
      refill.partChanged(count);
      return true;
    case EventKind.tubeChanged:
      refill.tubeChanged(nowMs);
      return true;
    default:
      return false;
  }
}

function judgeRequest(pump: PumpParts, event: PumpEvent, faultLatched: boolean): void {
  const desk = pump.delivery.desk;
  const p = pump.delivery.prescription;
  const therapy = pump.therapy;
  const judgement = desk.judgement;
  judgement.facts.running = therapy.mode === TherapyMode.running;
  judgement.facts.faultLatched = faultLatched;
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
  if (desk.ask(kind, event.id, volumeNl, overMs, pump.nowMs)) pump.delivery.unsaved = true;
}

/** Only what outside detectors know can be said from outside. */
function takeDetector(pump: PumpParts, alarm: AlarmKind, isThere: boolean): void {
  switch (alarm) {
    case AlarmKind.motorStall:
    case AlarmKind.occlusion:
    case AlarmKind.overInfusion:
    case AlarmKind.underInfusion:
    case AlarmKind.memoryFault:
    case AlarmKind.guardTrip:
    case AlarmKind.stuckKey:
    case AlarmKind.airInLine:
      pump.reports.setCause(alarm, isThere);
      break;
    default:
      pump.reports.log(JournalCode.orderRefused, EventKind.detected, alarm, 0, 0);
      break;
  }
}

function clockChanged(pump: PumpParts): void {
  pump.delivery.days.turn(pump.clock, pump.nowMs);
  pump.therapy.setRate(pump.nowMs);
  pump.supervision.renew(pump.nowMs);
}

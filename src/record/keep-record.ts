import { breathe } from "../breath";
import { CommandKind } from "../commands";
import { BolusKind } from "../delivery/bolus-run";
import { PRESCRIPTION_FIELDS } from "../prescription/prescription";
import type { PumpParts } from "../pump-parts";
import { AlarmKind } from "../safety/alarm-kind";
import { keepAlarms, LATCHED } from "../safety/alarms";
import { copyInto, MS_PER_HOUR, NEVER_MS, quotientRoundedUp, wholeQuotient } from "../units";
import { GRANT_CELLS, GRANTS_PLACE, HOUR_CELLS, HOURS_KEPT, HOURS_PLACE, PRESCRIPTION_PLACE } from "./memory-map";
import { STORE_PATIENCE_MS, STORE_RETRY_MS } from "./record-keeper";
import { LEDGER_FIELDS, RecordFlag, recordNames, STATE_LISTS } from "./state-record";
import type { StateRecord } from "./state-record";
import type { Store } from "./store";
import { TwoSlotRecord, writeCell } from "./two-slot-record";

/** Takes the pump's state into the record and asks for it to be written, when no write is under way. */
export function keepRecord(pump: PumpParts): void {
  const keeper = pump.keeper;
  // Behind a record that has failed the next is tried at once: what a person orders must not wait for it.
  if (keeper.writing) if (!keeper.hasFailed) return;
  if (keeper.isBlocked) return;
  breathe();
  const record = keeper.record;
  record.sequence = record.sequence + 1;
  const delivery = pump.delivery;
  const plan = delivery.plan;
  const desk = delivery.desk;
  const square = desk.square;
  // To be reserved: an hour of basal, the rest of a demand bolus, 5 min of any other; the stroke that waits when nothing is ordered any more.
  let wantedStrokes = 0;
  if (!pump.isRestarting) {
    wantedStrokes = +(plan.owedUnits >= plan.stroke.strokeUnits);
    if (plan.basalNlPerDay + plan.bolusNlPerDay !== 0) {
      let volumeNl = wholeQuotient(plan.basalNlPerDay, 24) + desk.demand.leftNl();
      volumeNl += Math.min(square.leftNl(), quotientRoundedUp(square.rateNlPerDay, 288));
      wantedStrokes = Math.max(1, delivery.stroke.wholeStrokesIn(volumeNl));
    }
  }
  record.reservedStrokes = keeper.reservation.ask(wantedStrokes, delivery.totalStrokes);
  takeInto(record, pump);
  keeper.writing = true;
  keeper.nextMs = pump.nowMs + STORE_PATIENCE_MS;
  if (keeper.hasFailed) keeper.nextMs = keeper.nextMs + STORE_RETRY_MS;
  delivery.unsaved = false;
  pump.reports.command(CommandKind.store, record.sequence);
}

/** The record `sequence` is durable. Returns false for another one than is waited for. */
export function recordStored(pump: PumpParts, sequence: number): boolean {
  const keeper = pump.keeper;
  if (!keeper.writing) return false;
  if (sequence !== keeper.record.sequence) return false;
  keeper.writing = false;
  keeper.hasFailed = false;
  keeper.nextMs = NEVER_MS;
  keeper.reservation.granted(pump.delivery.totalStrokes);
  pump.guard.stored();
  return true;
}

/** Writes the record that the last `store` command is about: what it rests on first, itself behind that, the guard's own at the end. */
export function writeRecord(pump: PumpParts, store: Store): void {
  breathe();
  const keeper = pump.keeper;
  const record = keeper.record;
  const hour = wholeQuotient(record.coreMs, MS_PER_HOUR);
  for (let h = Math.max(keeper.writtenHour + 1, hour - HOURS_KEPT); h < hour; h++)
    writeCell(store, HOURS_PLACE, HOUR_CELLS, h, keeper.strokesAtHour);
  keeper.writtenHour = hour - 1;
  if (record.grants !== keeper.writtenGrants)
    writeCell(store, GRANTS_PLACE, GRANT_CELLS, record.grants, pump.delivery.desk.history.lastGrantMs);
  keeper.writtenGrants = record.grants;
  let n = keeper.state.numbers;
  let differs = n[1] === 0;
  let at = 2;
  const names = recordNames();
  for (let i = LEDGER_FIELDS; i < names.length; i++) {
    const value = record[names[i]];
    if (n[at] !== value) differs = true;
    n[at] = value;
    at++;
  }
  for (let i = 0; i < STATE_LISTS.length; i++) {
    const list = record[STATE_LISTS[i]];
    for (let k = 0; k < list.length; k++) {
      if (n[at] !== list[k]) differs = true;
      n[at] = list[k];
      at++;
    }
  }
  breathe();
  if (differs) keeper.state.writeTo(store);
  record.stateSequence = n[1];
  const orders = pump.orders;
  if (orders.isUnsaved) {
    orders.isUnsaved = false;
    // It is written seldom: the record of it is not kept, because a board has little memory.
    const written = new TwoSlotRecord(PRESCRIPTION_PLACE, PRESCRIPTION_FIELDS);
    const fields = pump.delivery.prescription.fields;
    n = written.numbers;
    n[1] = keeper.prescriptionSequence;
    for (let i = 0; i < PRESCRIPTION_FIELDS; i++) n[2 + i] = fields[i];
    written.writeTo(store);
    keeper.prescriptionSequence = n[1];
  }
  breathe();
  record.prescriptionSequence = keeper.prescriptionSequence;
  n = keeper.ledger.numbers;
  for (let i = 0; i < LEDGER_FIELDS; i++) n[2 + i] = record[names[i]];
  n[1] = record.sequence - 1;
  keeper.ledger.writeTo(store);
  breathe();
  pump.guard.writeTo(store, record.sequence, record.reservedStrokes, record.coreMs);
}

/** Takes into `record` all that must survive. */
function takeInto(record: StateRecord, pump: PumpParts): void {
  const delivery = pump.delivery;
  const therapy = pump.therapy;
  const desk = delivery.desk;
  const history = desk.history;
  const reservoir = delivery.reservoir;
  const mixture = delivery.mixture;
  const watch = pump.supervision;
  const refill = pump.refill;
  const alarms = pump.reports.alarms;
  let flags = 0;
  if (desk.demand.kind !== BolusKind.none) flags = RecordFlag.demandUnderWay;
  if (desk.square.kind === BolusKind.priming) flags += RecordFlag.intoLine;
  if (pump.isRestarting) flags += RecordFlag.planned;
  if (therapy.hasBegun) flags += RecordFlag.programBegun;
  if (therapy.hasEnded) flags += RecordFlag.programEnded;
  if (therapy.lastShotBegun) flags += RecordFlag.lastShotBegun;
  if (pump.clock.known) flags += RecordFlag.clockKnown;
  if (refill.isMeasured) flags += RecordFlag.residualMeasured;
  if ((alarms.state[AlarmKind.motorStall] & LATCHED) !== 0) flags += RecordFlag.stallLatched;
  record.flags = flags;
  record.coreMs = pump.nowMs;
  record.totalStrokes = delivery.totalStrokes;
  record.patientStrokes = delivery.patientStrokes;
  record.drawnStrokes = reservoir.drawnStrokes;
  record.uncertainStrokes = reservoir.uncertainStrokes;
  record.mode = therapy.mode;
  record.lastEndMs = history.lastEndMs;
  record.highestId = history.highestId;
  record.highestCommandId = pump.orders.highestCommandId;
  record.grants = history.grants;
  record.oldStrokes = mixture.oldStrokes;
  record.owedUnits = delivery.plan.owedUnits;
  record.filledNl = reservoir.filledNl;
  record.filledAtMs = reservoir.filledAtMs;
  record.expiryDay = reservoir.expiryDay;
  record.tubeStrokes = watch.tubeStrokes;
  record.tubeSinceMs = watch.tubeSinceMs;
  record.programmedAtMs = pump.orders.programmedAtMs;
  record.nextBolusMs = therapy.nextBolusMs;
  record.lastBolusMs = therapy.lastBolusMs;
  record.programEndMs = therapy.endMs;
  record.scheduledBoluses = therapy.boluses;
  record.emptyNl = refill.emptyNl;
  record.flowReallyNl = refill.flow.reallyNl;
  record.flowCountedNl = refill.flow.countedNl;
  record.chargePerMille = watch.chargePerMille;
  record.clockOffsetMs = pump.clock.offsetMs;
  record.stoppedTooLongMs = watch.times.dueMs[AlarmKind.stoppedTooLong];
  record.tipChangedMs = mixture.tipChangedMs;
  keepAlarms(alarms, record);
  copyInto(record.drugs, mixture.reservoir);
  copyInto(record.tip, mixture.tip);
  copyInto(record.tipBefore, mixture.tipBefore);
}

import { breathe } from "./breath";
import { TherapyMode } from "./delivery/therapy";
import type { PumpParts } from "./pump-parts";
import { JournalCode } from "./record/journal";
import { RecordFlag } from "./record/state-record";
import type { StateRecord } from "./record/state-record";
import { AlarmKind } from "./safety/alarm-kind";
import { WIDE_BAND_NL } from "./safety/alarm-table";
import { restoreAlarms } from "./safety/alarms";

/** Core time stands still from the record of a planned restart to the first wake after it; the wall clock is put forward by this, in ms. */
export const PLANNED_RESTART_MS = 1505;

/** After this many unplanned restarts in 24 h of core time therapy does not go on by itself. */
export const MOST_RESTARTS = 3;

/**
 * The pump has found its ledger: it goes on with prescription, program, alarms. Basal that was running resumes by itself, unless restarts come
 * too often; boluses do not. What was reserved has been counted by the parts. The closing record is written before anything moves.
 */
export function startUp(pump: PumpParts, ledger: StateRecord): void {
  const reports = pump.reports;
  const delivery = pump.delivery;
  const nowMs = ledger.coreMs;
  const flags = ledger.flags;
  const isPlanned = (flags & RecordFlag.planned) !== 0;
  const restarts = pump.keeper.countRestart(ledger, isPlanned);
  const clock = pump.clock;
  clock.offsetMs = ledger.clockOffsetMs;
  if (isPlanned) {
    clock.offsetMs = clock.offsetMs + PLANNED_RESTART_MS;
    clock.known = (flags & RecordFlag.clockKnown) !== 0;
    delivery.plan.owedUnits = ledger.owedUnits;
  }
  restoreAlarms(reports.alarms, ledger);
  let how = +isPlanned;
  if ((flags & RecordFlag.otherProgram) !== 0) how = 2;
  reports.note(JournalCode.poweredOn, ledger.boots + 1, how, ledger.reservedStrokes, restarts);
  breathe();
  const orders = pump.orders;
  orders.highestCommandId = ledger.highestCommandId;
  orders.programmedAtMs = ledger.programmedAtMs;
  if (ledger.programmedAtMs >= 0) orders.putInForce(ledger.prescription, nowMs);
  breathe();
  // The program goes on where it was, stopped for now.
  const therapy = pump.therapy;
  therapy.hasBegun = (flags & RecordFlag.programBegun) !== 0;
  therapy.hasEnded = (flags & RecordFlag.programEnded) !== 0;
  therapy.lastShotBegun = (flags & RecordFlag.lastShotBegun) !== 0;
  therapy.boluses = ledger.scheduledBoluses;
  therapy.nextBolusMs = ledger.nextBolusMs;
  therapy.lastBolusMs = ledger.lastBolusMs;
  therapy.endMs = ledger.programEndMs;
  if (!isPlanned) {
    if (restarts > MOST_RESTARTS) {
      reports.raise(AlarmKind.restartedTooOften, false);
      ledger.mode = TherapyMode.stopped;
    } else reports.raise(AlarmKind.restarted, false);
  }
  if ((flags & RecordFlag.stallLatched) !== 0) ledger.mode = TherapyMode.stopped;
  if (delivery.reservoir.bandNl() > WIDE_BAND_NL) reports.raise(AlarmKind.reservoirUncertain, true);
  pump.supervision.renew(nowMs);
  reports.announce();
  if (ledger.mode !== TherapyMode.stopped) therapy.go(ledger.mode, nowMs);
  delivery.unsaved = true;
}

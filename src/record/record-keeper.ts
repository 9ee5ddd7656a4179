import { CommandKind } from "../commands";
import { MOST_LIBRARY_DRUGS } from "../config";
import type { PumpParts } from "../pump-parts";
import { StateRecord } from "./store";

/** Writes the record of what must survive a restart, one write at a time. */
export class RecordKeeper {
  /** The record that the last `store` command is about. */
  readonly record = new StateRecord();
  /** The store has not reported it as durable yet. */
  writing = false;

  /** Begins to write when no write is under way. */
  keep(pump: PumpParts): void {
    if (this.writing) return;
    const record = this.record;
    const delivery = pump.delivery;
    const reservoir = delivery.reservoir;
    const watch = pump.supervision;
    record.sequence++;
    record.coreMs = pump.nowMs;
    record.totalStrokes = delivery.totalStrokes;
    record.filledNl = reservoir.filledNl;
    record.drawnStrokes = reservoir.drawnStrokes;
    record.uncertainStrokes = reservoir.uncertainStrokes;
    record.expiryDay = reservoir.expiryDay;
    record.filledAtMs = reservoir.filledAtMs;
    record.tubeStrokes = watch.tubeStrokes;
    record.tubeSinceMs = watch.tubeSinceMs;
    for (let i = 0; i < MOST_LIBRARY_DRUGS; i++) record.drugs[i] = delivery.mixture.reservoir[i];
    this.writing = true;
    delivery.unsaved = false;
    pump.reports.command(CommandKind.store, record.sequence);
  }
}

import { CommandKind } from "../commands";
import type { Delivery } from "../delivery/delivery";
import type { Reports } from "../reports";
import { StateRecord } from "./store";

/** Writes the record of what must survive a restart, one write at a time. */
export class RecordKeeper {
  /** The record that the last `store` command is about. */
  readonly record = new StateRecord();
  private writing = false;

  /** Begins to write when something has changed and no write is under way. */
  keep(delivery: Delivery, nowMs: number, reports: Reports): void {
    if (this.writing) return;
    const record = this.record;
    record.sequence++;
    record.coreMs = nowMs;
    record.totalStrokes = delivery.totalStrokes;
    record.filledNl = delivery.reservoir.filledNl;
    record.drawnStrokes = delivery.reservoir.drawnStrokes;
    this.writing = true;
    delivery.unsaved = false;
    reports.command(CommandKind.store, record.sequence);
  }

  /** The store has reported the record `sequence` as durable. */
  stored(sequence: number): void {
    if (sequence === this.record.sequence) this.writing = false;
  }
}

import type { Ordered } from "./ordered";

/** A record that the pump has begun to write. */
interface Written {
  readonly sequence: number;
  readonly ordered: Ordered;
}

/** Longest time from an order to the record that holds it, in ms: the write that is under way, its own, and some room. */
const DURABLE_WITHIN_MS = 20;

/**
 * Which of the orders are sure to be known after a loss of power, and which may be: those of the last record that the store has reported, and
 * those of the ones that it was writing.
 */
export class RecordTrail {
  private writing: readonly Written[] = [];
  /** When something was ordered that no record holds yet; Infinity: nothing was. */
  private changedMs = Infinity;
  /** Since when the store owes a report in this life of the program; Infinity: it owes none. */
  private owedMs = Infinity;

  /** Begins with what a pump with a blank memory knows. */
  constructor(private durable: Written) {}

  /** Something was ordered at `atMs`. */
  changed(atMs: number): void {
    this.changedMs = Math.min(this.changedMs, atMs);
  }

  /** A record with all orders so far is being written. */
  begun(sequence: number, atMs: number, ordered: Ordered): void {
    this.writing = [...this.writing, { sequence, ordered }];
    this.changedMs = Infinity;
    this.owedMs = Math.min(this.owedMs, atMs);
  }

  /** The store has reported record `sequence`. */
  stored(sequence: number): void {
    const written = this.writing.find((other) => other.sequence === sequence);
    if (written === undefined) return;
    this.durable = written;
    this.owedMs = Infinity;
    this.writing = this.writing.filter((other) => other.sequence > sequence);
  }

  /** The power is gone at `atMs`. Returns what is wrong with that. */
  cut(atMs: number): string | undefined {
    const sinceMs = Math.min(this.changedMs, this.owedMs);
    this.changedMs = Infinity;
    this.owedMs = Infinity;
    const hasOrders = this.durable.sequence !== 0 || this.writing.length > 0;
    if (!hasOrders || atMs - sinceMs <= DURABLE_WITHIN_MS) return undefined;
    return `what was ordered ${atMs - sinceMs} ms before the power failed was not durable`;
  }

  /** The pump goes on behind record `sequence`: what it knows then; `undefined`: that is not one that it may go on behind. */
  goOn(sequence: number): Ordered | undefined {
    const found = [this.durable, ...this.writing].find((written) => written.sequence === sequence);
    if (found === undefined) return undefined;
    this.durable = found;
    this.writing = [];
    return found.ordered;
  }

  /** The records that it may go on behind, in words. */
  get possible(): string {
    return [this.durable, ...this.writing].map(({ sequence }) => String(sequence)).join(" or ");
  }

  /** One of its own that has come as far. */
  fork(): RecordTrail {
    const copy = new RecordTrail(this.durable);
    copy.writing = this.writing;
    copy.changedMs = this.changedMs;
    copy.owedMs = this.owedMs;
    return copy;
  }
}

import { EventKind, PumpEvent } from "./events";
import { NEVER_MS } from "./units";

/** Events that can wait for the next wake. A board's inputs are slow; the limit is for a bus that floods. */
export const INBOX_SLOTS = 8;

/**
 * Events that have arrived and not been handed to the pump, in order of their time; those of one instant in order of arrival. Fixed
 * memory: a slot is filled in place.
 */
export class Inbox {
  /** Time of the first waiting event, in ms of core time; NEVER_MS: none waits. A plain field: it is read at every wake. */
  firstMs = NEVER_MS;
  private count = 0;
  /** Events that found no room since this was last set to 0. */
  lost = 0;
  private readonly slots: PumpEvent[] = [];
  private readonly atMs: number[] = [];
  /** What is written here is lost. */
  private readonly spill = new PumpEvent();

  constructor() {
    for (let i = 0; i < INBOX_SLOTS; i++) {
      this.slots.push(new PumpEvent());
      this.atMs.push(NEVER_MS);
    }
  }

  /**
   * Gives the slot for an event of `kind` that arrived at `atMs`, behind all that are not later; the caller fills in the rest before
   * anything else runs. When all slots are taken the event is lost, except a stop: it takes the place of the last other event.
   */
  slotFor(kind: EventKind, atMs: number): PumpEvent {
    const slot = this.count < INBOX_SLOTS ? this.insert(atMs) : this.slotWhenFull(kind);
    slot.kind = kind;
    return slot;
  }

  /** Puts a plain event into its slot. */
  add(kind: EventKind, atMs: number, id: number, count: number): void {
    const slot = this.slotFor(kind, atMs);
    slot.id = id;
    slot.count = count;
    slot.detail = 0;
  }

  private insert(atMs: number): PumpEvent {
    const fresh = this.slots[this.count];
    let place = this.count;
    while (place > 0 && this.atMs[place - 1] > atMs) {
      this.slots[place] = this.slots[place - 1];
      this.atMs[place] = this.atMs[place - 1];
      place--;
    }
    this.slots[place] = fresh;
    this.atMs[place] = atMs;
    this.count++;
    this.firstMs = this.atMs[0];
    return fresh;
  }

  private slotWhenFull(kind: EventKind): PumpEvent {
    this.lost++;
    if (kind === EventKind.stop) {
      for (let i = INBOX_SLOTS - 1; i >= 0; i--) if (this.slots[i].kind !== EventKind.stop) return this.slots[i];
    }
    return this.spill;
  }

  /** Takes the first event out. It stays valid until the next event arrives. Only while `firstMs` is not NEVER_MS. */
  takeFirst(): PumpEvent {
    const first = this.slots[0];
    const last = this.count - 1;
    for (let i = 0; i < last; i++) {
      this.slots[i] = this.slots[i + 1];
      this.atMs[i] = this.atMs[i + 1];
    }
    this.slots[last] = first;
    this.atMs[last] = NEVER_MS;
    this.count = last;
    this.firstMs = this.atMs[0];
    return first;
  }
}

import { EventKind, PumpEvent } from "./events";
import { moveUp, NEVER_MS } from "./units";

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
  /** What is written here is lost. */
  private readonly spill = new PumpEvent();

  constructor() {
    for (let i = 0; i < INBOX_SLOTS; i++) this.slots.push(new PumpEvent());
  }

  /**
   * Gives the slot for an event of `kind` that arrived at `atMs`, behind all that are not later; the caller fills in the rest before
   * anything else runs. When all slots are taken the event is lost, except a stop: it takes the place of the last other event, and of what a sensor
   * has found only when nothing else waits; that is told once.
   */
  slotFor(kind: EventKind, atMs: number): PumpEvent {
    const slots = this.slots;
    let place = this.count;
    let slot = this.spill;
    if (place < INBOX_SLOTS) {
      this.count = place + 1;
      slot = slots[place];
      for (; place > 0; place--) {
        if (slots[place - 1].atMs <= atMs) break;
        slots[place] = slots[place - 1];
      }
      slots[place] = slot;
      slot.atMs = atMs;
      this.firstMs = slots[0].atMs;
    } else {
      this.lost = this.lost + 1;
      if (kind === EventKind.stop) {
        for (let i = 0; i < INBOX_SLOTS; i++) {
          const waiting = slots[i].kind;
          if (waiting !== EventKind.stop && (waiting !== EventKind.detected || slot === this.spill)) slot = slots[i];
        }
      }
    }
    slot.kind = kind;
    slot.commandId = 0;
    return slot;
  }

  /** Puts a plain event into its slot. */
  add(kind: EventKind, atMs: number, id: number, count: number, detail: number): void {
    const slot = this.slotFor(kind, atMs);
    slot.id = id;
    slot.count = count;
    slot.detail = detail;
  }

  /** Takes the first event out. It stays valid until the next event arrives. Only while `firstMs` is not NEVER_MS. */
  takeFirst(): PumpEvent {
    const slots = this.slots;
    const first = slots[0];
    moveUp(slots, first);
    first.atMs = NEVER_MS;
    this.count = this.count - 1;
    this.firstMs = slots[0].atMs;
    return first;
  }
}

import type { EventKind } from "../events";
import { FIRST_ENTRY } from "../commands";
import { JournalCode } from "../record/journal";
import type { Journal } from "../record/journal";
import { beginPacking, EntryPacker } from "./entry-packer";
import type { PacketBytes } from "./packet-bytes";

/** Whoever wants to hear that the pump's journal has grown. */
export interface ChangeListener {
  /** There are new entries of the pump's own; called while the pump works, so it only wakes somebody. */
  changed(): void;
}

/**
 * Stands before the pump's journal and passes everything on. What the journal says about an order of the link, between the order's own entry
 * and the next input's, is its answer.
 */
export class OrderWatch implements Journal {
  /** The order that is awaited: its EventKind; 0: none. */
  awaited = 0;
  /** Its command id. */
  commandId = 0;
  /** It has been handed to the pump. */
  isServed = false;
  /** Entries of the pump's own since this was last set to 0, and the code of the last one. */
  changes = 0;
  lastCode = 0;
  /** Until when, in ms of core time, a client is there to be told of them. */
  clientUntilMs = 0;
  /** Who tells it. */
  listener: ChangeListener | null = null;
  /** Packs the answer. */
  readonly packer: EntryPacker;
  /** What comes now is said about it. */
  isOpen = false;

  /** `answer`: where the answer is packed; `next`: the journal itself. */
  constructor(
    readonly answer: PacketBytes,
    private readonly next: Journal,
  ) {
    this.packer = new EntryPacker(answer);
  }

  write(code: number, atMs: number, a: number, b: number, c: number, d: number): void {
    this.next.write(code, atMs, a, b, c, d);
    if (code < FIRST_ENTRY) {
      // An input's own entry, or a command's. Inputs end what was being said, but not the second half of a refill.
      if (code <= JournalCode.inputsLost) {
        this.isOpen = false;
        if (code === this.awaited)
          if (d === this.commandId) {
            this.awaited = 0;
            this.isServed = true;
            this.isOpen = true;
          }
      }
      return;
    }
    if (this.isOpen) this.packer.write(code, atMs, a, b, c, d);
    if (code > JournalCode.access) return;
    this.changes++;
    this.lastCode = code;
    if (atMs < this.clientUntilMs) if (this.listener) this.listener.changed();
  }
}

/** From now on the order of `kind` with this id is awaited; what is said of it is packed from byte `place` to `end`. */
export function awaitOrder(watch: OrderWatch, kind: EventKind, commandId: number, place: number, end: number): void {
  watch.awaited = kind;
  watch.commandId = commandId;
  watch.isServed = false;
  watch.isOpen = false;
  beginPacking(watch.packer, place, end, 0);
}

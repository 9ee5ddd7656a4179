import { zeros } from "./units";

/** What the pump asks of its ports; from {@link FIRST_ENTRY} on it is a journal entry. The numbers are those of JournalCode. */
export enum CommandKind {
  /** Step driver: a strokes, due at `atMs`. */
  move = 1,
  /** Store: write the pump's `record`. */
  store = 32,
  /** Annunciator: a: AlarmPriority, b: 1 when its sound is silenced, c: AlarmKind that shows. */
  annunciate = 33,
  /** Step driver: EN off; a: 1 at once, 0 after the stroke. */
  motorOff = 34,
  /** Shell: start the program anew. Nothing follows. */
  restart = 35,
}

/** The first JournalCode that is an entry of the pump's own. */
export const FIRST_ENTRY = 64;

/** Most commands that one event or deadline can cause, with room to spare. */
export const QUEUE_LENGTH = 32;

/**
 * Commands in order, all of the instant of the call that caused them, in fixed memory: written by the pump, read by the shell after each call. A plain array of slots, so reading one
 * costs no call: the shell walks from 0 to `count` and then clears.
 */
export class CommandQueue {
  /** Commands waiting. */
  count = 0;
  /** True once a command found the queue full and was lost; the pump turns this into a fault. */
  overflowed = false;
  /** CommandKind of each, or the JournalCode of an entry. */
  readonly code = zeros(QUEUE_LENGTH);
  /** Its numbers, by code. */
  readonly a = zeros(QUEUE_LENGTH);
  readonly b = zeros(QUEUE_LENGTH);
  readonly c = zeros(QUEUE_LENGTH);
  readonly d = zeros(QUEUE_LENGTH);

  /** Appends a command; a full queue loses it. */
  enqueue(code: number, a: number, b: number, c: number, d: number): void {
    const slot = this.count;
    if (slot === QUEUE_LENGTH) {
      this.overflowed = true;
      return;
    }
    this.code[slot] = code;
    this.a[slot] = a;
    this.b[slot] = b;
    this.c[slot] = c;
    this.d[slot] = d;
    this.count = slot + 1;
  }
}

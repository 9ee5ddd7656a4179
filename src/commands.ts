/** What the pump asks of its ports. */
export enum CommandKind {
  /** Step driver: a strokes, due at `atMs`. */
  move = 1,
  /** Step driver: EN off; a: 1 at once, 0 after the stroke. */
  motorOff = 2,
  /** Store: write the pump's `record`. */
  store = 3,
  /** Annunciator: a: AlarmPattern, b: 1 when its sound is silenced. */
  annunciate = 4,
  /** Journal: code a JournalCode, numbers a to d. */
  log = 5,
}

/** Most commands that one event or deadline can cause, with room to spare. */
export const QUEUE_LENGTH = 24;

/**
 * Commands in order, in fixed memory: written by the pump, read by the shell after each call. A plain array of slots, so reading one
 * costs no call: the shell walks from 0 to `count` and then clears.
 */
export class CommandQueue {
  /** Commands waiting. */
  count = 0;
  /** CommandKind of each. */
  readonly kind: number[] = [];
  /** JournalCode of a `log`; 0 otherwise. */
  readonly code: number[] = [];
  /** Core time of each, in ms. */
  readonly atMs: number[] = [];
  /** Its numbers, by kind and code. */
  readonly a: number[] = [];
  readonly b: number[] = [];
  readonly c: number[] = [];
  readonly d: number[] = [];

  constructor() {
    for (let i = 0; i < QUEUE_LENGTH; i++) {
      this.kind.push(0);
      this.code.push(0);
      this.atMs.push(0);
      this.a.push(0);
      this.b.push(0);
      this.c.push(0);
      this.d.push(0);
    }
  }

  /** Appends a command. Returns false, and loses it, when the queue is full. */
  add(kind: CommandKind, code: number, atMs: number, a: number, b: number, c: number, d: number): boolean {
    if (this.count === QUEUE_LENGTH) return false;
    const slot = this.count;
    this.kind[slot] = kind;
    this.code[slot] = code;
    this.atMs[slot] = atMs;
    this.a[slot] = a;
    this.b[slot] = b;
    this.c[slot] = c;
    this.d[slot] = d;
    this.count = slot + 1;
    return true;
  }
}

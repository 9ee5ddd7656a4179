/** What the outside tells the pump. Numbers, because they cross from host to board. */
export enum EventKind {
  /** A prescription was confirmed; `prescription` holds it. */
  program = 1,
  /** Begin therapy. */
  start = 2,
  /** End therapy; sound is silenced. */
  stop = 3,
  /** The patient asks for a demand bolus; `id` is 1 or more and higher than that of every request before. */
  requestBolus = 4,
  /** A person has read the alarms: those whose cause is gone are cleared. */
  acknowledge = 5,
  /** The step driver reports: `count` strokes, `detail` a MoveResult. */
  moved = 6,
  /** The store reports: the record `id` is durable. */
  stored = 7,
  /** The shell woke more than LATE_MS after a deadline. */
  controlLate = 8,
  /** The reservoir was filled and now holds `count` nL. Only while stopped. */
  refill = 9,
}

/** One event. The shell keeps a single one and fills it anew for each call, so that nothing is allocated. */
export class PumpEvent {
  kind = 0;
  /** Request or record number, by kind; 0 when it has none. */
  id = 0;
  /** Strokes of `moved`, nL of `refill`. */
  count = 0;
  /** A code, by kind. */
  detail = 0;
  /** The new prescription of `program`: the PRESCRIPTION_FIELDS in order. */
  readonly prescription: number[] = [0, 0, 0, 0, 0, 0, 0];
}

/** A wake later than this after its deadline forfeits what fell due, in ms. */
export const LATE_MS = 2000;

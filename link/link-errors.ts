/** A way to a pump cannot be opened, or there is no pump at its end: one line that says why and, where that is known, what helps. */
export class LinkFailure extends Error {
  override readonly name = "LinkFailure";
}

/** What is known of a command whose answer never came. */
export interface UnansweredOrder {
  /** EventKind of the order. */
  readonly order: number;
  /** Its command id: the same order under this id is safe to send again. */
  readonly commandId: number;
}

/**
 * The pump did not answer any more. Therapy goes on as it was ordered; what was read so far is whole. When an order was under way, `unanswered` names
 * it: it was carried out once or not at all, and asking again under the same command id tells which, and never does it twice.
 */
export class LinkLost extends Error {
  override readonly name = "LinkLost";
  readonly unanswered: UnansweredOrder | undefined;

  constructor(why: string, unanswered?: UnansweredOrder) {
    super(why);
    this.unanswered = unanswered;
  }
}

/** What the pump said cannot be: it speaks something else than this program, or somebody else speaks in its place. */
export class BadAnswer extends Error {
  override readonly name = "BadAnswer";
}

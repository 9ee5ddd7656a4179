import type { KeyPath } from "./document";

/** What is wrong with a pump whose keys are all well-formed: they do not fit together. */
export interface PumpProblem {
  /** The keys that do not fit together; the first is the one that the message is about. */
  readonly keys: readonly KeyPath[];
  readonly message: string;
}

import type { LogLine } from "../log/words";
import type { PlannedInput } from "../scenario/scenario";

/** A line of the log: its fields, and its JSON as it is written and hashed. */
export interface KeptLine {
  readonly line: LogLine;
  readonly text: string;
}

/** An input as it was handed to the pump: which one of `Scenario.inputs`, and when. */
export interface ResolvedInput {
  /** Its place there; above them all for one that arose in the run. */
  readonly index: number;
  /** Plant time in ms. */
  readonly atMs: number;
  /** One that the scenario does not have: what the plant handed to the pump. */
  readonly arisen?: PlannedInput;
}

/** Something that a scenario says and that the run did not show. */
export interface RunFailure {
  /** Line of the scenario. */
  readonly line: number;
  /** The entry of `expect` as it was written; or the event that never happened. */
  readonly expect: string;
  readonly expected: string;
  readonly actual: string;
  /** The instant that it is about, in ms of plant time; `null`: it never came, or it is about the whole run. */
  readonly atMs: number | null;
  /** A few lines of the log around that instant. */
  readonly logAround: readonly string[];
}

/** The verdict on one entry of `expect`, in the file's order. */
export interface Verdict {
  readonly line: number;
  /** The entry as it was written. */
  readonly expect: string;
  /** `undefined`: it held. */
  readonly failure: RunFailure | undefined;
}

/** All that is known of a run when it has ended. Times in ms of plant time, volumes in nL. */
export interface RunOutcome {
  readonly engine: "native" | "bytecode";
  /** Every expectation held and every event happened. */
  readonly passed: boolean;
  /** Failed expectations, then events that never happened. */
  readonly failures: readonly RunFailure[];
  readonly verdicts: readonly Verdict[];
  readonly simulatedMs: number;
  /** What the pump head delivered, rounded down to whole nL. */
  readonly deliveredNl: number;
  /** Strokes that it turned. */
  readonly strokes: number;
  /** Lines of the log. */
  readonly events: number;
  /** Hash over the log's lines, each with a newline. */
  readonly logSha256: string;
  readonly lines: readonly KeptLine[];
  /** When each of them was due, in order. */
  readonly strokeTimesMs: Float64Array;
  /** The inputs as they were handed over, in order: what another engine is to be given to do the same. */
  readonly resolvedInputs: readonly ResolvedInput[];
}

import type { PumpConfig } from "../../src/config";
import type { Prescription } from "../../src/prescription/prescription";
import type { EngineInput } from "../engines/engine";
import type { Expectation } from "./expectation";
import type { Moment } from "./moment";
import type { WallClock } from "./wall-clock";

/** One thing that happens outside the pump, once. Repeated events are several of these. */
export interface PlannedInput {
  /** Line of the event in the scenario's file; 0 for the confirmation and start that every scenario begins with. */
  readonly line: number;
  /** What happens, in words: `requestBolus`, `requestBolus early`. */
  readonly text: string;
  readonly at: Moment;
  readonly input: EngineInput;
  /** What the request is called, when it has a name. */
  readonly name: string | undefined;
}

/** A scenario that has passed every check: all that a run needs, in the core's integers. */
export interface Scenario {
  /** The file as the person named it. */
  readonly file: string;
  readonly title: string;
  /** Identifier of the requirement that the scenario verifies. */
  readonly requirement: string | undefined;
  /** The pump's own name. */
  readonly pumpName: string;
  readonly config: PumpConfig;
  /** Content of the reservoir at core time 0, in nL. */
  readonly reservoirNl: number;
  readonly clock: WallClock | undefined;
  readonly durationMs: number;
  readonly prescription: Prescription;
  /** In the order of the file; confirmation and start come first. */
  readonly inputs: readonly PlannedInput[];
  /** At least one, in the order of the file. */
  readonly expectations: readonly Expectation[];
}

import type { DrugLibrary } from "../../config/drug-library";
import type { PumpConfig } from "../../src/config";
import type { Prescription } from "../../src/prescription/prescription";
import type { EngineInput } from "../engines/engine";
import type { PressBehaviour } from "../plant/patient";
import type { PlantModel } from "../plant/plant-model";
import type { Expectation } from "./expectation";
import type { Moment } from "./moment";
import type { WallClock } from "./wall-clock";

/** Something that goes wrong with the pump itself. Times in ms. */
export type PlannedFault =
  /** The controller is not woken. */
  | { readonly fault: "late"; readonly forMs: number }
  /** It has no power. */
  | { readonly fault: "powerCut"; readonly forMs: number }
  /** Its memory is blank. */
  | { readonly fault: "eraseStore" }
  /** Bits of the ledger are the other way round. */
  | { readonly fault: "corruptStore"; readonly bits: number; readonly seed: number }
  /** The head does not turn. */
  | { readonly fault: "rotorStuck"; readonly forMs: number }
  /** It turns by itself. */
  | { readonly fault: "rotorRuns"; readonly strokes: number }
  /** The outlet is blocked. */
  | { readonly fault: "occlude"; readonly forMs: number }
  /** What the head draws next is air. */
  | { readonly fault: "airBubble"; readonly volumeNl: number };

/** One thing that happens outside the pump, once. Repeated events are several of these. */
export interface PlannedInput {
  /** Line of the event in the scenario's file; 0 for the confirmation and start that every scenario begins with. */
  readonly line: number;
  /** What happens, in words: `requestBolus`, `requestBolus early`. */
  readonly text: string;
  readonly at: Moment;
  readonly input: EngineInput;
  /** What the request or interrogation is called, when it has a name. */
  readonly name: string | undefined;
  /** With `confirm`: which digest it gives; what was staged last is known only in the run. */
  readonly digest?: "staged" | "other" | undefined;
  /** With a clock that is moved: by how many ms; what it shows is known only in the run. */
  readonly movesClockMs?: number | undefined;
  /** No input at all, but this. */
  readonly fault?: PlannedFault | undefined;
}

/** Something in a scenario that is right and probably not meant. */
export interface ScenarioWarning {
  readonly line: number;
  readonly message: string;
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
  /** The names and units of its drugs, in the order of `config.library`. */
  readonly drugs: DrugLibrary;
  /** Content of the reservoir at the start, in nL. */
  readonly reservoirNl: number;
  /** When what is in it expires, in days since 2000-01-01; 0: no date is known. */
  readonly expiryDay: number;
  /** Strokes that were counted before the start and perhaps not made: `reservoirNl` is what is left if they were. */
  readonly uncertainStrokes: number;
  readonly clock: WallClock | undefined;
  readonly durationMs: number;
  readonly prescription: Prescription;
  /** What is around the pump; `undefined`: it is ideal, and nothing in the scenario speaks of it. */
  readonly plant: PlantModel | undefined;
  /** What the patient does by himself, besides the file's events. */
  readonly patient: readonly PressBehaviour[];
  /** In the order of the file; clock, confirmation and start come first. */
  readonly inputs: readonly PlannedInput[];
  /** In the order of the file. */
  readonly warnings: readonly ScenarioWarning[];
  /** At least one, in the order of the file. */
  readonly expectations: readonly Expectation[];
}

import type { Battery } from "../plant/battery";
import type { FluidPath } from "../plant/fluid-path";
import type { StrokeTimes } from "./stroke-times";
import type { LineChange, TipCourse } from "./tip-course";

/** What is known of the plant when a run is over. */
export interface FluidRecord {
  readonly path: FluidPath;
  readonly battery: Battery | undefined;
  /** Strokes that the motor was given. */
  readonly motorTimes: StrokeTimes;
  /** In order of time. */
  readonly lineChanges: readonly LineChange[];
  /** What the tip gives, for each drug of the library by its place. */
  readonly tips: readonly TipCourse[];
}

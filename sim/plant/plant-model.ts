import type { AirDetectorModel } from "./air";
import type { BatteryModel } from "./battery";
import { IDEAL_HEAD_FLOW, REFERENCE_TEMPERATURE_C } from "./head-flow";
import type { HeadFlowModel } from "./head-flow";
import { RIGID_TUBE } from "./tube";
import type { TubeModel } from "./tube";

/** The line from the head to the tip of the catheter. */
export interface LineModel {
  /** Volume of the pump's own tubing, in nL; 0: there is none. */
  readonly tubingNl: number;
  /** Volume of the catheter, in nL; 0: there is none. */
  readonly catheterNl: number;
  /** Stirred tanks that tubing and catheter are each taken as; 1 to 200. */
  readonly tanks: number;
}

/** Everything around the pump's program that is not ideal. */
export interface PlantModel {
  readonly head: HeadFlowModel;
  /** Revolutions that the tube in the head has behind it at the start. */
  readonly startRevolution: number;
  readonly tube: TubeModel;
  /** `undefined`: nothing sees air. */
  readonly airDetector: AirDetectorModel | undefined;
  readonly line: LineModel;
  /** `undefined`: it is never empty, and nobody reads it. */
  readonly battery: BatteryModel | undefined;
  /** Of tube and liquid, in °C. */
  readonly temperatureC: number;
  /** Pressure at the outlet above that at the reservoir, in kPa. */
  readonly backPressureKpa: number;
}

/** The ideal: what the head turns leaves the tip, at once. The line's volumes are the pump's and the prescription's. */
export const IDEAL_PLANT: Omit<PlantModel, "line"> = {
  head: IDEAL_HEAD_FLOW,
  startRevolution: 0,
  tube: RIGID_TUBE,
  airDetector: undefined,
  battery: undefined,
  temperatureC: REFERENCE_TEMPERATURE_C,
  backPressureKpa: 0,
};

import type { CorrectionSettings } from "./corrections";
import type { DoseCycle, RollerHead } from "./dose-cycle";
import type { BalanceNoise } from "./noise";
import type { PresetName } from "./presets";
import type { PumpLog } from "./pump-log";
import type { UncertaintyInputs } from "./uncertainty";

/** A part of a run, in minutes since the pump was started; `toMinutes` Infinity: to the end of the file. */
export interface ToldStretch {
  readonly fromMinutes: number;
  readonly toMinutes: number;
}

/** What a limit is and who set it. */
export interface Limit {
  /** Above 0. */
  readonly percent: number;
  readonly source: string;
}

/** Effects whose size is known although nobody asked to correct them: they belong to the uncertainty as they are. */
export interface Uncorrected {
  /** Evaporation, in g/h from 0; unless told, 0. */
  readonly evaporationGPerH?: number | undefined;
  /** Lift of the air, in % of what came; unless told, 0. */
  readonly buoyancyPercent?: number | undefined;
}

/** How a run is analysed. All but the rate has a default. */
export interface FlowSettings {
  /** What the pump was set to, in mL/h, above 0. */
  readonly rateMlPerH: number;
  /** Volumetric unless told. */
  readonly preset?: PresetName | undefined;
  /** These three change the preset into a custom one. */
  readonly intervalS?: number | undefined;
  readonly windowsMinutes?: readonly number[] | undefined;
  readonly analyse?: ToldStretch | undefined;
  /** When the pump was started, in s on the file's axis; the first sample unless told. */
  readonly startS?: number | undefined;
  /** All off unless told. */
  readonly corrections?: CorrectionSettings | undefined;
  /** Of one reading; from the stretch's second differences unless told, at least d/√12 with the `resolutionG` of {@link uncertainty}. */
  readonly balanceNoise?: BalanceNoise | undefined;
  readonly limit?: Limit | undefined;
  /** What else is known to be uncertain; the reading's noise and the evaporation's uncertainty come from their own settings. */
  readonly uncertainty?: Partial<Omit<UncertaintyInputs, "readingG" | "evaporationGPerH">> | undefined;
  /** What is known to be wrong and not corrected. */
  readonly uncorrected?: Uncorrected | undefined;
  /** Unless told, from the pump's log. */
  readonly cycle?: DoseCycle | undefined;
  /** Rollers of the pump, where strokes come faster than samples. */
  readonly head?: RollerHead | undefined;
  readonly pumpLog?: PumpLog | undefined;
}

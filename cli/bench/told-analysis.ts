import type { Limit, ToldStretch } from "../../bench/analysis/flow-settings";
import type { PresetName } from "../../bench/analysis/presets";

/** The options that say how a run is analysed; `bench report` has them too. Units as the names say, shares in %, lengths in minutes. */
export interface AnalysisOptions {
  /** mL/h. */
  readonly rate?: number;
  readonly preset?: PresetName;
  /** s. */
  readonly interval?: number;
  readonly windows?: readonly number[];
  readonly analyse?: ToldStretch;
  /** s on the file's axis. */
  readonly start?: number;
  readonly limit?: Limit;
  /** g. */
  readonly balance?: number;
  /** g. */
  readonly resolution?: number;
  /** g/h. */
  readonly balanceDrift?: number;
  readonly balanceCalibration?: number;
  /** g/mL. */
  readonly density?: number;
  /** g/h. */
  readonly evaporation?: number;
  /** g/h. */
  readonly evaporationUncertainty?: number;
  readonly blank?: readonly string[];
  /** °C. */
  readonly temperature?: number;
  readonly buoyancy?: true;
  /** hPa. */
  readonly pressure?: number;
  readonly humidity?: number;
  readonly correctAll?: true;
  /** Minutes. */
  readonly cycle?: number;
  readonly rollers?: number;
  readonly strokesPerRevolution?: number;
  readonly pulsation?: number;
  readonly pumpLog?: string;
  /** s on the file's axis. */
  readonly pumpLogStart?: number;
  readonly timeColumn?: string;
  readonly massColumn?: string;
  readonly timeUnit?: string;
  readonly massUnit?: string;
}

/** The options of `minim bench analyse`. */
export interface AnalyseOptions extends AnalysisOptions {
  readonly json?: true;
}

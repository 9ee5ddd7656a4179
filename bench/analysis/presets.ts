/** How a stretch is chosen and cut into windows. */
export type PresetName = "volumetric" | "ambulatory" | "custom";

/** The settings of a preset, in minutes since the pump was started. */
export interface Preset {
  readonly name: PresetName;
  /** Nominal sample interval, in s: the step of the start-up curve. */
  readonly intervalS: number;
  /** Lengths of the observation windows, in minutes. */
  readonly windowsMinutes: readonly number[];
  /** The analysed stretch. */
  readonly fromMinutes: number;
  readonly toMinutes: number;
  /** True: a file that ends sooner is analysed to its end. */
  readonly endsWithFile: boolean;
  /** The start-up curve goes from 0 to this. */
  readonly startUpMinutes: number;
}

const VOLUMETRIC_WINDOWS = [2, 5, 11, 19, 31];

/**
 * The presets. Volumetric: clause 50.102 of IEC 60601-2-24:1998 as quoted in public pages (30 s, second hour). Ambulatory: its
 * clause 50.104, whose numbers are from memory and one published chart: 24 h to stabilise, then 25 h. Custom: the whole file.
 */
export const PRESETS: Readonly<Record<PresetName, Preset>> = {
  volumetric: {
    name: "volumetric",
    intervalS: 30,
    windowsMinutes: VOLUMETRIC_WINDOWS,
    fromMinutes: 60,
    toMinutes: 120,
    endsWithFile: false,
    startUpMinutes: 120,
  },
  ambulatory: {
    name: "ambulatory",
    intervalS: 900,
    windowsMinutes: [15, 60, 150, 330, 570, 930],
    fromMinutes: 24 * 60,
    toMinutes: 49 * 60,
    endsWithFile: true,
    startUpMinutes: 24 * 60,
  },
  custom: {
    name: "custom",
    intervalS: 30,
    windowsMinutes: VOLUMETRIC_WINDOWS,
    fromMinutes: 0,
    toMinutes: Infinity,
    endsWithFile: true,
    startUpMinutes: 120,
  },
};

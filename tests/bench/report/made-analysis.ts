import type { FlowAnalysis, WindowResult } from "../../../bench/analysis/flow-analysis";
import type { Manifest } from "../../../bench/record/manifest";
import type { ReportRun } from "../../../bench/report/report-run";

const SHA256 = "3f1d0c2b5a69788796a5b4c3d2e1f00112233445566778899aabbccddeeff001";

/** Noise of a balance with s = 0.1 mg at 1 mL/h, in % of a window. */
function noise(minutes: number): number {
  return (100 * Math.SQRT2 * 1e-4) / ((0.998 / 60) * minutes);
}

function windowOf(minutes: number, maxPercent: number, minPercent: number): WindowResult {
  const judgeable = 2 * noise(minutes) <= 14.5 / 3;
  const within = Math.max(Math.abs(maxPercent), Math.abs(minPercent)) <= 14.5;
  return {
    minutes,
    maxPercent,
    minPercent,
    noisePercent: noise(minutes),
    judgeable,
    withinLimit: judgeable ? within : null,
  };
}

/** A run of 26 h at 1 mL/h as a technician sees it often. */
export const TYPICAL: FlowAnalysis = {
  file: "runs/first",
  sha256: SHA256,
  preset: "volumetric",
  convention: "Modelled on IEC 60601-2-24, clause 50.102: 30 s, second hour.",
  rateMlPerH: 1,
  densityGPerMl: 0.998,
  meanErrorPercent: -1.3842,
  uncertaintyPercent: 0.3124,
  uncertainty: [
    { name: "reading", percent: 0.0142, source: "two readings with s = 0.1 mg" },
    { name: "balance calibration", percent: 0.1555, source: "sensitivity of the balance" },
  ],
  fromMinutes: 60,
  toMinutes: 120,
  analysedMinutes: 60,
  samples: 121,
  gaps: 0,
  gapList: [],
  medianIntervalS: 30,
  balanceNoiseG: 1e-4,
  noiseSource: '--balance "0.1 mg"',
  windows: [
    windowOf(2, 9.123, -12.456),
    windowOf(5, 4.2, -6.1),
    windowOf(11, 1.9, -4.05),
    windowOf(19, 0.61, -3.02),
    windowOf(31, -0.4, -2.31),
  ],
  cycleMinutes: null,
  cycleSource: null,
  cycleWindows: [],
  startUp: {
    fromMinutes: 0,
    toMinutes: 120,
    points: Array.from({ length: 240 }, (_, index) => ({
      minutes: (index + 1) / 2,
      mlPerH: 0.986 * (1 - 0.4 * Math.exp(-index / 12)) + 0.05 * Math.sin(index / 2.3),
    })),
  },
  driftPercentPerHour: 0.0123,
  hourly: {
    meanPercent: -1.38,
    sdPercent: null,
    hours: Array.from({ length: 26 }, (_, hour) => ({
      fromMinutes: hour * 60,
      errorPercent: -1.38 + 0.3 * Math.sin(hour * 1.7) - (hour === 0 ? 3 : 0),
    })),
  },
  boluses: [],
  occlusions: [],
  corrections: [
    { name: "evaporation", on: false, text: "off" },
    { name: "buoyancy", on: false, text: "off: at 20 °C it would add about 0.105 %" },
    { name: "waterDensity", on: false, text: "off: 0.998 g/mL unless told otherwise" },
  ],
  limitPercent: 14.5,
  limitSource: "SynchroMed II label",
  verdict: "pass",
  notes: [],
};

/** A run at 0.048 mL/day with all that can be odd: gaps, nulls, windows that cannot be judged, boluses, occlusions. */
export const UGLY: FlowAnalysis = {
  ...TYPICAL,
  file: "ugly.csv",
  sha256: SHA256.replace("3f1d", "beef"),
  preset: "ambulatory",
  convention: "Modelled on IEC 60601-2-24, clause 50.104: 15 min, 25 h after 24 h.",
  rateMlPerH: 0.002,
  meanErrorPercent: 3.21,
  uncertaintyPercent: 7.6,
  fromMinutes: 1440,
  toMinutes: 2160.5,
  analysedMinutes: 720.5,
  samples: 47,
  gaps: 2,
  gapList: [
    { line: 131, fromMinutes: 1500, minutes: 32.5 },
    { line: 171, fromMinutes: 2000, minutes: 61 },
  ],
  medianIntervalS: 900,
  noiseSource: "second differences of the analysed stretch",
  windows: [
    { minutes: 15, maxPercent: 1178.94, minPercent: -143.2, noisePercent: 50.6, judgeable: false, withinLimit: null },
    { minutes: 60, maxPercent: 82.34, minPercent: -64.2, noisePercent: 12.65, judgeable: false, withinLimit: null },
    { minutes: 150, maxPercent: 25, minPercent: -19.31, noisePercent: 5.06, judgeable: false, withinLimit: null },
    { minutes: 330, maxPercent: 17.2, minPercent: -9.1, noisePercent: 2.3, judgeable: true, withinLimit: false },
    { minutes: 570, maxPercent: 9.4, minPercent: -2.2, noisePercent: 1.3316, judgeable: true, withinLimit: true },
    { minutes: 930, maxPercent: null, minPercent: null, noisePercent: 0.8161, judgeable: false, withinLimit: null },
  ],
  cycleMinutes: 30,
  cycleSource: "the pump's log",
  cycleWindows: [
    { minutes: 30, maxPercent: 91.7, minPercent: -88.2, noisePercent: 25.3, judgeable: false, withinLimit: null },
    { minutes: 600, maxPercent: 4.6, minPercent: 1.1, noisePercent: 1.265, judgeable: true, withinLimit: true },
  ],
  startUp: {
    fromMinutes: 0,
    toMinutes: 1440,
    points: Array.from({ length: 96 }, (_, index) => ({
      minutes: 15 * (index + 1),
      mlPerH: 0.002 + 0.001 * Math.sin(index),
    })),
  },
  driftPercentPerHour: -0.456,
  hourly: {
    meanPercent: 3.3,
    sdPercent: 41.2,
    hours: [0, 1, 2, 5, 6, 24, 25, 26].map((hour) => ({ fromMinutes: hour * 60, errorPercent: 40 * Math.sin(hour) })),
  },
  boluses: [
    { startMinutes: 1510, kind: "demand", orderedUl: 30, measuredUl: 29.47, errorPercent: -1.77, noisePercent: 0.47 },
    { startMinutes: 1810, kind: "demand", orderedUl: 30, measuredUl: 30.61, errorPercent: 2.03, noisePercent: 0.47 },
    { startMinutes: 2001, kind: "clinician", orderedUl: 100, measuredUl: 99.2, errorPercent: -0.8, noisePercent: 0.14 },
  ],
  occlusions: [
    { alarmMinutes: 1700, minutesToAlarm: 212.4, releasedUl: 8.31 },
    { alarmMinutes: 1900, minutesToAlarm: null, releasedUl: null },
  ],
  corrections: [
    { name: "evaporation", on: true, text: "0.05 mg/h added back (--evaporation): 2.5 % of the flow" },
    { name: "buoyancy", on: true, text: "air of 21 °C, 1013 hPa, 50 % (as told): volumes x 1.001050" },
    { name: "waterDensity", on: true, text: "water of 21 °C: 0.997995 g/mL (Tanaka 2001)" },
  ],
  verdict: "notJudgeable",
  notes: ["line 77: blank row, skipped", "line 90: mass falls by 0.4 mg; 3 negative steps in all"],
};

/** What the recorder wrote about {@link TYPICAL}. */
export const MANIFEST: Manifest = {
  format: 1,
  started: null,
  clock: "virtual",
  rateMlPerH: 1,
  rate: "24 mL/day",
  intervalMs: 30000,
  durationMs: 26 * 3600000,
  operator: "R. Okafor",
  pump: { serial: "MN-0007", model: "bench-pump", firmware: "0.1.0" },
  set: "CSU 25-A, lot 4411",
  balance: {
    protocol: "mt-sics",
    identity: "Minim simulated balance, serial 0000001",
    address: "tcp:127.0.0.1:40321",
    profile: "analytical",
    serial: null,
  },
  liquid: "water",
  temperatureC: 21,
  pressureHpa: 1013,
  humidityPercent: 50,
  note: "oil film 5 mm",
  simulated: { seed: 1, profile: "analytical", pump: "bench-pump", revolutionUl: null, boluses: [] },
  raw: { file: "balance.csv", rows: 3121, bytes: 99000, sha256: SHA256, soFarSha256: SHA256 },
  pumpLog: { file: "pump.ndjson", offsetMs: 0 },
  resumed: 0,
  complete: true,
};

/** {@link TYPICAL} with its manifest. */
export const RECORDED: ReportRun = {
  analysis: TYPICAL,
  manifest: MANIFEST,
  rawFile: "runs/first/balance.csv",
  rawRows: 3121,
};

/** {@link UGLY}, a CSV from elsewhere. */
export const FROM_ELSEWHERE: ReportRun = { analysis: UGLY, manifest: undefined, rawFile: "ugly.csv", rawRows: 198 };

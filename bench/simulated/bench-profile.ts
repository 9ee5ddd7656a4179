import { normalAt } from "../../sim/plant/balance-noise";

/**
 * The data sheet of a simulated bench: what is known of balance, vessel, room and pump head before anything is weighed. Where a number is a
 * standard uncertainty, every simulated instrument has a true value of its own, drawn normally from the sheet ({@link drawInstrument}); an
 * uncertainty that is worked out from the sheet has to cover what comes of it.
 */
export interface BenchProfile {
  /** For people. */
  readonly title: string;
  /** Model as the balance tells it. */
  readonly model: string;
  /** Standard deviation of one reading, in g. */
  readonly repeatabilityG: number;
  /** Step of the display, in g. */
  readonly resolutionG: number;
  /** Most that it weighs, in g. */
  readonly capacityG: number;
  /** Vessel, water and oil on the pan, in g. */
  readonly vesselG: number;
  /** Time constant of its answer, in s. */
  readonly responseS: number;
  /** A reading is stable when the load moves by at most this in one time constant, in g. */
  readonly stableWithinG: number;
  /** Standard uncertainty of the drift of its zero, in g/h. */
  readonly driftGPerH: number;
  /** Standard uncertainty of its sensitivity, in %. */
  readonly sensitivityPercent: number;
  /** Evaporation as a blank run gave it, in g/h, and its standard uncertainty. */
  readonly evaporationGPerH: number;
  readonly evaporationUncertaintyGPerH: number;
  /** Temperature of the water, in °C, and its standard uncertainty in K. */
  readonly temperatureC: number;
  readonly temperatureUncertaintyK: number;
  /** The room's air: pressure in hPa, relative humidity in %. `undefined`: weighed in a vacuum, with water of exactly 1 g/mL. */
  readonly air: { readonly pressureHpa: number; readonly humidityPercent: number } | undefined;
  /** Standard deviation of the true volume of a revolution over heads of this make, in %. */
  readonly headSpreadPercent: number;
  /** Rollers and pulsation of the head: see sim/plant/head-flow. */
  readonly rollers: number;
  readonly pulsationPercent: number;
}

const ROOM_AND_HEAD = {
  temperatureC: 20,
  temperatureUncertaintyK: 0.5,
  air: { pressureHpa: 1013.25, humidityPercent: 50 },
  headSpreadPercent: 2,
  rollers: 3,
  pulsationPercent: 20,
} as const;

/**
 * The sheets by name. Repeatability and resolution are those of the usual classes of laboratory balances; evaporation of a covered vessel
 * (1 ug/s) and of an oil film (0.05 ug/s) are the assumed orders of magnitude of docs/bench-simulated.md; drift, sensitivity and the spread of
 * heads are assumptions of the right order. They describe no maker's product.
 */
export const BENCH_PROFILES = {
  ideal: {
    title: "ideal balance and pump head: no error of any kind",
    model: "IDEAL",
    repeatabilityG: 0,
    resolutionG: 1e-9,
    capacityG: 1000,
    vesselG: 0,
    responseS: 0,
    stableWithinG: 1,
    driftGPerH: 0,
    sensitivityPercent: 0,
    evaporationGPerH: 0,
    evaporationUncertaintyGPerH: 0,
    temperatureC: 20,
    temperatureUncertaintyK: 0,
    air: undefined,
    headSpreadPercent: 0,
    rollers: 3,
    pulsationPercent: 0,
  },
  analytical: {
    title: "analytical balance, 220 g, d = 0.1 mg; covered vessel",
    model: "AB220",
    repeatabilityG: 1e-4,
    resolutionG: 1e-4,
    capacityG: 220,
    vesselG: 40,
    responseS: 1,
    stableWithinG: 5e-4,
    driftGPerH: 2e-5,
    sensitivityPercent: 0.01,
    evaporationGPerH: 3.6e-3,
    evaporationUncertaintyGPerH: 1e-4,
    ...ROOM_AND_HEAD,
  },
  "semi-micro": {
    title: "semi-micro balance, 120 g, d = 0.01 mg; oil film",
    model: "SM120",
    repeatabilityG: 1.5e-5,
    resolutionG: 1e-5,
    capacityG: 120,
    vesselG: 40,
    responseS: 1.5,
    stableWithinG: 5e-4,
    driftGPerH: 5e-6,
    sensitivityPercent: 0.005,
    evaporationGPerH: 1.8e-4,
    evaporationUncertaintyGPerH: 2e-5,
    ...ROOM_AND_HEAD,
  },
  micro: {
    title: "micro balance, 52 g, d = 1 ug; oil film, evaporation trap",
    model: "MC52",
    repeatabilityG: 1.5e-6,
    resolutionG: 1e-6,
    capacityG: 52,
    vesselG: 15,
    responseS: 2.5,
    stableWithinG: 5e-4,
    driftGPerH: 2e-6,
    sensitivityPercent: 0.003,
    evaporationGPerH: 1.8e-4,
    evaporationUncertaintyGPerH: 5e-6,
    ...ROOM_AND_HEAD,
  },
} as const satisfies Readonly<Record<string, BenchProfile>>;

/** The name of a sheet. */
export type BenchProfileName = keyof typeof BENCH_PROFILES;

/** All names of {@link BENCH_PROFILES}. */
export const BENCH_PROFILE_NAMES = Object.keys(BENCH_PROFILES) as readonly BenchProfileName[];

/** One bench of a sheet: what is true of it and a technician does not know. Units as in the sheet. */
export interface TrueInstrument {
  readonly driftGPerH: number;
  readonly sensitivityPercent: number;
  /** Never below 0. */
  readonly evaporationGPerH: number;
  readonly temperatureC: number;
  /** True volume of a revolution against the one on the head's sheet, in %. */
  readonly headPercent: number;
}

// The places of the draws; noise has the milliseconds of the run for places, and other streams.
const DRAW_STREAM = 20;

/** The true instrument of a seed. The same seed and sheet always give the same one. @param seed a whole number from 0 to 2^32 - 1 */
export function drawInstrument(profile: BenchProfile, seed: number): TrueInstrument {
  const draw = (place: number): number => normalAt(seed, place, DRAW_STREAM);
  return {
    driftGPerH: profile.driftGPerH * draw(0),
    sensitivityPercent: profile.sensitivityPercent * draw(1),
    evaporationGPerH: Math.max(0, profile.evaporationGPerH + profile.evaporationUncertaintyGPerH * draw(2)),
    temperatureC: profile.temperatureC + profile.temperatureUncertaintyK * draw(3),
    headPercent: profile.headSpreadPercent * draw(4),
  };
}

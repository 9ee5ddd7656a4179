import { airDensityGPerMl, buoyancyShare, waterDensityGPerMl } from "../../sim/plant/water";
import type { Correction } from "./flow-analysis";
import { gramText } from "./uncertainty";

/** Density of water that IEC 60601-2-24's formula takes, in g/mL; nothing else is asked unless told. */
export const USUAL_DENSITY_G_PER_ML = 0.998;

/** What the lift of air of 20 °C takes from a weighed volume of water, in %. */
export const USUAL_BUOYANCY_PERCENT = 0.105;

/** Water is weighed between these, in °C: the range of the formula for its density. */
export const WATER_TEMPERATURES_C = { least: 0, most: 40 } as const;

/** The air around the balance. */
export interface Air {
  readonly temperatureC: number;
  readonly pressureHpa: number;
  readonly humidityPercent: number;
  /** Says where the numbers are from: `as told`. */
  readonly source: string;
}

/** A loss of mass to the air. */
export interface Evaporation {
  /** Lost each hour, in g; negative where a blank gained. */
  readonly gPerH: number;
  /** One standard uncertainty of it, in g/h; 0 where nobody knows. */
  readonly standardGPerH: number;
  /** `--evaporation`, or which blank runs. */
  readonly source: string;
}

/** What is done to masses before they are volumes. Nothing, unless asked. */
export interface CorrectionSettings {
  /** In g/mL, when told; {@link USUAL_DENSITY_G_PER_ML} otherwise. Not beside {@link waterTemperatureC}. */
  readonly densityGPerMl?: number | undefined;
  /** The density is that of water at this temperature, in °C. */
  readonly waterTemperatureC?: number | undefined;
  /** The lift of this air is taken out. */
  readonly air?: Air | undefined;
  readonly evaporation?: Evaporation | undefined;
}

/** How masses become volumes. */
export interface Corrected {
  readonly densityGPerMl: number;
  /** Volume of one gram on the balance, in mL: 1/density, and the lift of the air. */
  readonly mlPerG: number;
  /** Added back for each hour since the pump was started, in g. */
  readonly addedGPerH: number;
  /** Every correction that there is, on or off. */
  readonly list: readonly Correction[];
}

/** Works out the corrections; `rateMlPerH` only for what is said about them. */
export function correctionsOf(settings: CorrectionSettings, rateMlPerH: number): Corrected {
  const { waterTemperatureC, air, evaporation } = settings;
  const isWater = waterTemperatureC !== undefined;
  const densityGPerMl = isWater
    ? waterDensityGPerMl(waterTemperatureC)
    : (settings.densityGPerMl ?? USUAL_DENSITY_G_PER_ML);
  const lift = air === undefined ? 1 : liftOf(air, densityGPerMl);
  const list: Correction[] = [
    {
      name: "evaporation",
      on: evaporation !== undefined,
      text: evaporationText(evaporation, rateMlPerH * densityGPerMl),
    },
    { name: "buoyancy", on: air !== undefined, text: buoyancyText(air, lift) },
    {
      name: "waterDensity",
      on: isWater,
      text: isWater
        ? `water of ${waterTemperatureC} °C: ${densityGPerMl.toFixed(6)} g/mL (Tanaka 2001)`
        : `off: ${densityGPerMl} g/mL ${settings.densityGPerMl === undefined ? "unless told otherwise" : "as told"}`,
    },
  ];
  return { densityGPerMl, mlPerG: 1 / (densityGPerMl * lift), addedGPerH: evaporation?.gPerH ?? 0, list };
}

function liftOf({ temperatureC, pressureHpa, humidityPercent }: Air, densityGPerMl: number): number {
  return buoyancyShare(densityGPerMl, airDensityGPerMl(temperatureC, pressureHpa, humidityPercent));
}

function buoyancyText(air: Air | undefined, lift: number): string {
  if (air === undefined) return `off: at 20 °C it would add about ${USUAL_BUOYANCY_PERCENT} %`;
  const { temperatureC, pressureHpa, humidityPercent, source } = air;
  return `air of ${temperatureC} °C, ${pressureHpa} hPa, ${humidityPercent} % (${source}): volumes x ${(1 / lift).toFixed(6)}`;
}

function evaporationText(evaporation: Evaporation | undefined, massRateGPerH: number): string {
  if (evaporation === undefined) return "off";
  const { gPerH, standardGPerH, source } = evaporation;
  const share = (100 * Math.abs(gPerH)) / massRateGPerH;
  const spread = standardGPerH > 0 ? `, standard uncertainty ${gramText(standardGPerH)}/h` : "";
  return `${gramText(gPerH)}/h added back (${source}${spread}): ${Number(share.toPrecision(3))} % of the flow`;
}

/** Above this share of the flow, in %, the blank says more about the result than the run does: a rule of thumb. */
export const BLANK_DOMINATES_PERCENT = 5;

/** Warns when evaporation is a large share of the flow. */
export function evaporationNote(evaporation: Evaporation | undefined, massRateGPerH: number): string | undefined {
  const share = (100 * Math.abs(evaporation?.gPerH ?? 0)) / massRateGPerH;
  if (share <= BLANK_DOMINATES_PERCENT) return undefined;
  return `the blank dominates: evaporation is ${Number(share.toPrecision(3))} % of the flow, more than ${BLANK_DOMINATES_PERCENT} %`;
}

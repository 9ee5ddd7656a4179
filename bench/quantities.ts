import { ratioOf } from "../config/quantity";
import type { QuantityKind } from "../config/quantity";
import { decimalText, QuantityError } from "../config/exact-decimal";
import type { Ratio } from "../config/exact-decimal";
import { RATE } from "../config/rate";
import { FINE_VOLUME } from "../config/volume";

const one = (numerator: bigint, denominator = 1n): Ratio => ({ numerator, denominator });

/** Masses in ng, the unit of the finest balances' last place. */
const MASS_OF_WATER: QuantityKind = {
  noun: "a mass",
  example: "0.1 mg",
  baseUnit: "ng",
  units: { kg: one(1000000000000n), g: one(1000000000n), mg: one(1000000n), ug: one(1000n), ng: one(1n) },
  format: (ng) => `${ng} ng`,
};

const massRates = Object.entries(MASS_OF_WATER.units).flatMap(([unit, { numerator }]) => [
  [`${unit}/h`, one(numerator)] as const,
  [`${unit}/day`, one(numerator, 24n)] as const,
  [`${unit}/min`, one(numerator * 60n)] as const,
  [`${unit}/s`, one(numerator * 3600n)] as const,
]);

const MASS_RATE: QuantityKind = {
  noun: "a mass rate",
  example: "0.05 g/h",
  baseUnit: "ng/h",
  units: Object.fromEntries(massRates),
  format: (ngPerH) => `${ngPerH} ng/h`,
};

const PERCENT: QuantityKind = {
  noun: "a share",
  example: "5 %",
  baseUnit: "%",
  units: { "%": one(1n) },
  format: (percent) => `${percent} %`,
};

const PRESSURE: QuantityKind = {
  noun: "a pressure",
  example: "1013 hPa",
  baseUnit: "Pa",
  units: { hPa: one(100n), mbar: one(100n), kPa: one(1000n), Pa: one(1n) },
  format: (pa) => `${pa} Pa`,
};

function valueOf(kind: QuantityKind, text: string, perUnit: number): number {
  const { numerator, denominator } = ratioOf(kind, text);
  return Number(numerator) / Number(denominator) / perUnit;
}

function aboveZero(value: number, kind: QuantityKind): number {
  if (value > 0) return value;
  throw new QuantityError(`it must be more than 0, for example ${kind.example}`);
}

/** A rate above 0 in mL/h: `1 mL/h` as 1, `0.048 mL/day` as 0.002. Throws `QuantityError`. */
export function readRateMlPerH(text: string): number {
  return aboveZero(valueOf(RATE, text, 24000000), RATE);
}

/** A volume above 0 in mL: `60 uL` as 0.06. Throws `QuantityError`. */
export function readVolumeMl(text: string): number {
  return aboveZero(valueOf(FINE_VOLUME, text, 1e9), FINE_VOLUME);
}

/** A mass above 0 in g: `0.1 mg` as 0.0001. Throws `QuantityError`. */
export function readMassG(text: string): number {
  return aboveZero(valueOf(MASS_OF_WATER, text, 1e9), MASS_OF_WATER);
}

/** A mass rate from 0 in g/h: `0.05 g/h` as 0.05. Throws `QuantityError`. */
export function readMassRateGPerH(text: string): number {
  return valueOf(MASS_RATE, text, 1e9);
}

/** A share from 0 in %: `14.5 %` as 14.5. Throws `QuantityError`. */
export function readPercent(text: string): number {
  return valueOf(PERCENT, text, 1);
}

/** A pressure above 0 in hPa: `101.3 kPa` as 1013. Throws `QuantityError`. */
export function readPressureHpa(text: string): number {
  return aboveZero(valueOf(PRESSURE, text, 100), PRESSURE);
}

/** The rate in mL/day, as bench and clinic speak of it and the command line takes it. */
export function rateText(mlPerH: number): string {
  return `${decimalText(Math.round(mlPerH * 24e6), 6)} mL/day`;
}

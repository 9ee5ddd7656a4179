import type { Ratio } from "./exact-decimal";

function times(factor: bigint): Ratio {
  return { numerator: factor, denominator: 1n };
}

function over(divisor: bigint): Ratio {
  return { numerator: 1n, denominator: divisor };
}

/**
 * Units of volume in nL. The micro sign may be written `u`, U+00B5 or U+03BC (see {@link plainUnit}). Upper and lower
 * case differ by a factor of up to 10^9 (mL, ML), so other spellings are asked about and never guessed.
 */
export const VOLUME_UNITS: Readonly<Record<string, Ratio>> = {
  pL: over(1000n),
  nL: times(1n),
  uL: times(1000n),
  mL: times(1000000n),
  L: times(1000000000n),
};

/** Units of time in ms. A day is 24 h of core time; a calendar month is no unit here. */
export const TIME_UNITS: Readonly<Record<string, Ratio>> = {
  ms: times(1n),
  s: times(1000n),
  min: times(60000n),
  h: times(3600000n),
  hour: times(3600000n),
  hours: times(3600000n),
  d: times(86400000n),
  day: times(86400000n),
  days: times(86400000n),
  week: times(604800000n),
  weeks: times(604800000n),
};

/** What may stand below the line of a rate, with how many of it make a day. */
export const RATE_TIMES: Readonly<Record<string, Ratio>> = {
  min: times(1440n),
  h: times(24n),
  hour: times(24n),
  d: times(1n),
  day: times(1n),
};

/** Units of mass in ng; `mcg` is the microgram of medication orders. */
export const MASS_UNITS: Readonly<Record<string, Ratio>> = {
  ng: times(1n),
  ug: times(1000n),
  mcg: times(1000n),
  mg: times(1000000n),
  g: times(1000000000n),
};

/** Units of voltage in mV. */
export const VOLTAGE_UNITS: Readonly<Record<string, Ratio>> = { mV: times(1n), V: times(1000n) };

/** Units of temperature in tenths of a degree Celsius. */
export const TEMPERATURE_UNITS: Readonly<Record<string, Ratio>> = { C: times(10n), "°C": times(10n) };

/** Units of a share in thousandths. */
export const SHARE_UNITS: Readonly<Record<string, Ratio>> = { "%": times(10n) };

/** Units of pressure in kPa. Conventional columns under 9.80665 m/s2: mercury of 13.5951 g/cm3, water of 1 g/cm3. */
export const PRESSURE_UNITS: Readonly<Record<string, Ratio>> = {
  kPa: times(1n),
  Pa: over(1000n),
  hPa: over(10n),
  mbar: over(10n),
  bar: times(100n),
  mmHg: { numerator: 133322387415n, denominator: 1000000000000n },
  cmH2O: { numerator: 980665n, denominator: 10000000n },
};

/** Units of compliance in uL/kPa. */
export const COMPLIANCE_UNITS: Readonly<Record<string, Ratio>> = {
  "uL/kPa": times(1n),
  "nL/kPa": over(1000n),
  "mL/kPa": times(1000n),
  "uL/mmHg": { numerator: 1000000000000n, denominator: 133322387415n },
};

/** Units of electric charge in uAh. */
export const CHARGE_UNITS: Readonly<Record<string, Ratio>> = {
  uAh: times(1n),
  nAh: over(1000n),
  mAh: times(1000n),
  Ah: times(1000000n),
};

/** Units of electric current in uA. */
export const CURRENT_UNITS: Readonly<Record<string, Ratio>> = { uA: times(1n), mA: times(1000n) };

/** Units of time that make whole days, in days. */
export const DAY_UNITS: Readonly<Record<string, Ratio>> = {
  d: times(1n),
  day: times(1n),
  days: times(1n),
  week: times(7n),
  weeks: times(7n),
};

/** Names that are not read but often written, with the unit to write instead. */
export const OTHER_NAMES: Readonly<Record<string, string>> = {
  cc: "mL",
  l: "L",
  m: "min",
  minute: "min",
  minutes: "min",
  mins: "min",
  sec: "s",
  second: "s",
  seconds: "s",
  hr: "h",
  hrs: "h",
};

/** A unit with its micro sign (U+00B5) or Greek mu (U+03BC) written as `u`. */
export function plainUnit(unit: string): string {
  return unit.replace(/[\u00b5\u03bc]/g, "u");
}

/** What a unit measures, as a phrase for messages; `undefined` for a text that is no unit. */
export function whatUnitMeasures(unit: string): string | undefined {
  const plain = plainUnit(unit);
  const [above = "", below, ...more] = plain.split("/");
  if (more.length > 0) return undefined;
  if (Object.hasOwn(COMPLIANCE_UNITS, plain)) return "a compliance";
  const isVolume = Object.hasOwn(VOLUME_UNITS, above);
  const isMass = Object.hasOwn(MASS_UNITS, above);
  if (below === undefined) {
    if (isVolume) return "a volume";
    if (isMass) return "a mass";
    if (Object.hasOwn(VOLTAGE_UNITS, plain)) return "a voltage";
    if (Object.hasOwn(TEMPERATURE_UNITS, plain)) return "a temperature";
    if (Object.hasOwn(SHARE_UNITS, plain)) return "a percentage";
    if (Object.hasOwn(PRESSURE_UNITS, plain)) return "a pressure";
    if (Object.hasOwn(CHARGE_UNITS, plain)) return "an electric charge";
    if (Object.hasOwn(CURRENT_UNITS, plain)) return "an electric current";
    return Object.hasOwn(TIME_UNITS, plain) ? "a duration" : undefined;
  }
  if (isMass && Object.hasOwn(VOLUME_UNITS, below)) return "a concentration";
  if (!Object.hasOwn(TIME_UNITS, below)) return undefined;
  if (isVolume) return "a rate";
  return isMass ? "a dose" : undefined;
}

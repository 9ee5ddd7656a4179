import { flowMlPerH } from "./flow";

/** How the report writes numbers: once, here, so that one value looks the same in charts, tables and summary. */

/** Between a number and its unit: thin, and no line ends in it. */
const THIN = "\u202F";
const MINUS = "\u2212";
const DASH = "\u2013";

/** Stands where there is no value. */
export const NO_VALUE = DASH;

/** `-1.5` as `−1.5`; `decimals` places. What rounds to zero has no sign. */
export function decimal(value: number, decimals: number): string {
  const text = Math.abs(value).toFixed(decimals);
  return value < 0 && Number(text) !== 0 ? MINUS + text : text;
}

/** With its sign, also when it is above zero: `+1.23`. */
function signed(value: number, decimals: number): string {
  const text = decimal(value, decimals);
  return value > 0 && Number(text) !== 0 ? `+${text}` : text;
}

/** A flow error without its unit, to 0.01 below 100, to 0.1 below 1000, else whole: `+1.23`. */
export function errorFigure(percent: number): string {
  const size = Math.abs(percent);
  return signed(percent, size < 100 ? 2 : size < 1000 ? 1 : 0);
}

/** A flow error: `+1.23 %`. */
export function errorText(percent: number): string {
  return `${errorFigure(percent)}${THIN}%`;
}

/** A positive value to two significant digits: an uncertainty, a noise. Never in powers of ten. */
export function twoDigits(value: number): string {
  return significant(value, 2);
}

/** A small change with its sign, to two significant digits: `+0.012 %`. */
export function changeText(percent: number): string {
  const size = twoDigits(Math.abs(percent));
  return `${Number(size) === 0 ? "" : percent < 0 ? MINUS : "+"}${size}${THIN}%`;
}

/** An uncertainty or noise in %: `0.31 %`. */
export function twoDigitsPercent(percent: number): string {
  return `${twoDigits(percent)}${THIN}%`;
}

/** `value` to so many significant digits, zeros at the end kept: 0.3 to two is `0.30`. */
function significant(value: number, digits: number): string {
  if (value === 0) return "0";
  // The power of ten after rounding: 0.0996 to two digits is 0.10, not 0.100.
  const power = Number(value.toExponential(digits - 1).split("e")[1]);
  const decimals = digits - 1 - power;
  if (decimals >= 0) return decimal(value, Math.min(12, decimals));
  const scale = 10 ** -decimals;
  return decimal(Math.round(value / scale) * scale, 0);
}

/** A setting as it was told, with up to eight significant digits and no zeros at the end: `0.048`. */
export function setting(value: number): string {
  const text = String(Number(value.toPrecision(8)));
  const plain = text.includes("e") ? value.toFixed(12).replace(/0+$/, "") : text;
  return plain.replace("-", MINUS);
}

/** `0.998 g/mL`: a setting with its unit. */
export function settingWithUnit(value: number, unit: string): string {
  return `${setting(value)}${THIN}${unit}`;
}

/** A set rate both ways: `0.002 mL/h (0.048 mL/day)`. */
export function rateText(mlPerH: number): string {
  return `${settingWithUnit(mlPerH, "mL/h")} (${settingWithUnit(mlPerH * 24, "mL/day")})`;
}

/** The flow that an error means, without its unit, to a ten-thousandth of the set rate. */
export function flowFigure(errorPercent: number, rateMlPerH: number): string {
  return decimal(flowMlPerH(errorPercent, rateMlPerH), rateDecimals(rateMlPerH));
}

/** The places after the point that show a ten-thousandth of a rate. */
function rateDecimals(rateMlPerH: number): number {
  return Math.min(9, Math.max(0, 4 - Math.floor(Math.log10(rateMlPerH))));
}

/** A volume in µL, to four significant digits and at most three places: `49.87`. */
export function volumeFigure(ul: number): string {
  const whole = Math.abs(ul) < 1 ? 0 : Math.floor(Math.log10(Math.abs(ul)));
  return decimal(ul, Math.min(3, Math.max(0, 3 - whole)));
}

/** A mass in the unit that suits it: `0.10 mg`. */
export function massText(g: number): string {
  const [scale, unit] = g >= 1 ? [1, "g"] : g >= 1e-4 / 2 ? [1e3, "mg"] : [1e6, "µg"];
  return `${twoDigits(g * scale)}${THIN}${unit}`;
}

/** A length of time: `45 s`, `31 min`, `25 h 12 min`. */
export function durationText(minutes: number): string {
  if (minutes < 1) return `${setting(Number((minutes * 60).toFixed(1)))}${THIN}s`;
  if (minutes < 120) return `${setting(Number(minutes.toFixed(1)))}${THIN}min`;
  const whole = Math.round(minutes);
  const rest = whole % 60;
  return `${Math.floor(whole / 60)}${THIN}h${rest === 0 ? "" : ` ${rest}${THIN}min`}`;
}

/** A time since the recording began: `1 h 05 min`; without hours `5.0 min`. */
export function instantText(minutes: number): string {
  if (Math.abs(minutes) < 60) return `${decimal(minutes, 1)}${THIN}min`;
  const whole = Math.round(Math.abs(minutes));
  const sign = minutes < 0 ? MINUS : "";
  return `${sign}${Math.floor(whole / 60)}${THIN}h ${String(whole % 60).padStart(2, "0")}${THIN}min`;
}

/** `0 min to 60 min`. */
export function stretchText(fromMinutes: number, toMinutes: number): string {
  return `${durationOrZero(fromMinutes)} to ${durationOrZero(toMinutes)}`;
}

function durationOrZero(minutes: number): string {
  return minutes === 0 ? `0${THIN}min` : durationText(minutes);
}

/** A count with thin spaces between thousands: `864 000`. */
export function countText(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, THIN);
}

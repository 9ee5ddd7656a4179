import { InvalidArgumentError } from "commander";
import { PROTOCOL_NAMES, protocolNamed } from "../../bench/balances/protocols";
import { readPercent, readPressureHpa } from "../../bench/quantities";
import type { PlannedBolus } from "../../bench/record/manifest";
import { didYouMean } from "../../config/nearest-word";
import { parseDurationMs, parseVolumeNl } from "../../config/quantities";
import { parseTemperatureDeciC } from "../../config/temperature";
import { quantityOption } from "./quantity-option";

/** Highest temperature of a liquid that is recorded, in °C: nothing that boils is pumped. */
export const MOST_LIQUID_C = 100;
const LEAST_AIR_HPA = 300;
const MOST_AIR_HPA = 1100;
const LEAST_INTERVAL_MS = 100;
const MOST_TEXT = 500;

/** A text of 1 to 500 characters, without blanks around it. Throws commander's `InvalidArgumentError`. */
export function text(written: string): string {
  const plain = written.trim();
  if (plain !== "" && plain.length <= MOST_TEXT) return plain;
  throw new InvalidArgumentError(`A text of 1 to ${MOST_TEXT} characters is wanted.`);
}

/** A duration above 0, in ms. Throws commander's `InvalidArgumentError`. */
export function time(written: string): number {
  return quantityOption((one) => parseDurationMs(one, "zeroRefused"))(written);
}

/** A time from reading to reading, in ms: at least 100. Throws commander's `InvalidArgumentError`. */
export function interval(written: string): number {
  const ms = time(written);
  if (ms >= LEAST_INTERVAL_MS) return ms;
  throw new InvalidArgumentError(`At least ${LEAST_INTERVAL_MS} ms are wanted: balances do not answer faster.`);
}

/** A temperature of a liquid, in °C: 0 to {@link MOST_LIQUID_C}. Throws commander's `InvalidArgumentError`. */
export function temperature(written: string): number {
  const celsius = quantityOption(parseTemperatureDeciC)(written) / 10;
  if (celsius <= MOST_LIQUID_C) return celsius;
  throw new InvalidArgumentError(`A temperature from 0 to ${MOST_LIQUID_C} °C is wanted, as 21 C; water: to 40 °C.`);
}

/** A pressure of the air, in hPa: 300 (on the highest mountains) to 1100. Throws commander's `InvalidArgumentError`. */
export function airPressure(written: string): number {
  const hpa = quantityOption(readPressureHpa)(written);
  if (hpa >= LEAST_AIR_HPA && hpa <= MOST_AIR_HPA) return hpa;
  throw new InvalidArgumentError(
    `The air's own pressure at the bench, from ${LEAST_AIR_HPA} to ${MOST_AIR_HPA} hPa, is wanted, as 1013 hPa.`,
  );
}

/** A relative humidity, in %: 0 to 100. Throws commander's `InvalidArgumentError`. */
export function humidity(written: string): number {
  const percent = quantityOption(readPercent)(written);
  if (percent <= 100) return percent;
  throw new InvalidArgumentError("A relative humidity from 0 % to 100 % is wanted.");
}

/** The name of a protocol, as it is listed. Throws commander's `InvalidArgumentError`. */
export function protocolName(written: string): string {
  const protocol = protocolNamed(written);
  if (protocol !== undefined) return protocol.name;
  throw new InvalidArgumentError(
    `The protocols are ${PROTOCOL_NAMES.join(", ")}${didYouMean(written, PROTOCOL_NAMES)}`,
  );
}

/** Bits per second: 110 to 4,000,000. Throws commander's `InvalidArgumentError`. */
export function baud(written: string): number {
  const value = Number(written);
  if (/^[0-9]+$/.test(written) && value >= 110 && value <= 4000000) return value;
  throw new InvalidArgumentError("Bits per second are wanted, as 9600.");
}

/** A bolus, as `30 uL at 2 h over 10 min`. Throws commander's `InvalidArgumentError`. */
export function bolus(written: string): PlannedBolus {
  const [, volume, at, over] = /^(.+?)\s+at\s+(.+?)\s+over\s+(.+)$/.exec(written.trim()) ?? [];
  if (volume === undefined || at === undefined || over === undefined)
    throw new InvalidArgumentError("Say how much, when and over how long: 30 uL at 2 h over 10 min.");
  return {
    atMs: quantityOption(parseDurationMs)(at),
    volumeNl: quantityOption((one) => parseVolumeNl(one, "zeroRefused"))(volume),
    overMs: time(over),
  };
}

import { QuantityError } from "./exact-decimal";
import { shown } from "./quantity";

const MS_PER_DAY = 86400000;

/** A time of day in 24 hours, for JSON Schema: `07:00`, `23:59:30`; `24:00` is read where a span ends. */
export const TIME_OF_DAY_PATTERN = "^\\s*(?:(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?|24:00)\\s*$";

/**
 * `07:00` as 25200000 ms from midnight. `24:00`, the midnight at which a span `ends`, is 0. Throws `QuantityError` for what is no time of a day
 * of 24 h.
 */
export function parseTimeOfDayMs(text: string, where: "begins" | "ends" = "begins"): number {
  if (!new RegExp(TIME_OF_DAY_PATTERN).test(text))
    throw new QuantityError(`${shown(text)} is not a time of day, for example 07:00 or 22:30`);
  const [hours = "", minutes = "", seconds = "0"] = text.trim().split(":");
  const ms = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
  if (ms < MS_PER_DAY) return ms;
  if (where === "begins") throw new QuantityError(`${shown(text)}: write midnight as 00:00 where something begins`);
  return 0;
}

/** A time of day for people: 25200000 is `07:00`; seconds and ms only where there are some. @param ms 0 to 24 h */
export function formatTimeOfDay(ms: number): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, "0");
  const minute = `${two(ms / 3600000)}:${two((ms / 60000) % 60)}`;
  if (ms % 60000 === 0) return minute;
  const second = `${minute}:${two((ms / 1000) % 60)}`;
  return ms % 1000 === 0 ? second : `${second}.${String(ms % 1000).padStart(3, "0")}`;
}

import { QuantityError } from "../../config/exact-decimal";

/** A change beyond this share of the old value, either way, is confirmed on its own: a slipped digit is rarely less. */
export const LARGE_CHANGE_PERCENT = 10;

/** From the old volume per revolution to the new one, in %. */
export function changePercent(oldPl: number, newPl: number): number {
  return 100 * (newPl / oldPl - 1);
}

/** A change for people: `+12.3 %`; two places where one would make it none, and as many as show on which side of {@link LARGE_CHANGE_PERCENT} it is. */
export function changeText(percent: number): string {
  const size = Math.abs(percent);
  let places = size < 1 ? 2 : 1;
  while (places < MOST_PLACES && Number(size.toFixed(places)) > LARGE_CHANGE_PERCENT !== size > LARGE_CHANGE_PERCENT)
    places++;
  return `${percent < 0 ? "-" : "+"}${size.toFixed(places)} %`;
}

/** A value is whole pL of some 10^7: no change has more places than that. */
const MOST_PLACES = 8;

/** A change as a person accepts it: its size in %, and which way it goes where a sign says so. */
export interface AcceptedChange {
  readonly percent: number;
  readonly sign: "+" | "-" | "";
}

/** Reads `12.3 %`, `-12.3 %`. Throws `QuantityError`. */
export function readAcceptedChange(text: string): AcceptedChange {
  const found = /^\s*([-+\u2212]?)\s*([0-9]+(?:\.[0-9]+)?)\s*%\s*$/.exec(text);
  if (found === null) throw new QuantityError("the change as it was shown is wanted, for example -12.3 %");
  const sign = found[1] === "+" ? "+" : found[1] === "" ? "" : "-";
  return { percent: Number(found[2]), sign };
}

/** True when `accepted` is this change, to the place that {@link changeText} shows. */
export function isAccepted(accepted: AcceptedChange, percent: number): boolean {
  const shown = changeText(percent);
  if (accepted.sign !== "" && !shown.startsWith(accepted.sign)) return false;
  return Math.abs(accepted.percent - Number(shown.slice(1, -2))) < 1e-9;
}

/** A bend for people, in the form of {@link changeText} without a sign. */
export function bendText(percent: number): string {
  return changeText(percent).slice(1);
}

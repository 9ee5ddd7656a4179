import { RAW_STATUSES } from "./raw-row";
import type { RawRow, RawStatus } from "./raw-row";

const YES = "yes";
const NO = "no";

/**
 * One row of the raw file without its line end. It never holds a quotation mark, and four commas exactly, so that a row which was cut off can do no
 * harm to the next: what is left of its first four columns tells whether it holds a reading.
 */
export function rawRowText({ elapsedS, massG, isStable, status, raw }: RawRow): string {
  const mass = massG === undefined ? "" : plainDecimal(massG);
  const stable = isStable === undefined ? "" : isStable ? YES : NO;
  return `${elapsedS.toFixed(3)},${mass},${stable},${status ?? ""},${escapedLine(raw)}`;
}

/** Reads a row that {@link rawRowText} wrote, perhaps cut off within its last column; undefined for anything else. */
export function readRawRow(line: string): RawRow | undefined {
  const columns = line.split(",");
  const [elapsed = "", mass = "", stable = "", status = "", raw] = columns;
  if (columns.length !== 5 || raw === undefined || !/^\d+\.\d{3}$/.test(elapsed)) return undefined;
  if (!/^(?:-?\d+(?:\.\d+)?)?$/.test(mass) || !["", YES, NO].includes(stable)) return undefined;
  if (status !== "" && !isStatus(status)) return undefined;
  return {
    elapsedS: Number(elapsed),
    massG: mass === "" ? undefined : Number(mass),
    isStable: stable === "" ? undefined : stable === YES,
    status: status === "" ? undefined : status,
    raw: unescapedLine(raw),
  };
}

function isStatus(text: string): text is RawStatus {
  return (RAW_STATUSES as readonly string[]).includes(text);
}

/** A line with all that is no printable ASCII, and with comma, quotation mark and backslash, as `\xNN`. */
export function escapedLine(line: string): string {
  return line.replace(/[^ -~]|[",\\]/g, (character) => {
    const code = character.charCodeAt(0);
    return code < 256 ? `\\x${code.toString(16).padStart(2, "0")}` : "?";
  });
}

/** What {@link escapedLine} was made of. */
export function unescapedLine(text: string): string {
  return text.replace(/\\x([0-9a-f]{2})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}

/** The shortest decimal text that reads back to `value`, without an exponent. */
function plainDecimal(value: number): string {
  const [digits = "", exponent] = String(value).split("e");
  if (exponent === undefined) return digits;
  const power = Number(exponent);
  const sign = digits.startsWith("-") ? "-" : "";
  const [whole = "", fraction = ""] = digits.replace("-", "").split(".");
  if (power > 0) return `${sign}${whole}${fraction.padEnd(power, "0")}`;
  return `${sign}0.${"0".repeat(-power - 1)}${whole}${fraction}`;
}

import { MASS_COLUMN_UNITS, TIME_COLUMN_UNITS } from "./told-columns";

/** A header in its parts: `Weight (mg)` is the words `weight` and the unit `mg`; `elapsed_s` is `elapsed` and `s`. */
export interface HeaderName {
  readonly words: string;
  /** As it stands in a table of units; undefined: none, or one that nobody knows. */
  readonly unit: string | undefined;
  /** A unit stood in brackets that is none of time or mass. */
  readonly hasOtherUnit: boolean;
}

const UNIT_NAMES: Readonly<Record<string, string>> = {
  sec: "s",
  secs: "s",
  second: "s",
  seconds: "s",
  msec: "ms",
  millis: "ms",
  milliseconds: "ms",
  mins: "min",
  minute: "min",
  minutes: "min",
  hr: "h",
  hour: "h",
  hours: "h",
  days: "day",
  gram: "g",
  grams: "g",
  µg: "ug",
  μg: "ug",
};

/** Reads one header cell. */
export function headerName(text: string): HeaderName {
  const plain = text
    .trim()
    .toLowerCase()
    .replace(/^date\s*\/\s*time/, "date time");
  const bracketed = /^(.*?)[\s_]*[([{/]\s*([^)\]}]*?)\s*[)\]}]?$/.exec(plain);
  if (bracketed !== null && bracketed[2] !== "") {
    const unit = unitNamed(bracketed[2] ?? "");
    return { words: plainWords(bracketed[1] ?? ""), unit, hasOtherUnit: unit === undefined };
  }
  const parts = plainWords(plain).split(" ");
  const unit = unitNamed(parts.at(-1) ?? "");
  return { words: parts.slice(0, unit === undefined ? parts.length : -1).join(" "), unit, hasOtherUnit: false };
}

function plainWords(text: string): string {
  return text
    .replace(/[\s_\-.,:/]+/g, " ")
    .replace(/["']/g, "")
    .trim();
}

function unitNamed(word: string): string | undefined {
  const unit = UNIT_NAMES[word] ?? word;
  return Object.hasOwn(TIME_COLUMN_UNITS, unit) || Object.hasOwn(MASS_COLUMN_UNITS, unit) ? unit : undefined;
}

const ELAPSED_WORDS = ["elapsed", "elapsed time", "time elapsed", "run time", "runtime", "duration", "laufzeit"];
const TIME_WORDS = ["", "t", "time", "time of day", "zeit", "uhrzeit", ...ELAPSED_WORDS];
const STAMP_WORDS = ["timestamp", "time stamp", "date time", "datetime", "date", "date and time", "datum"];
const UNIT_WORDS = ["unit", "units", "einheit", "mass unit", "weight unit"];
const MASS_WORDS = [
  "mass",
  "weight",
  "net",
  "net weight",
  "weight net",
  "net mass",
  "balance",
  "reading",
  "gewicht",
  "masse",
  "m",
];

/** What a header is by its name alone. */
export type HeaderMeaning = "elapsed" | "time" | "stamp" | "mass" | "unit" | "other";

/** Says what a column is by its header: elapsed time, a time of any kind, a time stamp, a mass, the unit of one, or something else. */
export function headerMeaning({ words, unit, hasOtherUnit }: HeaderName): HeaderMeaning {
  if (hasOtherUnit) return "other";
  if (UNIT_WORDS.includes(words) && unit === undefined) return "unit";
  // `Day` alone counts days beside a time of day.
  if (words === "" && unit === "day") return "other";
  const isTimeUnit = unit !== undefined && Object.hasOwn(TIME_COLUMN_UNITS, unit);
  const isMassUnit = unit !== undefined && Object.hasOwn(MASS_COLUMN_UNITS, unit);
  if (STAMP_WORDS.includes(words) && !isMassUnit) return isTimeUnit ? "elapsed" : "stamp";
  if (TIME_WORDS.includes(words) && !isMassUnit) {
    if (isTimeUnit || ELAPSED_WORDS.includes(words)) return "elapsed";
    return words === "" ? "other" : "time";
  }
  const isMass = MASS_WORDS.includes(words) || (words === "" && isMassUnit);
  return isMass && !isTimeUnit ? "mass" : "other";
}

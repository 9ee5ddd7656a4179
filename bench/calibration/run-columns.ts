import { RUN_KEYS } from "./written-run";
import type { RunKey } from "./written-run";

/** A column of a CSV table: what it holds, and the unit that its header gives to plain numbers. */
export interface RunColumn {
  readonly key: RunKey;
  /** As quantities are written, `mL/day`; empty: each cell carries its own. */
  readonly unit: string;
}

const OTHER_WORDS: Readonly<Record<string, RunKey>> = {
  name: "run",
  id: "run",
  folder: "recording",
  flow: "rate",
  revs: "revolutions",
  turns: "revolutions",
  weight: "mass",
  u: "uncertainty",
};

const UNITS: Readonly<Record<string, string>> = {
  l: "L",
  ml: "mL",
  ul: "uL",
  µl: "uL",
  μl: "uL",
  nl: "nL",
  d: "day",
  hr: "h",
  hour: "h",
  percent: "%",
};

/** What a header names: `volume`, `volume_ml`, `Rate (mL/day)`; undefined when it is nothing that a run has. */
export function runColumn(header: string): RunColumn | undefined {
  const found = /^([a-z]+)[\s_]*(.*)$/.exec(header.trim().toLowerCase());
  const word = found?.[1] ?? "";
  const key =
    RUN_KEYS.find((known) => known === word) ?? (Object.hasOwn(OTHER_WORDS, word) ? OTHER_WORDS[word] : undefined);
  if (key === undefined) return undefined;
  const unit = (found?.[2] ?? "").replace(/^[([]|[)\]]$/g, "").trim();
  return { key, unit: unitText(unit) };
}

function unitText(unit: string): string {
  return unit
    .replace(/_per_|_|\s*\/\s*/g, "/")
    .split("/")
    .map((part) => UNITS[part] ?? part)
    .join("/");
}

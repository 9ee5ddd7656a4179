import type { FlowAnalysis, FlowVerdict, WindowResult } from "../analysis/flow-analysis";
import { settingWithUnit } from "./figures";

/** The verdict as it stands in the report's frame. */
export const VERDICT_WORDS: Readonly<Record<FlowVerdict, string>> = {
  pass: "Pass",
  fail: "Fail",
  notJudgeable: "Not judgeable",
  noLimit: "No limit told",
};

/** What the verdict means, in a sentence. */
export function verdictSentence({ verdict, limitPercent, limitSource }: FlowAnalysis): string {
  const limit = `\u00B1${settingWithUnit(limitPercent ?? 0, "%")} (${limitSource ?? "no source told"})`;
  switch (verdict) {
    case "pass":
      return `The mean flow error is within ${limit}.`;
    case "fail":
      return `The mean flow error is outside ${limit}.`;
    case "notJudgeable":
      return `The uncertainty of the mean flow error is too large for the limit of ${limit}: this run says neither yes nor no.`;
    case "noLimit":
      return "No limit was told, so nothing is judged.";
  }
}

/** Says so, after a blank, when boluses are part of the error, which is held against the set rate alone; else empty. */
export function bolusSentence({ boluses, fromMinutes, toMinutes }: FlowAnalysis): string {
  const inside = boluses.filter(({ startMinutes }) => startMinutes >= fromMinutes && startMinutes < toMinutes).length;
  if (inside === 0) return "";
  const subject = inside === 1 ? "One bolus lies" : `${inside} boluses lie`;
  return ` ${subject} in the analysed stretch; what came by ${inside === 1 ? "it" : "them"} counts as an error of the set rate.`;
}

/** Whether the balance can judge a window, and how it stands to the limit. What cannot be judged is neither within nor outside. */
export function windowWords({ maxPercent, judgeable, withinLimit }: WindowResult): {
  readonly judgeable: string;
  readonly limit: string;
} {
  if (maxPercent === null) return { judgeable: "longer than the stretch", limit: "\u2013" };
  if (!judgeable) return { judgeable: "not judgeable", limit: "\u2013" };
  return { judgeable: "yes", limit: withinLimit === null ? "\u2013" : withinLimit ? "within" : "outside" };
}

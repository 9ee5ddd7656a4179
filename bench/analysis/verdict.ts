import type { FlowVerdict } from "./flow-analysis";

/** What a limit is held against. */
export interface JudgedFlow {
  /** Mean flow error of the stretch, in %. */
  readonly meanErrorPercent: number;
  /** Its expanded uncertainty (k = 2), in percentage points. */
  readonly uncertaintyPercent: number;
  /** False: the balance's noise alone is too large for the limit. */
  readonly isJudgeable: boolean;
}

/**
 * Judges the mean error of a run. It is not judgeable when its expanded uncertainty is more than a third of the limit: twice the noise of
 * the whole stretch, and whatever else is known to be uncertain.
 */
export function verdictOf(flow: JudgedFlow, limitPercent: number | undefined): FlowVerdict {
  if (limitPercent === undefined) return "noLimit";
  if (!flow.isJudgeable || flow.uncertaintyPercent > limitPercent / 3) return "notJudgeable";
  return Math.abs(flow.meanErrorPercent) <= limitPercent ? "pass" : "fail";
}

/** Says so when the limit lies within the uncertainty of the mean error: another run may end the other way. */
export function nearLimitNote(flow: JudgedFlow, limitPercent: number | undefined): string | undefined {
  if (limitPercent === undefined) return undefined;
  const distance = Math.abs(Math.abs(flow.meanErrorPercent) - limitPercent);
  if (distance >= flow.uncertaintyPercent) return undefined;
  return "the limit lies within the uncertainty of the mean error: another run may be judged the other way";
}

import { doseCycleOf, rollerPassOf } from "./dose-cycle";
import type { RollerHead } from "./dose-cycle";
import type { PumpLog } from "./pump-log";

/** A stretch, in minutes since the pump was started, and the expanded uncertainty of its mean error in %. */
export interface NotedStretch {
  readonly fromMinutes: number;
  readonly toMinutes: number;
  readonly uncertaintyPercent: number;
}

/**
 * Warns when the rollers' phase, which is the pump's and not the balance's, can make more of the mean error than its uncertainty: of a pulsation
 * of a % a stretch of T sees up to a |sinc(T/pass)|, nothing of it in whole passes. `undefined` where it does not matter or nobody knows the head.
 */
export function rollerNote(
  log: PumpLog | undefined,
  head: RollerHead | undefined,
  { fromMinutes, toMinutes, uncertaintyPercent }: NotedStretch,
): string | undefined {
  const strokes = log === undefined ? undefined : doseCycleOf(log, fromMinutes * 60, toMinutes * 60);
  const pulsationPercent = head?.pulsationPercent ?? 0;
  if (strokes === undefined || head === undefined || pulsationPercent === 0) return undefined;
  const { minutes: passMinutes } = rollerPassOf(strokes, head);
  const passes = (toMinutes - fromMinutes) / passMinutes;
  const seenPercent = (pulsationPercent * Math.abs(Math.sin(Math.PI * passes))) / (Math.PI * passes);
  if (seenPercent <= uncertaintyPercent) return undefined;
  const wholeMinutes = Math.max(1, Math.floor(passes)) * passMinutes;
  return (
    `the stretch is ${Number(passes.toPrecision(3))} passes of a roller: up to ±${Number(seenPercent.toPrecision(2))} % of the mean error is where the head stood, ` +
    `and no property of the pump; whole passes, as ${Number((wholeMinutes / 60).toPrecision(4))} h, do not see it`
  );
}

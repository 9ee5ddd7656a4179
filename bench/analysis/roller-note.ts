import type { DoseCycle, RollerHead } from "./dose-cycle";

/** A stretch, and the expanded uncertainty of its mean error in %. */
export interface NotedStretch {
  readonly analysedMinutes: number;
  readonly uncertaintyPercent: number;
}

/**
 * Warns when the rollers' phase, which is the pump's and not the balance's, can make more of the mean error than its uncertainty: of a pulsation
 * of a % a stretch of T sees up to a |sinc(T/pass)|, nothing of it in whole passes. `undefined` where it does not matter or nobody knows the head.
 * @param pass from one roller to the next
 */
export function rollerNote(
  pass: DoseCycle | undefined,
  head: Pick<RollerHead, "pulsationPercent"> | undefined,
  { analysedMinutes, uncertaintyPercent }: NotedStretch,
): string | undefined {
  const pulsationPercent = head?.pulsationPercent ?? 0;
  if (pass === undefined || pulsationPercent === 0) return undefined;
  const passes = analysedMinutes / pass.minutes;
  const seenPercent = (pulsationPercent * Math.abs(Math.sin(Math.PI * passes))) / (Math.PI * passes);
  if (seenPercent <= uncertaintyPercent) return undefined;
  const wholeMinutes = Math.max(1, Math.floor(passes)) * pass.minutes;
  return (
    `the stretch is ${Number(passes.toPrecision(3))} passes of a roller: up to ±${Number(seenPercent.toPrecision(2))} % of the mean error is where the head stood, ` +
    `and no property of the pump; whole passes, as ${Number((wholeMinutes / 60).toPrecision(4))} h, do not see it`
  );
}

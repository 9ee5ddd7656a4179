/** The longest time from the first sample to another, in s: 10 years. A time beyond that was never meant. */
const LONGEST_RUN_S = 10 * 365.25 * 86400;

/** Says why a sample cannot have this time after those before it; undefined: it can. */
export function problemOfTime(
  timeS: number,
  { firstS, lastS }: { readonly firstS: number | undefined; readonly lastS: number },
): string | undefined {
  // Also for a time that is no finite number.
  if (!(Math.abs(timeS - (firstS ?? timeS)) <= LONGEST_RUN_S))
    return "its time is more than 10 years from the first sample's; a time in the unit of the column is wanted, one run a file";
  if (timeS >= lastS) return undefined;
  return `time goes back from ${secondsText(lastS)} to ${secondsText(timeS)}; rows in the order of time are wanted, one run a file`;
}

function secondsText(seconds: number): string {
  return `${Number(seconds.toFixed(3))} s`;
}

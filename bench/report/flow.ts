/** The flow in mL/h that is `errorPercent` away from the set rate. */
export function flowMlPerH(errorPercent: number, rateMlPerH: number): number {
  return rateMlPerH * (1 + errorPercent / 100);
}

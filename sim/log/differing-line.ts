/** Index of the first line in which two logs differ, or in which only one of them goes on; `undefined`: they are the same. */
export function differingLine(one: readonly string[], other: readonly string[]): number | undefined {
  const shared = Math.min(one.length, other.length);
  for (let index = 0; index < shared; index++) if (one[index] !== other[index]) return index;
  return one.length === other.length ? undefined : shared;
}

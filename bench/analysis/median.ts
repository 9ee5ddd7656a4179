/**
 * The median of `values` (the mean of the two middle ones of an even number), by quickselect: linear in their number. The order of
 * `values` is lost. Throws when there are none.
 */
export function medianInPlace(values: Float64Array): number {
  const { length } = values;
  if (length === 0) throw new RangeError("no values have no median");
  const middle = Math.floor(length / 2);
  const upper = select(values, middle);
  if (length % 2 === 1) return upper;
  // All before the middle are at most as large as it.
  let lower = -Infinity;
  for (let i = 0; i < middle; i++) lower = Math.max(lower, values[i] ?? NaN);
  return (lower + upper) / 2;
}

/** Brings the value that would stand at `rank` in sorted order there, smaller ones before it, larger ones after it. */
function select(values: Float64Array, rank: number): number {
  let low = 0;
  let high = values.length - 1;
  let seed = 1;
  while (low < high) {
    // A pivot drawn at random: no order of the input is slow. Numerical Recipes' quick generator.
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    const pivot = values[low + (seed % (high - low + 1))] ?? NaN;
    let less = low;
    let more = high;
    // Three parts, since nearly all intervals of a log are equal: below `less` smaller ones, above `more` larger ones.
    for (let i = low; i <= more;) {
      const value = values[i] ?? NaN;
      if (value < pivot) swap(values, i++, less++);
      else if (value > pivot) swap(values, i, more--);
      else i++;
    }
    if (rank < less) high = less - 1;
    else if (rank > more) low = more + 1;
    else return pivot;
  }
  return values[rank] ?? NaN;
}

function swap(values: Float64Array, a: number, b: number): void {
  const kept = values[a] ?? NaN;
  values[a] = values[b] ?? NaN;
  values[b] = kept;
}

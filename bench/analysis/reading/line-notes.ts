/** Lines that one note names before it counts the rest. */
const MOST_NAMED = 5;

/** Collects lines by what was done with them, for notes such as `lines 4, 9 and 12 are blank; they are left out`. */
export class LineNotes {
  private readonly kinds = new Map<string, { readonly lines: number[]; count: number }>();

  /** @param done what was done with such lines, after `is` or `are`: `blank; left out` */
  add(done: string, line: number): void {
    let kind = this.kinds.get(done);
    if (kind === undefined) this.kinds.set(done, (kind = { lines: [], count: 0 }));
    kind.count++;
    if (kind.lines.length < MOST_NAMED) kind.lines.push(line);
  }

  /** One note for each kind, in the order in which they came up. */
  notes(): string[] {
    return [...this.kinds].map(([done, { lines, count }]) => {
      if (count === 1) return `line ${lines[0] ?? 0} is ${done}`;
      const more = count > lines.length ? `${lines.join(", ")} and ${count - lines.length} more` : allOf(lines);
      return `lines ${more} are ${done}`;
    });
  }
}

function allOf(lines: readonly number[]): string {
  return `${lines.slice(0, -1).join(", ")} and ${lines.at(-1) ?? 0}`;
}

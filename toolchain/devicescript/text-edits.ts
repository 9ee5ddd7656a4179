/** What is done first of several changes at one place. */
export enum EditKind {
  /** Takes away all that is there, and what other edits would put into it. */
  removal = 0,
  /** Puts something before; of two the one that belongs to the longer expression comes first. */
  insertion = 1,
  replacement = 2,
}

/** A change of a text: what is between `at` and `end` becomes `text`. */
export interface Edit {
  readonly kind: EditKind;
  readonly at: number;
  readonly end: number;
  readonly text: string;
  /** Where the expression ends that an insertion is about. */
  readonly reach?: number;
}

/** What is between `at` and `end` becomes `text`. */
export function replacement(at: number, end: number, text: string): Edit {
  return { kind: EditKind.replacement, at, end, text };
}

/** The text from `start` to `end` with its edits. */
export function applied(text: string, edits: readonly Edit[], start: number, end: number): string {
  const inOrder = edits
    .filter((edit) => edit.at >= start && edit.end <= end)
    .sort((a, b) => {
      if (a.at !== b.at) return a.at - b.at;
      return a.kind === b.kind ? (b.reach ?? 0) - (a.reach ?? 0) : a.kind - b.kind;
    });
  let result = "";
  let done = start;
  for (const edit of inOrder) {
    // Inside what was taken away.
    if (edit.at < done) continue;
    result += text.slice(done, edit.at) + edit.text;
    done = edit.end;
  }
  return result + text.slice(done, end);
}

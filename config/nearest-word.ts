import { distance } from "fastest-levenshtein";

/**
 * The word of `words` that a person most likely meant by `word`: equal but for its case, else at most one edit away for
 * every three letters. `undefined` when none is near enough: no hint is better than a silly one.
 */
export function nearestWord(word: string, words: readonly string[]): string | undefined {
  const wanted = word.toLowerCase();
  // The distance costs the product of both lengths; nobody misspells a word of 50 letters.
  if (wanted.length === 0 || wanted.length > 50) return undefined;
  let best: string | undefined;
  let bestEdits = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of words) {
    const edits = editsBetween(wanted, candidate.toLowerCase());
    // One letter turned into another word of one letter is no misspelling.
    if (edits < bestEdits && edits < candidate.length) {
      best = candidate;
      bestEdits = edits;
    }
  }
  return best;
}

/** Letters to add, take away or change; two letters that have changed places count as one edit. */
function editsBetween(a: string, b: string): number {
  const edits = distance(a, b);
  return edits > 1 && sortedLetters(a) === sortedLetters(b) ? edits - 1 : edits;
}

function sortedLetters(word: string): string {
  return Array.from(word).sort().join("");
}

/** The phrase `; did you mean WORD?` to put after a complaint, or nothing when no word is near. */
export function didYouMean(word: string, words: readonly string[]): string {
  const nearest = nearestWord(word, words);
  return nearest === undefined ? "" : `; did you mean ${nearest}?`;
}

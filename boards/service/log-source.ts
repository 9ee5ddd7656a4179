/** Reads the memory that keeps ledger and journal, for whoever reads the journal out. */
export interface MemoryReader {
  /** Reads `count` words from word `place` on into the beginning of `words`. False: the memory did not answer. */
  read(place: number, count: number, words: number[]): Promise<boolean>;
}

/**
 * The contract of the memory that keeps the dose ledger and the event journal: 32-bit words at word addresses, an I2C FRAM on a board.
 *
 * - Writes are made one after the other, in the order in which they were given; each is read from `words` before `write` returns. None is
 *   begun before the one before it is whole.
 * - A power cut tears at most the write that is being made: its first bytes are new, its last ones old. Words that no write is about
 *   never change. So what is written must be recognised as torn by itself: every record carries its own CRC.
 * - `commit` asks for a report once all that was written before is durable. One at a time: the core waits for it before the next.
 *   The report is ready when `doneMs` is not later than now; NEVER_MS while there is none.
 * - A write costs about 9 us a byte at 1 MHz (MB85RC/FM24 family: no delay behind it) and one of at least 10^12 cycles of the cells.
 */
export interface Store {
  /** Words that the memory has. 0: it keeps nothing, every start is a blank one. */
  readonly capacityWords: number;
  /** Writes that were given and are not in the memory yet. */
  readonly waiting: number;
  /** When the report of the last commit is ready, in ms of core time; NEVER_MS: none. */
  doneMs: number;
  /** Number of the commit that the ready report is about. */
  doneSequence: number;
  /** Writes the first `count` of `words`, each from 0 to 2^32 - 1, from word `place` on. */
  write(place: number, words: readonly number[], count: number): void;
  /** Asks for the report of commit `sequence`. */
  commit(sequence: number, nowMs: number): void;
  /** Marks the ready report as read. */
  takeReport(): void;
}

/** Most that one start of the purge may move, in nL. */
export const MOST_PURGE_NL = 5_000_000;

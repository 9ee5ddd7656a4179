import { zeros } from "./units";

/** Numbers that {@link SCRATCH} has room for: the two words of each number of the longest record. */
const SCRATCH_NUMBERS = 116;

/**
 * Room for whoever works on many numbers at once: words on their way to the store, a ring that is cut anew, a look ahead. One for all, because a
 * board has little memory. What is in it is lost with the next such work, so nobody keeps anything here beyond a call of its own.
 */
export const SCRATCH = zeros(SCRATCH_NUMBERS);

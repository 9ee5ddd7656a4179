/** The two orders of a prime. */
export const PRIME_STEPS = ["ask", "confirm"] as const;

/** One of {@link PRIME_STEPS}. */
export type PrimeStep = (typeof PRIME_STEPS)[number];

/** The orders of a refill, in their order; each can be gone on with. */
export const REFILL_STEPS = ["stop", "residual", "acknowledge", "fill"] as const;

/** One of {@link REFILL_STEPS}. */
export type RefillStep = (typeof REFILL_STEPS)[number];

let pause: (() => void) | null = null;

/** From now on `rest` is called wherever the core takes a breath; a board lets its other fibers work then. Without it a breath is nothing. */
export function breatheBy(rest: () => void): void {
  pause = rest;
}

/**
 * The core's long work takes a breath here, so that no slice of a board's runtime holds up a pulse of the motor: 15 ms at most, by platform
 * costs of an RP2040. Meanwhile the motor, the button and sensors may speak: none of them reads or changes what is being worked on. Who does, the link's
 * service, waits until the turn is over.
 */
export function breathe(): void {
  if (pause) pause();
}

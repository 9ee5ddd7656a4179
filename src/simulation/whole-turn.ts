import type { ControlLoop } from "../control-loop";

/** Turns the loop at `nowMs` until there is nothing more to do then; returns the instant of the next wake. What a board's shell does. */
export function wholeTurn(loop: ControlLoop, nowMs: number): number {
  let nextMs = loop.turn(nowMs);
  while (nextMs <= nowMs) nextMs = loop.turn(nowMs);
  return nextMs;
}

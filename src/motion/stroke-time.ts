import { MS_PER_DAY, quotientRoundedUp, wholeQuotient } from "../units";
import type { StrokeVolume } from "./stroke";

/** Time from EN on to the first pulse, in ms: the coils' current must have built up. */
export const ENABLE_LEAD_MS = 2;

/** Time from the last pulse to EN off, in ms: the rotor must have come to rest in its detent. */
export const HOLD_MS = 50;

/**
 * What a durable record adds to a stroke at most, in ms. On a board an hour's record is about 280 bytes in an I2C FRAM, written and read back: 13 ms at
 * 400 kHz, and with a state or a prescription 25 ms more. But it is written while the stroke that used up the reservation is being made, which takes
 * 52 ms at least, so of that a stroke sees nothing. Only the first one of a program or bolus waits for its record.
 */
export const STORE_WRITE_MS = 5;

/**
 * Longest time of one stroke from the command to the motor at rest, in ms: enable, pulses, hold and one write.
 * @param microsteps pulses in the stroke
 * @param pulseIntervalMs wanted time between pulses, whole ms
 * @param wakeGridMs a board wakes only at multiples of this: 1 on an RP2040, 10 on an ESP32 (its main loop's timer)
 *
 * One pulse is made in one wake. A sleep ends on the board's grid, and measured wakes come up to a tenth later than
 * that: 900 pulses/s instead of 1000 on an RP2040, 90 instead of 100 on an ESP32.
 */
export function longestStrokeMs(microsteps: number, pulseIntervalMs: number, wakeGridMs: number): number {
  const onGridMs = quotientRoundedUp(pulseIntervalMs, wakeGridMs) * wakeGridMs;
  const pulsesMs = quotientRoundedUp(microsteps * onGridMs * 10, 9);
  return ENABLE_LEAD_MS + pulsesMs + HOLD_MS + STORE_WRITE_MS;
}

/** Highest rate that whole strokes of `strokeMs` each can deliver, in nL/day, rounded down. */
export function highestRateNlPerDay(stroke: StrokeVolume, strokeMs: number): number {
  const strokesPerDay = wholeQuotient(MS_PER_DAY, strokeMs);
  return stroke.volumeNl(strokesPerDay);
}

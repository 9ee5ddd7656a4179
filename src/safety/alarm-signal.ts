import { NEVER_MS } from "../units";
import type { AlarmPriority } from "./alarm-table";

/** Where each number of a signal's pattern stands. */
export enum SignalField {
  /** Length of each sound pulse, in ms. */
  pulseMs = 0,
  /** From the start of a burst of pulses to the start of the next, in ms. */
  burstEveryMs = 1,
  /** Bursts in a series; 0: no sound. */
  bursts = 2,
  /** From the start of a series to the start of the next, in ms. */
  seriesEveryMs = 3,
  /** For how long the light is on, in ms; 0: it stays dark. */
  lightOnMs = 4,
  /** For how long it is then off, in ms; 0: it does not go off. */
  lightOffMs = 5,
  /** Pause behind the first pulse of a burst, in ms; then the others, one fewer than there are pulses. */
  pausesMs = 6,
}

/**
 * What an alarm of each AlarmPriority sounds and looks like, in the order of {@link SignalField}: bursts of sound pulses, gathered into a
 * series, series again and again, and a light. Pulses, pauses and bursts lie inside the ranges of IEC 60601-1-8 (from memory: verify
 * before relying on it), the light inside those of Open PCA R6.4.2(2), which cites it; one light has one colour, so frequency and duty tell the
 * priorities apart: low is constant light, medium 0.5 Hz with 30 %, high 2 Hz with 50 %. The time from series to series is that of implanted pumps, for which endless bursts would be a burden: a
 * critical alarm for a minute every 10 min, a non-critical one about once an hour. Low are 2 pulses, medium 3, high 3 and 2 and once more.
 * As a text they are data; as lists they would be code.
 */
export const SIGNALS = JSON.parse(`[
  [0, 1, 0, 1, 0, 0],
  [200, 20000, 1, 3600000, 1, 0, 200],
  [200, 15000, 4, 600000, 600, 1400, 200, 200],
  [150, 10000, 6, 600000, 250, 250, 100, 100, 350, 100, 600, 100, 100, 350, 100]
]`) as readonly (readonly number[])[];

/** What sound and light do at one instant of a signal. One object is asked again and again, so that nothing is allocated. */
export class AlarmSignal {
  /** The sound is on. */
  declare sounds: boolean;
  /** The light is on. */
  declare lit: boolean;
  /** When sound or light change next, in ms since the signal began; NEVER_MS: they stay as they are. */
  declare nextMs: number;

  /** Looks at the signal of `priority`, `sinceMs` after it began; `silenced`: without its sound. */
  lookAt(priority: AlarmPriority, silenced: boolean, sinceMs: number): void {
    const pattern = SIGNALS[priority];
    const onMs = pattern[SignalField.lightOnMs];
    const offMs = pattern[SignalField.lightOffMs];
    this.sounds = false;
    this.lit = onMs !== 0;
    this.nextMs = NEVER_MS;
    if (offMs !== 0) {
      const goesOffMs = Math.floor(sinceMs / (onMs + offMs)) * (onMs + offMs) + onMs;
      this.lit = sinceMs < goesOffMs;
      this.nextMs = goesOffMs;
      if (!this.lit) this.nextMs = goesOffMs + offMs;
    }
    if (silenced) return;
    if (pattern[SignalField.bursts] !== 0) this.nextMs = Math.min(this.nextMs, listen(this, pattern, sinceMs));
  }
}

/** Whether the sound is on; returns when that changes, in ms since the signal began. */
function listen(signal: AlarmSignal, pattern: readonly number[], sinceMs: number): number {
  const everyMs = pattern[SignalField.seriesEveryMs];
  const burstEveryMs = pattern[SignalField.burstEveryMs];
  const seriesMs = Math.floor(sinceMs / everyMs) * everyMs;
  const bursts = Math.floor((sinceMs - seriesMs) / burstEveryMs);
  let edgeMs = seriesMs + bursts * burstEveryMs;
  const nextBurstMs = edgeMs + burstEveryMs;
  if (bursts < pattern[SignalField.bursts]) {
    for (let place = SignalField.pausesMs; place <= pattern.length; place++) {
      edgeMs += pattern[SignalField.pulseMs];
      signal.sounds = sinceMs < edgeMs;
      if (!signal.sounds) if (place < pattern.length) edgeMs += pattern[place];
      if (sinceMs < edgeMs) return edgeMs;
    }
  }
  if (bursts + 1 < pattern[SignalField.bursts]) return nextBurstMs;
  return seriesMs + everyMs;
}

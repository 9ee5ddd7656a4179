import { SignalField, SIGNALS } from "../../../src/safety/alarm-signal";
import type { AlarmPriority } from "../../../src/safety/alarm-table";

/** The numbers of a signal's pattern under their names. */
export interface SignalPattern extends Record<Exclude<keyof typeof SignalField, "pausesMs">, number> {
  readonly pulses: number;
  readonly pausesMs: readonly number[];
}

/** What an alarm of this priority sounds and looks like. */
export function patternOf(priority: AlarmPriority): SignalPattern {
  const row = SIGNALS[priority] ?? [];
  const pausesMs = row.slice(SignalField.pausesMs);
  const field = (place: SignalField): number => {
    const value = row[place];
    if (value === undefined) throw new Error(`the signal of priority ${priority} has no ${SignalField[place]}`);
    return value;
  };
  return {
    pulses: pausesMs.length + 1,
    pausesMs,
    pulseMs: field(SignalField.pulseMs),
    burstEveryMs: field(SignalField.burstEveryMs),
    bursts: field(SignalField.bursts),
    seriesEveryMs: field(SignalField.seriesEveryMs),
    lightOnMs: field(SignalField.lightOnMs),
    lightOffMs: field(SignalField.lightOffMs),
  };
}

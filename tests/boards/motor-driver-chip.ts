import type { StepperPins } from "./board-code";
import type { Edge } from "./fake-devicescript";
import { coilsOn, enableOn, ONE_SHOT_US, oneShotOn } from "./one-shot";
import type { Span } from "./one-shot";

/** What a STEP/DIR driver asks of its inputs, all in µs. */
export interface MotorDriverChip {
  readonly name: string;
  /** Shortest time of STEP high, and low. */
  readonly stepHighUs: number;
  readonly stepLowUs: number;
  /** For how long DIR has to stand still before a rising edge of STEP, and behind it. */
  readonly dirSetupUs: number;
  readonly dirHoldUs: number;
  /** From the enable input to the first STEP; the time to wake from sleep, where the enable circuit uses that input. */
  readonly enableUs: number;
}

/**
 * Allegro A4988 data sheet, "Timing" figure and table: t_A, t_B 1 µs, t_C, t_D 200 ns, 1 ms from SLEEP to STEP. Texas Instruments DRV8825
 * SLVSA73F, 6.6 timing requirements: t_WH(STEP), t_WL(STEP) 1.9 µs, t_SU, t_H 650 ns, t_WAKE 1.7 ms. Trinamic TMC2209 rev. 1.09, 13.1: STEP
 * high and low 100 ns, DIR 20 ns before and behind; it has no sleep.
 */
export const MOTOR_DRIVERS: readonly MotorDriverChip[] = [
  { name: "A4988", stepHighUs: 1, stepLowUs: 1, dirSetupUs: 0.2, dirHoldUs: 0.2, enableUs: 1000 },
  { name: "DRV8825", stepHighUs: 1.9, stepLowUs: 1.9, dirSetupUs: 0.65, dirHoldUs: 0.65, enableUs: 1700 },
  { name: "TMC2209", stepHighUs: 0.1, stepLowUs: 0.1, dirSetupUs: 0.02, dirHoldUs: 0.02, enableUs: 0 },
];

/** What the pins have done that `chip` behind the one-shot does not allow; each in words. */
export function violations(chip: MotorDriverChip, pins: StepperPins): string[] {
  const found: string[] = [];
  const step = pins.step.edges;
  step.forEach((edge, i) => {
    const next = step[i + 1];
    const leastUs = edge.high ? chip.stepHighUs : chip.stepLowUs;
    if (next !== undefined && next.atUs - edge.atUs < leastUs)
      found.push(`STEP ${edge.high ? "high" : "low"} for ${next.atUs - edge.atUs} µs at ${edge.atUs}`);
  });
  const coils = coilsOn(pins, ONE_SHOT_US.shortest);
  for (const { atUs, high } of step) {
    if (!high) continue;
    for (const dir of pins.dir.edges)
      if (atUs - dir.atUs < chip.dirSetupUs && dir.atUs - atUs < chip.dirHoldUs) found.push(`DIR moves at ${dir.atUs}`);
    const span = coils.find(({ fromUs, toUs }) => fromUs <= atUs && atUs < toUs);
    if (span === undefined) found.push(`STEP without current at ${atUs}`);
    else if (atUs - span.fromUs < chip.enableUs) found.push(`STEP ${atUs - span.fromUs} µs behind EN at ${atUs}`);
  }
  return [...found, ...enabledInVain(pins)];
}

/** EN that is on while the shortest one-shot has already taken the current away. */
function enabledInVain(pins: StepperPins): string[] {
  // The beat follows EN by a call or two of the runtime.
  const beatLagUs = 200;
  const beats = oneShotOn(pins.heartbeat.edges, ONE_SHOT_US.shortest);
  const covered = ({ fromUs, toUs }: Span): boolean =>
    beats.some((beat) => beat.fromUs - beatLagUs <= fromUs && toUs <= beat.toUs);
  return enableOn(pins.enable.edges)
    .filter((span) => !covered(span))
    .map(({ fromUs, toUs }) => `EN on from ${fromUs} to ${toUs} without a beat in every ${ONE_SHOT_US.shortest} µs`);
}

/** STEP, DIR, EN and HEARTBEAT drawn by hand, for tests of the fakes themselves: edges as [µs, level]. */
export function drawn(edges: Partial<Record<keyof StepperPins, readonly (readonly [number, 0 | 1])[]>>): StepperPins {
  const pin = (name: keyof StepperPins): { edges: Edge[] } => ({
    edges: (edges[name] ?? []).map(([atUs, level]) => ({ atUs, high: level === 1 })),
  });
  return { step: pin("step"), dir: pin("dir"), enable: pin("enable"), heartbeat: pin("heartbeat") } as StepperPins;
}

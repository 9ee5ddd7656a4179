// The ranges of IEC 60601-1-8 are from memory; those of the light from Open PCA R6.4.2(2).
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AlarmSignal } from "../../../src/safety/alarm-signal";
import { AlarmPriority } from "../../../src/safety/alarm-table";
import { NEVER_MS } from "../../../src/units";
import { patternOf } from "./signal-pattern";

const { none, low, medium, high } = AlarmPriority;

/** A stretch of time in which the sound, or the light, is on. */
type Stretch = readonly [fromMs: number, toMs: number];

/** When a signal sounds and is lit in its first `untilMs`, walked as a player walks it: from change to change. */
function played(priority: AlarmPriority, untilMs: number, silenced = false): { sound: Stretch[]; light: Stretch[] } {
  const signal = new AlarmSignal();
  const sound: Stretch[] = [];
  const light: Stretch[] = [];
  for (let atMs = 0; atMs < untilMs; atMs = signal.nextMs) {
    signal.lookAt(priority, silenced, atMs);
    if (signal.sounds) extend(sound, atMs, signal.nextMs);
    if (signal.lit) extend(light, atMs, signal.nextMs);
  }
  return { sound, light };
}

function extend(stretches: Stretch[], fromMs: number, toMs: number): void {
  const last = stretches.at(-1);
  if (last?.[1] === fromMs) stretches[stretches.length - 1] = [last[0], toMs];
  else stretches.push([fromMs, toMs]);
}

/** Lengths of the sounds and of the pauses behind all but the last of them. */
function rhythm(sound: readonly Stretch[]): { pulses: number[]; pauses: number[] } {
  return {
    pulses: sound.map(([from, to]) => to - from),
    pauses: sound.slice(1).map(([from], index) => from - (sound[index]?.[1] ?? NaN)),
  };
}

function within(values: readonly number[], least: number, most: number): void {
  expect(Math.min(...values)).toBeGreaterThanOrEqual(least);
  expect(Math.max(...values)).toBeLessThanOrEqual(most);
}

describe("the sound of one burst (ALM-008)", () => {
  test("high: ten pulses of 75 to 200 ms in groups of 3, 2, 3, 2", () => {
    const { pulses, pauses } = rhythm(played(high, 9000).sound);
    expect(pulses).toHaveLength(10);
    within(pulses, 75, 200);
    const between = pauses[4] ?? 0;
    const groups = [pauses[2] ?? 0, pauses[7] ?? 0];
    const inGroups = pauses.filter((_, index) => ![2, 4, 7].includes(index));
    within(inGroups, 50, 125);
    expect(new Set(inGroups).size).toBe(1);
    // Between the groups of 3 and 2: two pauses and a pulse; between the halves 0.35 to 1.3 s.
    for (const pause of groups) expect(pause).toBe(2 * (inGroups[0] ?? 0) + (pulses[0] ?? 0));
    within([between], 350, 1300);
  });

  test("medium: three pulses, low: two, of 125 to 250 ms, with pauses alike", () => {
    for (const [priority, count] of [
      [medium, 3],
      [low, 2],
    ] as const) {
      const { pulses, pauses } = rhythm(played(priority, 9000).sound);
      expect(pulses).toHaveLength(count);
      within(pulses, 125, 250);
      within(pauses, 125, 250);
    }
  });
});

describe("bursts and series (ALM-008)", () => {
  test.each([
    { name: "high", priority: high, mostMs: 15000, seriesMs: 600000 },
    { name: "medium", priority: medium, mostMs: 30000, seriesMs: 600000 },
    { name: "low", priority: low, mostMs: 0, seriesMs: 3600000 },
  ])("$name", ({ priority, mostMs, seriesMs }) => {
    const { pulses, bursts } = patternOf(priority);
    const { sound } = played(priority, 3 * seriesMs);
    expect(sound).toHaveLength(3 * bursts * pulses);
    const starts = sound.filter((_, index) => index % pulses === 0).map(([from]) => from);
    const ends = sound.filter((_, index) => index % pulses === pulses - 1).map(([, to]) => to);
    starts.forEach((start, index) => {
      if (index === 0) return;
      // Whichever way the standard counts: from start to start, or from end to start.
      if (index % bursts !== 0)
        within([start - (starts[index - 1] ?? 0), start - (ends[index - 1] ?? 0)], 2500, mostMs);
      else expect(start - (starts[index - bursts] ?? 0)).toBe(seriesMs);
    });
    // A low one comes alone, a critical one for about a minute.
    if (priority === low) expect(bursts).toBe(1);
    else within([(ends[bursts - 1] ?? 0) - (starts[0] ?? 0)], 45000, 60000);
  });
});

describe("the light (ALM-008)", () => {
  test.each([
    { name: "high: 1.4 to 2.8 Hz, on for 20 to 80 %", priority: high, hz: [1.4, 2.8], duty: [0.2, 0.8] },
    { name: "medium: 0.4 to 0.8 Hz, on for 20 to 60 %", priority: medium, hz: [0.4, 0.8], duty: [0.2, 0.6] },
  ])("$name", ({ priority, hz, duty }) => {
    const { light } = played(priority, 1200000, true);
    within([light.length / 1200], hz[0] ?? 0, hz[1] ?? 0);
    const onMs = light.reduce((sum, [from, to]) => sum + to - from, 0);
    within([onMs / 1200000], duty[0] ?? 0, duty[1] ?? 0);
  });

  test("low: constant; none: dark and silent for good, and nothing that a player would wake for", () => {
    const signal = new AlarmSignal();
    signal.lookAt(low, true, 12345);
    expect(signal).toMatchObject({ lit: true, sounds: false, nextMs: NEVER_MS });
    signal.lookAt(none, false, 12345);
    expect(signal).toMatchObject({ lit: false, sounds: false, nextMs: NEVER_MS });
  });
});

test("at any instant: what is said holds until the next change and not longer, whatever was asked before; silence changes no light", () => {
  const reused = new AlarmSignal();
  fc.assert(
    fc.property(
      fc.constantFrom(low, medium, high),
      fc.boolean(),
      fc.oneof(fc.nat(20000), fc.nat(4000000), fc.integer({ min: 0, max: 2 ** 42 })),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (priority, silenced, sinceMs, part) => {
        reused.lookAt(priority, silenced, sinceMs);
        const { sounds, lit, nextMs } = reused;
        const at = new AlarmSignal();
        if (nextMs === NEVER_MS) expect([priority, silenced]).toEqual([low, true]);
        else {
          expect(nextMs).toBeGreaterThan(sinceMs);
          at.lookAt(priority, silenced, sinceMs + Math.floor(part * (nextMs - 1 - sinceMs)));
          expect(at).toEqual(reused);
          at.lookAt(priority, silenced, nextMs);
          expect([at.sounds, at.lit]).not.toEqual([sounds, lit]);
        }
        at.lookAt(priority, !silenced, sinceMs);
        expect(at.lit).toBe(lit);
        expect(sounds && silenced).toBe(false);
      },
    ),
    { numRuns: 2000 },
  );
});

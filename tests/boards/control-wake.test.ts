import { expect, test } from "vitest";
import { PumpBench } from "./pump-bench";
import { countUserCalls } from "./user-calls";
import type { CallCount } from "./user-calls";

/** At about 0.1 ms a call on an RP2040, a control wake stays under 5 ms. */
const MOST_CALLS = 40;

/** `beforeSleep` of the shell's observer, which here is the bench's own. */
const OBSERVER_CALLS = 1;

function total(counts: readonly CallCount[]): number {
  return counts.reduce((sum, { calls }) => sum + calls, OBSERVER_CALLS);
}

function breakdown(counts: readonly CallCount[]): string {
  return counts.map(({ name, calls }) => `${String(calls).padStart(4)}  ${name}`).join("\n");
}

/** A pump in the middle of its therapy, standing 1 ms before its next basal stroke falls due; a bolus runs when asked for. */
async function beforeStroke(bolusRuns: boolean): Promise<PumpBench> {
  const bench = new PumpBench();
  await bench.startTherapy();
  await bench.runTo(30 * 60000);
  if (bolusRuns) await bench.press(bench.clock.nowMs());
  await bench.runTo(bench.clock.nowMs() + 60000);
  while (bench.pump.delivery.outstanding.strokes > 0) await bench.runTo(bench.clock.nowMs() + 1);
  await bench.runTo(bench.nextWakeMs - 1);
  return bench;
}

test.each([
  { name: "a basal stroke", bolusRuns: false },
  { name: "a stroke while a bolus runs", bolusRuns: true },
])(
  "the control wake of $name, and that of its report, make at most 40 user calls (SAF-008)",
  async ({ name, bolusRuns }) => {
    const bench = await beforeStroke(bolusRuns);
    const { delivery } = bench.pump;
    const strokes = delivery.totalStrokes;

    const ofStroke = await countUserCalls(() => bench.runTo(bench.nextWakeMs));
    expect(delivery.totalStrokes).toBe(strokes + 1);
    expect(delivery.outstanding.strokes).toBe(1);

    // 16 pulses in 3 + 15 x 2 ms, then the motor is held for 50 ms.
    await bench.runTo(bench.clock.nowMs() + 3 + 30 + 50 - 1);
    const ofReport = await countUserCalls(() => bench.runTo(bench.clock.nowMs() + 1));
    expect(delivery.outstanding.strokes).toBe(0);

    console.log(`user calls of ${name}: ${total(ofStroke)} in its wake, ${total(ofReport)} in the wake of its report`);
    expect(total(ofStroke), breakdown(ofStroke)).toBeLessThanOrEqual(MOST_CALLS);
    expect(total(ofReport), breakdown(ofReport)).toBeLessThanOrEqual(MOST_CALLS);
    // A measure that counts nothing would pass.
    expect(ofStroke).toContainEqual({ name: "src/control-loop:turn", calls: 1 });
    expect(ofReport).toContainEqual({ name: "src/delivery/delivery:reported", calls: 1 });
  },
);

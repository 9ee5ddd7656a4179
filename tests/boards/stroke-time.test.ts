import { expect, test } from "vitest";
import { longestStrokeMs } from "../../src/motion/stroke-time";
import { StepperBench } from "./stepper-bench";

const PULSES = [1, 2, 3, 5, 8, 16, 32, 64, 100];
const INTERVALS_MS = [1, 2, 3, 5, 7, 9, 10, 11, 12, 15, 19, 20, 21, 30];
const STROKES = 5;

/** From the command to the report of the last stroke, in ms, and what the core allows for it. */
async function timeOf(pulses: number, intervalMs: number, gridUs: number, wakeGridMs: number): Promise<number[]> {
  const bench = new StepperBench(pulses, intervalMs, { gridUs });
  let orderedUs = 0;
  await bench.at(1300, () => {
    orderedUs = bench.board.nowUs;
    bench.order(STROKES);
  });
  let doneUs = 0;
  while (bench.reported() < STROKES) {
    await bench.board.run(1);
    doneUs = (bench.reports.at(-1)?.atMs ?? 0) * 1000;
  }
  return [(doneUs - orderedUs) / 1000, STROKES * longestStrokeMs(pulses, intervalMs, wakeGridMs)];
}

test.each([
  { name: "1 ms", gridUs: 1000, wakeGridMs: 1 },
  { name: "10 ms", gridUs: 10000, wakeGridMs: 10 },
  { name: "1 ms, and 900 pulses/s is all it gives", gridUs: 1111, wakeGridMs: 1 },
  { name: "10 ms, and 90 pulses/s is all it gives", gridUs: 11111, wakeGridMs: 10 },
])("strokes take no longer than the rate limits are worked out from, on a grid of $name", async (grid) => {
  const tooSlow: string[] = [];
  for (const pulses of PULSES) {
    for (const intervalMs of INTERVALS_MS) {
      const [tookMs = 0, allowedMs = 0] = await timeOf(pulses, intervalMs, grid.gridUs, grid.wakeGridMs);
      if (tookMs > allowedMs) tooSlow.push(`${pulses} pulses, ${intervalMs} ms: ${tookMs} > ${allowedMs} ms`);
    }
  }
  expect(tooSlow).toStrictEqual([]);
});

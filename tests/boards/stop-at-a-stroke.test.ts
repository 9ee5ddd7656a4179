import { expect, test } from "vitest";
import { breatheBy } from "../../src/breath";
import { EventKind } from "../../src/events";
import { JournalCode } from "../../src/record/journal";
import { GuardTrip } from "../../src/safety/guard";
import { PumpBench } from "./pump-bench";

/** Time of the stroke around which the stops come, in ms, and how far they lie apart. */
const AROUND_MS = 40;

test.each([1, 10])(
  "a stop around a stroke, at every millisecond, on a wake grid of %i ms, never makes the guard trip, and therapy starts again (SAF-021)",
  async (gridMs) => {
    const first = new PumpBench({ gridUs: 1000 * gridMs });
    await first.startTherapy();
    await first.runTo(20000);
    const strokeMs = first.pump.deadlineMs;
    for (let offsetMs = -AROUND_MS; offsetMs <= AROUND_MS; offsetMs++) {
      const bench = new PumpBench({ gridUs: 1000 * gridMs });
      await bench.startTherapy();
      // It comes between two wakes, and the same wake serves both.
      await bench.runTo(strokeMs + offsetMs - 1);
      bench.loop.inbox.add(EventKind.stop, strokeMs + offsetMs, 0, 0, 0);
      await bench.runTo(strokeMs + 2000);
      expect(bench.pump.guard.trip, `stop ${offsetMs} ms from the stroke`).toBe(GuardTrip.none);
      await bench.give(strokeMs + 3000, EventKind.start);
      await bench.runTo(strokeMs + 4000);
      const refusals = bench.entries.filter(([code]) => code === JournalCode.startRefused).map(([, , why]) => why);
      expect(refusals).toEqual([]);
    }
  },
);

test("a stop in the wake of a stroke: the motor's fiber, which works while the core takes a breath, has nothing to begin any more (SAF-021)", async () => {
  const first = new PumpBench();
  await first.startTherapy();
  await first.runTo(20000);
  const strokeMs = first.pump.deadlineMs;
  const bench = new PumpBench();
  const guard = bench.pump.guard;
  await bench.startTherapy();
  await bench.runTo(strokeMs - 1);
  bench.loop.inbox.add(EventKind.stop, strokeMs, 0, 0, 0);
  let breaths = 0;
  breatheBy(() => {
    breaths++;
    // What a stroke that waits begins with.
    if (guard.waiting !== 0) guard.permits(strokeMs);
  });
  await bench.runTo(strokeMs + 2000);
  breatheBy(() => undefined);
  expect(breaths).toBeGreaterThan(0);
  expect(guard.trip).toBe(GuardTrip.none);
});

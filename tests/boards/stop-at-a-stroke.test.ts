import { expect, test } from "vitest";
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

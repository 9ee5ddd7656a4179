import { describe, expect, test } from "vitest";
import { boardCode } from "./board-code";
import type { Edge } from "./fake-devicescript";
import { allDay, BENCH_THERAPY, PumpBench } from "./pump-bench";

const MIN_US = 60000000;
const HOUR_MS = 3600000;

/**
 * Texas Instruments TPL5010 (SNAS651A): intervals follow one another, each wants a rising edge at DONE that is not in its last 20 ms and stays
 * for 100 ns; else RSTn goes low at its end. The interval is what the resistor sets, 1 % less or more.
 */
class Tpl5010 {
  constructor(private readonly intervalUs: number) {}

  /** When it resets the board for the first time, in µs; undefined: not until `toUs`. */
  firstResetUs(done: readonly Edge[], toUs: number): number | undefined {
    const rises = done.filter(({ atUs, high }, i) => high && (done[i + 1]?.atUs ?? Infinity) - atUs >= 0.1);
    for (let endUs = this.intervalUs; endUs <= toUs; endUs += this.intervalUs)
      if (!rises.some(({ atUs }) => atUs >= endUs - this.intervalUs && atUs < endUs - 20000)) return endUs;
    return undefined;
  }
}

const CHIPS = [0.99, 1, 1.01].map((tolerance) => ({ tolerance, chip: new Tpl5010(10 * MIN_US * tolerance) }));

async function supervised(lateness?: (turnUs: number) => number, nlPerDay = 0): Promise<PumpBench> {
  const bench = new PumpBench({ gridUs: 10000, pinCallUs: 2, ...(lateness === undefined ? {} : { lateness }) });
  const done = bench.board.pin();
  boardCode.superviseBy(done, bench.shell);
  await bench.startTherapy({ ...BENCH_THERAPY, ...allDay(nlPerDay) });
  return bench;
}

describe.each(CHIPS)("a supervisor of 10 min x $tolerance", ({ chip }) => {
  test.each([0, 24000, 8000000])(
    "hears of a pump at %i nL/day in each of its intervals (DRV-007)",
    async (nlPerDay) => {
      const bench = await supervised(undefined, nlPerDay);
      await bench.runTo(6 * HOUR_MS);
      expect(chip.firstResetUs(bench.shell.done.edges, bench.board.nowUs)).toBeUndefined();
    },
  );

  test("resets a board whose program hangs, within two intervals (DRV-007)", async () => {
    let hangsFromUs = Infinity;
    const bench = await supervised((turnUs) => (turnUs > hangsFromUs ? 1e12 : 0));
    hangsFromUs = 2 * HOUR_MS * 1000;
    await bench.runTo(4 * HOUR_MS);
    const resetUs = chip.firstResetUs(bench.shell.done.edges, 4 * HOUR_MS * 1000) ?? Infinity;
    expect(resetUs).toBeGreaterThan(hangsFromUs);
    expect(resetUs).toBeLessThan(hangsFromUs + 21 * MIN_US);
  });
});

test("the supervisor's fake wants a rising edge in every interval, and not at its end", () => {
  const chip = new Tpl5010(1000000);
  const pulse = (atUs: number, widthUs: number): Edge[] => [
    { atUs, high: true },
    { atUs: atUs + widthUs, high: false },
  ];
  expect(chip.firstResetUs([], 3000000)).toBe(1000000);
  expect(chip.firstResetUs([{ atUs: 10, high: true }], 3000000)).toBe(2000000);
  expect(chip.firstResetUs([...pulse(500000, 2), ...pulse(1985000, 2)], 3000000)).toBe(2000000);
  expect(chip.firstResetUs([...pulse(500000, 2), ...pulse(1500000, 0.05)], 3000000)).toBe(2000000);
  expect(chip.firstResetUs([...pulse(500000, 2), ...pulse(1500000, 2)], 2999999)).toBeUndefined();
});

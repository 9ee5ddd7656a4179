import { describe, expect, test } from "vitest";
import { BolusEnd } from "../../src/delivery/bolus-run";
import { EventKind } from "../../src/events";
import { JournalCode } from "../../src/record/journal";
import { AlarmKind } from "../../src/safety/alarm-kind";
import { AlarmPriority } from "../../src/safety/alarm-table";
import { FaultKind } from "../../src/safety/fault";
import { allDay, BENCH_THERAPY, PumpBench } from "./pump-bench";
import type { Entry } from "./pump-bench";
import { BENCH_PUMP } from "./stepper-bench";

const HOUR_MS = 3600000;
const MIN_MS = 60000;
/** See `pulse-stepper.test`: an RP2040 without a peer. */
const WRAP_MS = 4294967;

/** An hour with two granted boluses, one that is refused, a stop and a start. Instants are whole seconds of core time. */
async function hourOfTherapy(gridUs: number): Promise<PumpBench> {
  const bench = new PumpBench({ gridUs });
  await bench.startTherapy();
  await bench.press(5 * MIN_MS);
  await bench.press(8 * MIN_MS);
  await bench.give(25 * MIN_MS, EventKind.stop);
  await bench.give(28 * MIN_MS, EventKind.start);
  await bench.press(40 * MIN_MS);
  await bench.runTo(HOUR_MS);
  return bench;
}

describe("the shell with control loop, pump and pulse stepper", () => {
  test("an hour of therapy gives the same journal and the same pulses on a grid of 1 ms and of 10 ms", async () => {
    const fine = await hourOfTherapy(1000);
    const coarse = await hourOfTherapy(10000);
    // What the motor reports of itself comes when it comes.
    const ownReports = ([code]: Entry): boolean => code !== EventKind.moved;
    expect(coarse.entries.filter(ownReports)).toStrictEqual(fine.entries.filter(ownReports));
    expect(fine.of(JournalCode.bolusGranted)).toHaveLength(2);
    expect(fine.of(JournalCode.bolusDenied)).toHaveLength(1);
    expect(fine.of(JournalCode.fault)).toHaveLength(0);
    expect(fine.pump.delivery.totalStrokes).toBeGreaterThan(1200);
    // The last stroke may still be under way on one of them.
    const whole = fine.pump.delivery.totalStrokes - fine.pump.delivery.outstanding.strokes;
    expect(Math.floor(fine.pulses() / 16)).toBe(whole);
    expect(Math.abs(coarse.pulses() - fine.pulses())).toBeLessThanOrEqual(16);
  });

  test("at the highest rate that the pump may have, no stroke is given up and none is left over", async () => {
    const strokeMs = 235;
    const rateNlPerDay = Math.floor(86400000 / strokeMs) * 300;
    const config = { ...BENCH_PUMP, maxRateNlPerDay: rateNlPerDay, maxWindowNl: 1000000000 };
    const bench = new PumpBench({ gridUs: 11111 }, config);
    const windowLimitNl = 130000000;
    await bench.startTherapy({
      ...BENCH_THERAPY,
      ...allDay(rateNlPerDay),
      bolusNl: 0,
      windowMs: 86400000,
      windowLimitNl,
    });
    await bench.runTo(10 * MIN_MS);
    expect(bench.pump.delivery.totalStrokes).toBeGreaterThan(2500);
    expect(bench.of(EventKind.moved)).toStrictEqual([]);
    expect(bench.pump.fault).toBe(FaultKind.none);
    expect(bench.pump.delivery.outstanding.strokes).toBeLessThanOrEqual(2);
  });

  test("a wake 71 minutes late forfeits, ends the bolus, and nothing is delivered late", async () => {
    let lateAtUs = Infinity;
    const lateness = (turnUs: number): number => {
      if (turnUs < lateAtUs) return 0;
      lateAtUs = Infinity;
      return WRAP_MS * 1000;
    };
    const bench = new PumpBench({ lateness });
    await bench.startTherapy();
    await bench.press(2 * MIN_MS);
    await bench.runTo(5 * MIN_MS);
    const before = { strokes: bench.pump.delivery.totalStrokes, pulses: bench.pulses() };
    lateAtUs = bench.board.nowUs;
    await bench.runTo(bench.clock.nowMs() + 5000);

    expect(bench.clock.nowMs()).toBeGreaterThan(WRAP_MS);
    const [forfeit = []] = bench.of(JournalCode.forfeited);
    // 71 minutes of 8 mL/day, and the 7 min that a bolus of 50 µL in 10 min had left.
    const orderedNl = (8000000 * WRAP_MS) / 86400000 + 35000;
    expect(forfeit[2]).toBeGreaterThan(orderedNl * 0.999);
    expect(forfeit[2]).toBeLessThan(orderedNl * 1.001 + 300);
    expect(bench.of(JournalCode.bolusEnded).map((entry) => entry[3])).toStrictEqual([BolusEnd.controlLate]);
    expect(bench.of(JournalCode.alarmRaised).map((entry) => entry[2])).toStrictEqual([AlarmKind.controlLate]);
    expect(bench.pump.delivery.totalStrokes).toBe(before.strokes);
    expect(bench.pulses()).toBe(before.pulses);

    // Basal goes on from here: a minute of it is 18.5 strokes, and up to one was owed already.
    const resumedMs = bench.clock.nowMs();
    await bench.runTo(resumedMs + MIN_MS);
    const strokes = bench.pump.delivery.totalStrokes - before.strokes;
    expect(strokes).toBeGreaterThanOrEqual(18);
    expect(strokes).toBeLessThanOrEqual(19);
  });

  test("the motor's fiber 71 minutes late: the stroke is given up, the bolus ends, no pulse comes late", async () => {
    let armed = false;
    const bench = new PumpBench({
      lateness: () => {
        if (!armed || bench.pins.enable.high) return 0;
        armed = false;
        return WRAP_MS * 1000;
      },
    });
    await bench.startTherapy();
    await bench.press(2 * MIN_MS);
    await bench.runTo(5 * MIN_MS);
    armed = true;
    await bench.runTo(10 * MIN_MS);
    const pulsesUs = bench.pins.step.risesUs();
    const stallEndUs = bench.board.nowUs;
    expect(bench.of(JournalCode.bolusEnded).map((entry) => entry[3])).toStrictEqual([BolusEnd.controlLate]);
    expect(bench.of(EventKind.moved)).toHaveLength(1);
    expect(pulsesUs.every((us) => us < stallEndUs - 1000000)).toBe(true);
    expect(bench.pump.fault).toBe(FaultKind.none);
  });

  test("a press is served in the turn of the main loop in which it comes, though the next deadline is far", async () => {
    const bench = new PumpBench();
    await bench.startTherapy({ ...BENCH_THERAPY, ...allDay(0) });
    await bench.runTo(1000);
    expect(bench.nextWakeMs).toBeGreaterThan(300000);
    await bench.press(100000);
    await bench.runTo(100080);
    expect(bench.of(JournalCode.bolusGranted).map(([, atMs]) => atMs)).toStrictEqual([100080]);
  });

  test("a key that stays down asks for one bolus, is an alarm that is heard and seen, and ends when it is up and acknowledged", async () => {
    const bench = new PumpBench();
    await bench.startTherapy();
    await bench.runTo(1000);
    bench.button.down();
    for (let holdMs = 1500; holdMs <= 12000; holdMs += 500) {
      await bench.runTo(holdMs);
      bench.board.start(() => bench.button.hold());
    }
    await bench.runTo(20000);
    expect(bench.of(EventKind.requestBolus)).toHaveLength(1);
    expect(bench.of(JournalCode.alarmRaised).map(([, atMs, a]) => [atMs, a])).toStrictEqual([
      [11000, AlarmKind.stuckKey],
    ]);
    // One is the self-test.
    expect(bench.buzzer.risesUs()).toHaveLength(1 + 2);
    expect(bench.light.high).toBe(true);
    await bench.give(20000, EventKind.acknowledge);
    await bench.runTo(21000);
    expect(bench.light.high).toBe(true);
    bench.board.start(() => bench.button.up());
    await bench.give(22000, EventKind.acknowledge);
    await bench.runTo(23000);
    expect(bench.light.high).toBe(false);
    expect(bench.of(JournalCode.alarmCleared)).toHaveLength(1);
  });

  test("an alarm that sounds and blinks moves no pulse of the motor", async () => {
    const pulsesUs = async (priority: AlarmPriority): Promise<number[]> => {
      const bench = new PumpBench();
      await bench.startTherapy();
      await bench.runTo(1000);
      bench.board.start(() => bench.annunciator.show(priority, -1, false, 1000));
      await bench.runTo(2 * MIN_MS);
      expect(bench.buzzer.risesUs()).toHaveLength(1 + (priority === AlarmPriority.high ? 60 : 0));
      return bench.pins.step.risesUs();
    };
    const silent = await pulsesUs(AlarmPriority.none);
    expect(silent.length).toBeGreaterThan(500);
    expect(await pulsesUs(AlarmPriority.high)).toStrictEqual(silent);
  });
});

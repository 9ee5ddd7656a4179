import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EventKind } from "../../../src/events";
import { JournalCode, StartRefusal } from "../../../src/record/journal";
import { AlarmKind } from "../../../src/safety/alarm-kind";
import { FaultKind } from "../../../src/safety/fault";
import { StrokeVolume } from "../../../src/motion/stroke";
import { PoweredPump } from "../../src/powered-pump";
import { found } from "../../src/record/found";
import { Fram } from "../../src/record/fram";
import { drugs, prescribed, program, REFERENCE_PRESCRIPTION, REFERENCE_PUMP } from "../../src/reference-pump";
import { PowerCut } from "../i2c/fake-i2c-bus";
import { PER_STROKE, PURGED_PUMP, PurgeBench } from "./purge-bench";

const STROKE = new StrokeVolume(PURGED_PUMP);
const HOUR_MS = 3600000;
/** The watchdog of an ESP32, in us. */
const WATCHDOG_US = 5000000;

/** A pump under therapy; a demand bolus is under way. */
function pumpAtWork(): PoweredPump {
  const pump = new PoweredPump().begin().pass(2 * HOUR_MS);
  return pump.do(EventKind.requestBolus, { id: 1 }).pass(60000);
}

/** The therapy program starts with what the purge has left. */
function afterwards(image: readonly number[]): PoweredPump {
  return new PoweredPump({ fram: new Fram(image) });
}

/** A purge of a memory: the button is held for `heldMs`, let go, and the power fails after `runMs` in all. */
async function purged(image: readonly number[], heldMs: number, runMs = heldMs + 3000): Promise<PurgeBench> {
  const bench = new PurgeBench({ image, tone: { latencyUs: () => 3000, isShort: true } });
  await bench.run(1000);
  await bench.hold(Math.min(heldMs, runMs));
  await bench.run(Math.max(0, runMs - heldMs));
  return bench;
}

const strokesMade = (bench: PurgeBench, atUs = Infinity): number => Math.ceil(bench.server.made(atUs) / PER_STROKE);

test("behind a purge therapy finds its prescription out of force and a residual that is not too high (DRV-011)", async () => {
  const before = pumpAtWork();
  const image = before.fram.imageAfter(Infinity);
  const bench = await purged(image, 5000);
  const made = strokesMade(bench);
  expect(made).toBeGreaterThan(200);

  const after = afterwards(bench.image());
  expect(after.pump.fault).toBe(FaultKind.none);
  const restarted = afterwards(image);
  const counted = after.counted - restarted.counted;
  expect(counted).toBeGreaterThanOrEqual(made);
  expect(counted).toBeLessThan(1.06 * made);
  const { reservoir } = after.pump.delivery;
  expect(reservoir.contentNl()).toBeLessThanOrEqual(
    restarted.pump.delivery.reservoir.contentNl() - STROKE.volumeNl(made),
  );
  expect(reservoir.contentNl() + reservoir.bandNl()).toBeGreaterThanOrEqual(
    restarted.pump.delivery.reservoir.contentNl() - STROKE.volumeRoundedUpNl(made),
  );
  expect(after.pump.delivery.patientStrokes, "nobody got it").toBe(restarted.pump.delivery.patientStrokes);

  expect(after.told(JournalCode.poweredOn)[0]?.slice(1, 3), "of another program").toEqual([expect.anything(), 2]);
  after.do(EventKind.start);
  expect(after.told(JournalCode.startRefused)[0]?.[1]).toBe(StartRefusal.noPrescription);
  for (const input of program(REFERENCE_PRESCRIPTION)) after.do(input.kind, input);
  after.do(EventKind.start).pass(HOUR_MS);
  expect(after.told(JournalCode.started)).toHaveLength(1);
  expect(after.made).toBeGreaterThan(10);
});

test("a purge on which nobody presses the button takes the prescription out of force too, and books nothing", async () => {
  const image = pumpAtWork().fram.imageAfter(Infinity);
  const bench = await purged(image, 0);
  const [was, is] = [found(image), found(bench.image())];
  expect([is.programmedAtMs, is.mode, is.reservedStrokes]).toEqual([-1, 0, 0]);
  expect(is.totalStrokes).toBe(was.totalStrokes + was.reservedStrokes);
  expect(is.patientStrokes).toBe(was.patientStrokes + was.reservedStrokes);
  expect(is.coreMs).toBe(was.coreMs);
  expect(is.grantsMs, "the bolus of before keeps its lockout").toEqual(was.grantsMs);
});

test("it does so by itself, should both builds have the same number", async () => {
  const image = pumpAtWork().fram.imageAfter(Infinity);
  expect(found(image).programmedAtMs).toBeGreaterThanOrEqual(0);
  const bench = new PurgeBench({ image, config: REFERENCE_PUMP });
  await bench.run(1000);
  const after = afterwards(bench.image());
  expect(found(bench.image())).toMatchObject({ programmedAtMs: -1, mode: 0 });
  after.do(EventKind.start);
  expect(after.told(JournalCode.startRefused)[0]?.[1]).toBe(StartRefusal.noPrescription);
});

test("at whatever moment a reset comes that nobody explains, what was booked and reserved covers the PWM until the watchdog (DRV-011)", async () => {
  const image = pumpAtWork().fram.imageAfter(Infinity);
  const before = afterwards(image).counted;
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1000, max: 4000 }), async (runMs) => {
      const bench = new PurgeBench({ image, tone: { latencyUs: () => 9000, isShort: true } });
      await bench.run(1000);
      await bench.hold(runMs - 1000);
      const made = strokesMade(bench, bench.board.nowUs + WATCHDOG_US);
      const after = afterwards(bench.image());
      expect(after.pump.fault).toBe(FaultKind.none);
      expect(after.counted - before).toBeGreaterThanOrEqual(made);
      expect(after.pump.delivery.patientStrokes).toBe(afterwards(image).pump.delivery.patientStrokes);
    }),
    { numRuns: 40 },
  );
});

test("with the power cut at any byte of a write the ledger is whole, the prescription in force or not, and what moved counted (DRV-011)", async () => {
  const image = pumpAtWork().fram.imageAfter(Infinity);
  const restarted = afterwards(image);
  let cuts = 0;
  for (let bytes = 1; bytes < 4000; bytes += bytes < 900 ? 23 : 211) {
    const bench = new PurgeBench({ image });
    bench.bus.bytesToCut = bytes;
    let isCut = false;
    try {
      await bench.run(1000);
      await bench.hold(4000);
    } catch (error) {
      if (!(error instanceof PowerCut)) throw error;
      isCut = true;
    }
    if (isCut) cuts++;
    const made = strokesMade(bench, bench.board.nowUs);
    const record = found(bench.image());
    const after = afterwards(bench.image());
    expect(after.pump.fault, `cut after ${bytes} bytes`).toBe(FaultKind.none);
    expect(after.counted - restarted.counted).toBeGreaterThanOrEqual(made);
    if (made > 0) expect(record.programmedAtMs).toBe(-1);
  }
  expect(cuts).toBeGreaterThan(40);
});

describe("what else the ledger says behind a purge", () => {
  test("the line counts as full, old fluid in it as not passed, and nothing as measured", async () => {
    const pump = new PoweredPump().begin().pass(HOUR_MS).do(EventKind.stop);
    pump.do(EventKind.deadVolumeEmpty, { count: 100000 });
    pump.do(EventKind.measureResidual, { count: pump.pump.delivery.reservoir.contentNl() });
    pump.do(EventKind.refill, { count: 20000000, values: drugs(20000) }).pass(1000);
    const was = found(pump.fram.imageAfter(Infinity));
    expect(was.oldStrokes).toBeGreaterThan(0);
    expect(was.emptyNl).toBe(100000);
    const is = found((await purged(pump.fram.imageAfter(Infinity), 2000)).image());
    expect(is.emptyNl).toBe(0);
    expect(is.oldStrokes).toBe(was.oldStrokes);
    expect(is.tip[0]).toBe(Math.max(was.tip[0] ?? 0, was.drugs[0] ?? 0));
    const after = afterwards((await purged(pump.fram.imageAfter(Infinity), 2000)).image());
    expect(after.pump.refill.isMeasured).toBe(false);
    for (const input of program(prescribed({}))) after.do(input.kind, input);
    after.do(EventKind.prime, { count: 10000 });
    expect(after.told(JournalCode.primeRefused)).toHaveLength(1);
  });

  test("a blank memory stays blank", async () => {
    const bench = await purged(new Array<number>(8192).fill(0), 2000);
    expect(strokesMade(bench)).toBeGreaterThan(50);
    expect(
      bench
        .image()
        .slice(0, 8191)
        .every((word) => word === 0),
    ).toBe(true);
    expect(bench.lines).toContain("no ledger here: measure or fill the reservoir afterwards");
  });

  test("a pump that was never filled is still one: it takes its first fill", async () => {
    const pump = new PoweredPump({ reservoirNl: 0 });
    pump.do(EventKind.measureResidual, { count: 0 }).pass(1000);
    const image = pump.fram.imageAfter(Infinity);
    expect(found(image).sequence).toBeGreaterThan(0);
    const after = new PoweredPump({ fram: new Fram((await purged(image, 2000)).image()), reservoirNl: 0 });
    after.do(EventKind.measureResidual, { count: 0 });
    after.do(EventKind.refill, { count: 20000000, values: drugs(10000) });
    expect(after.told(JournalCode.refilled)).toHaveLength(1);
  });

  test("purge behind purge counts both, and core time stands still", async () => {
    const image = pumpAtWork().fram.imageAfter(Infinity);
    const first = await purged(image, 1500);
    const second = await purged(first.image(), 1500);
    const is = found(second.image());
    expect(is.totalStrokes - found(image).totalStrokes).toBeGreaterThanOrEqual(
      strokesMade(first) + strokesMade(second),
    );
    expect(is.coreMs).toBe(found(image).coreMs);
  });
});

test("for the hard limit's window what was purged counts as moved: therapy is held back sooner, never later", async () => {
  const image = pumpAtWork().fram.imageAfter(Infinity);
  const bench = await purged(image, 5000);
  const [without, behind] = [afterwards(image), afterwards(bench.image())];
  expect(behind.pump.guard.window.strokes - without.pump.guard.window.strokes).toBeGreaterThanOrEqual(
    strokesMade(bench),
  );
  expect(behind.pump.guard.limitStrokes).toBe(without.pump.guard.limitStrokes);
  expect(behind.pump.reports.alarms.isActive(AlarmKind.memoryFault)).toBe(false);
  expect(REFERENCE_PUMP.program).not.toBe(PURGED_PUMP.program);
});

import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { EventKind } from "../../../src/events";
import type { Prescription } from "../../../src/prescription/prescription";
import { JournalCode } from "../../../src/record/journal";
import { AlarmKind } from "../../../src/safety/alarm-kind";
import { FaultKind } from "../../../src/safety/fault";
import type { EngineInput, PortSink } from "../../../sim/engines/engine";
import { plainInput } from "../../../sim/engines/engine";
import { expectRight } from "../checked-therapy";
import { DirectDrive } from "../direct-drive";
import { runTherapy } from "../loop-drive";
import { checkerFor } from "../random-therapy";
import type { Therapy } from "../random-therapy";
import { event, flexDay, prescribed, program, REFERENCE_PUMP } from "../reference-pump";
import { runs } from "../runs";

const HOUR_MS = 3600000;

/** Strokes of 30 nL: at the maximum rate one every 108 ms. */
const FINE_PUMP = { ...REFERENCE_PUMP, plPerRevolution: 6000000, strokeMs: 50 };
const NO_BASAL = prescribed({ basalNlPerDay: 0, minimumNlPerDay: 1000 });

/** The store reports the record that is being written. */
function storeReports(drive: DirectDrive, atMs: number): void {
  drive.hand(event(EventKind.stored, { id: drive.pump.record.sequence }), atMs);
  drive.runTo(atMs);
}

/** A pump with no basal; its bolus at 1,000 ms owes a stroke at 1,108 that waits for the bolus's record, and the store is silent. */
function withStrokeWaiting(untilMs: number): DirectDrive {
  const drive = new DirectDrive(FINE_PUMP).begin(NO_BASAL);
  drive.storeReports = false;
  expect(drive.order(1, 300000, 1000, 1000).code).toBe(JournalCode.bolusGranted);
  drive.runTo(untilMs);
  expect(drive.strokes).toBe(0);
  return drive;
}

describe("a stroke that is owed and waits for its record", () => {
  test("comes with it, although nothing is ordered any more (DEL-005)", () => {
    const drive = withStrokeWaiting(1110).program(prescribed({ basalNlPerDay: 0, bolusNl: 40000 }), 1110);
    storeReports(drive, 1112);
    expect(drive.strokes).toBe(1);
    // The record that knows of the confirmation, and of the stroke.
    storeReports(drive, 1117);
    drive.runTo(HOUR_MS);
    expect(drive.strokes).toBe(1);
    expect(drive.told(JournalCode.forfeited)).toEqual([]);
  });

  test("comes with the next, when the bolus began while one was being written (DEL-005)", () => {
    const drive = new DirectDrive(FINE_PUMP).begin(NO_BASAL);
    drive.storeReports = false;
    drive.program(NO_BASAL, 995);
    const written = drive.pump.record.sequence;
    drive.order(1, 300000, 1000, 1000);
    drive.program(prescribed({ basalNlPerDay: 0, bolusNl: 40000 }), 1110);
    drive.hand(event(EventKind.stored, { id: written }), 1112);
    expect(drive.runTo(1112).strokes).toBe(0);
    storeReports(drive, 1117);
    expect(drive.strokes).toBe(1);
  });

  test.each([
    ["a stop", event(EventKind.stop)],
    ["an alarm that stops the motor", event(EventKind.detected, { count: 1, detail: AlarmKind.occlusion })],
  ])("is given up at %s, told of, and not made up for by the next start (DEL-005)", (_what, still) => {
    const drive = withStrokeWaiting(1110).give(still, 1110);
    expect(drive.told(JournalCode.forfeited, 1)).toEqual([[1110, 30]]);
    storeReports(drive, 1112);
    drive.storeReports = true;
    storeReports(drive, 1117);
    drive.do(EventKind.detected, 2000, { detail: AlarmKind.occlusion }).do(EventKind.acknowledge, 2000);
    drive.do(EventKind.stop, 2000).do(EventKind.start, 2001);
    drive.runTo(HOUR_MS);
    expect(drive.strokes).toBe(0);
    // 1,110 ms less 1,108 were owed below a stroke: the next bolus's first comes so much earlier.
    drive.order(2, 300000, 1000, HOUR_MS);
    expect(drive.runTo(HOUR_MS + 105).strokes).toBe(0);
    expect(drive.runTo(HOUR_MS + 106).strokes).toBe(1);
  });

  test("of a prime is given up when another prescription ends the prime: the pump is stopped (DEL-005)", () => {
    const drive = new DirectDrive(FINE_PUMP).program(NO_BASAL, 0);
    drive.do(EventKind.prime, 1000, { count: 100000 });
    drive.storeReports = false;
    drive.do(EventKind.confirmPrime, 1000, { count: 100000 }).program(NO_BASAL, 1110);
    expect(drive.told(JournalCode.forfeited, 1)).toEqual([[1110, 30]]);
    storeReports(drive, 1112);
    storeReports(drive, 1117);
    expect(drive.runTo(HOUR_MS).strokes).toBe(0);
  });

  test("comes with the record behind, when what was reserved has been used up while the store was slow (DEL-005)", () => {
    const day = { ...flexDay([0, 8000000], [HOUR_MS, 0]), windowLimitNl: 9000000, bolusNl: 60, minimumNlPerDay: 1000 };
    const drive = new DirectDrive(FINE_PUMP).program(prescribed(day), 0);
    drive.do(EventKind.setClock, 0).do(EventKind.start, 0).runTo(100);
    drive.storeReports = false;
    // A record that reserves one stroke; the one at 324 ms draws on it, and that at 648 ms waits.
    drive.do(EventKind.interrogate, 200, { commandId: 1 }).do(EventKind.setClock, 660, { count: 2 * HOUR_MS });
    expect(drive.pump.delivery.plan.basalNlPerDay).toBe(0);
    drive.storeReports = true;
    storeReports(drive, 670);
    expect(drive.strokes).toBe(2);
    // Nothing is left for the next step of the day but what is owed below a stroke.
    drive.do(EventKind.setClock, HOUR_MS - 1000, { count: 24 * HOUR_MS });
    expect(drive.runTo(HOUR_MS - 1000 + 311).strokes).toBe(2);
    expect(drive.runTo(HOUR_MS - 1000 + 312).strokes).toBe(3);
  });

  test.each([
    ["its own end", (drive: DirectDrive) => drive.runTo(1216), [1216, 1216]],
    ["a forced restart", (drive: DirectDrive) => drive.do(EventKind.restartDue, 1110, { count: 1 }), [1110]],
  ])("of a prime is given up at %s, and is nobody's (DEL-005)", (_what, end, givenUpMs) => {
    const drive = new DirectDrive(FINE_PUMP).program(NO_BASAL, 0);
    drive.do(EventKind.prime, 1000, { count: 60 });
    drive.storeReports = false;
    end(drive.do(EventKind.confirmPrime, 1000, { count: 60 }));
    expect(drive.told(JournalCode.forfeited, 0)).toEqual(givenUpMs.map((atMs) => [atMs]));
    for (let atMs = 1220; atMs < 1240; atMs += 5) storeReports(drive, atMs);
    expect(drive.runTo(HOUR_MS).strokes).toBe(0);
    expect(drive.pump.delivery.totalStrokes).toBe(0);
  });

  test("is given up at a fault: the record reserves nothing for it (DEL-005)", () => {
    const drive = withStrokeWaiting(1110).do(EventKind.moved, 1110, { count: 1 });
    expect(drive.pump.fault).toBe(FaultKind.unorderedMotion);
    expect(drive.told(JournalCode.forfeited, 1)).toEqual([[1110, 30]]);
    storeReports(drive, 1112);
    expect(drive.pump.record.reservedStrokes).toBe(0);
  });
});

const LIMITS = { windowLimitNl: 8000000, bolusNl: 60, bolusMs: 1, lockoutMs: 1, mostPer24h: 48, minimumNlPerDay: 1000 };

const anyOfThese: fc.Arbitrary<Prescription> = fc.constantFrom(
  prescribed({ ...LIMITS, basalNlPerDay: 0 }),
  prescribed({ ...LIMITS, basalNlPerDay: 4000000 }),
  prescribed({ ...LIMITS, ...flexDay([0, 4000000], [HOUR_MS, 0]) }),
);

/** What ends orders, or all movement. */
const anyEnd: fc.Arbitrary<readonly EngineInput[]> = fc.oneof(
  fc.constantFrom<(readonly EngineInput[])[]>(
    [plainInput(EventKind.stop)],
    [plainInput(EventKind.hold)],
    [plainInput(EventKind.clockLost)],
    [plainInput(EventKind.setClock, { count: HOUR_MS })],
    [plainInput(EventKind.detected, { count: 1, detail: AlarmKind.occlusion })],
  ),
  anyOfThese.map(program),
);

const GO_ON = [
  plainInput(EventKind.detected, { count: 0, detail: AlarmKind.occlusion }),
  plainInput(EventKind.acknowledge),
  plainInput(EventKind.start),
];

/** Boluses at the maximum rate, each cut short within some ms, and so on. */
const anyCrowdedTherapy: fc.Arbitrary<Therapy> = fc.record({
  config: fc.constant(FINE_PUMP),
  prescription: anyOfThese,
  reservoirNl: fc.constant(20000000),
  restMs: fc.constant(1000),
  doings: fc
    .array(
      fc.tuple(
        fc.integer({ min: 0, max: 300 }),
        fc.integer({ min: 0, max: 6 }),
        fc.integer({ min: 0, max: 12 }),
        anyEnd,
      ),
      { minLength: 30, maxLength: 60, size: "max" },
    )
    .map((rounds) =>
      rounds.flatMap(([bolusMs, endMs, goOnMs, end], index) => {
        const order = plainInput(EventKind.clinicianBolus, { id: index + 1, count: 30 + index, detail: 1 });
        const after = (afterMs: number, inputs: readonly EngineInput[]) =>
          inputs.map((what, place) => ({ afterMs: place === 0 ? afterMs : 0, what }));
        return [...after(bolusMs, [order]), ...after(endMs, end), ...after(goOnMs, GO_ON)];
      }),
    ),
});

property.prop([anyCrowdedTherapy], { numRuns: runs(60) })(
  "whatever ends an order while its first record is being written, strokes and what is given up are right (DEL-005)",
  expectRight,
);

describe("the checker, of strokes that are given up", () => {
  type Entry = Parameters<PortSink["entry"]>;

  /** What passes the ports: a number is the instant of a stroke. */
  function passedIn(therapy: Therapy): { passed: (number | Entry)[]; endMs: number } {
    const passed: (number | Entry)[] = [];
    const { endMs } = runTherapy(therapy, {
      stroke: (atMs) => passed.push(atMs),
      entry: (...entry) => passed.push(entry),
    });
    return { passed, endMs };
  }

  function complaintsAbout(therapy: Therapy, passed: readonly (number | Entry)[], endMs: number): readonly string[] {
    const checker = checkerFor(therapy);
    for (const one of passed)
      if (typeof one === "number") checker.stroke(one, 1);
      else checker.entry(...one);
    checker.close(endMs);
    return checker.complaints;
  }

  /** A bolus at 1,000 ms whose first stroke is due 3 ms later, stopped at `stopMs`. */
  const stoppedAt = (stopMs: number): Therapy => ({
    config: FINE_PUMP,
    prescription: prescribed({ ...LIMITS, basalNlPerDay: 0 }),
    reservoirNl: 20000000,
    restMs: 1000,
    doings: [
      { afterMs: 500, what: plainInput(EventKind.clinicianBolus, { id: 1, count: 1000, detail: 1 }) },
      { afterMs: 105, what: plainInput(EventKind.stop) },
      { afterMs: 0, what: plainInput(EventKind.start) },
      { afterMs: 395, what: plainInput(EventKind.clinicianBolus, { id: 2, count: 1000, detail: 1 }) },
      { afterMs: stopMs - 1000, what: plainInput(EventKind.stop) },
    ],
  });

  const isGivenUp = (one: number | Entry): boolean =>
    typeof one !== "number" && one[0] === Number(JournalCode.forfeited);

  test.each<[string, (one: number | Entry) => (number | Entry)[]]>([
    ["is not told", () => []],
    ["is told twice", (one) => [one, one]],
    ["is made all the same", () => [1003]],
  ])("complains when one %s", (_what, spoil) => {
    const therapy = stoppedAt(1003);
    const { passed, endMs } = passedIn(therapy);
    expect(passed.filter(isGivenUp)).toHaveLength(1);
    expect(complaintsAbout(therapy, passed, endMs)).toEqual([]);
    const spoilt = passed.flatMap((one) => (isGivenUp(one) ? spoil(one) : [one]));
    expect(complaintsAbout(therapy, spoilt, endMs)).not.toEqual([]);
  });

  test("is content with a prime whose first stroke waits", () => {
    const { doings, ...therapy } = stoppedAt(1003);
    const primed: Therapy = {
      ...therapy,
      doings: [
        ...doings.slice(0, 2),
        { afterMs: 0, what: plainInput(EventKind.deadVolumeEmpty, { count: 1000 }) },
        { afterMs: 0, what: plainInput(EventKind.prime, { count: 1000 }) },
        { afterMs: 395, what: plainInput(EventKind.confirmPrime, { count: 1000 }) },
        { afterMs: 4, what: plainInput(EventKind.interrogate) },
      ],
    };
    const { passed, endMs } = passedIn(primed);
    expect(passed.find((one) => typeof one === "number")).toBe(1005);
    expect(complaintsAbout(primed, passed, endMs)).toEqual([]);
  });

  test("is content with a fault while one waits", () => {
    const { doings, ...therapy } = stoppedAt(1003);
    const faulty: Therapy = {
      ...therapy,
      doings: [...doings.slice(0, 4), { afterMs: 3, what: plainInput(EventKind.moved, { count: 1 }) }],
    };
    const { passed, endMs } = passedIn(faulty);
    expect(passed.filter(isGivenUp)).toHaveLength(1);
    expect(complaintsAbout(faulty, passed, endMs)).toEqual([]);
  });

  test("complains when a stop takes one that no record kept waiting", () => {
    // The second stroke, due at this very instant, comes before the stop.
    const therapy = stoppedAt(1111);
    const { passed, endMs } = passedIn(therapy);
    expect(passed.filter((one) => typeof one === "number")).toEqual([1005, 1111]);
    expect(complaintsAbout(therapy, passed, endMs)).toEqual([]);
    // Without it, and without the record that it asked for.
    const spoilt = passed.flatMap((one): (number | Entry)[] => {
      if (typeof one === "number") return one === 1111 ? [] : [one];
      if (one[1] !== 1111) return [one];
      if (one[0] === Number(JournalCode.stopped)) return [[JournalCode.forfeited, 1111, 30, 0, 0, 0], one];
      return one[0] === Number(JournalCode.storeWrite) ? [] : [one];
    });
    expect(complaintsAbout(therapy, spoilt, endMs)).toEqual([
      "1111 ms: a stroke that was due has not come before all stopped",
    ]);
  });
});

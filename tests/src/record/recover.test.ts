import { fc, test as property } from "@fast-check/vitest";
import { beforeEach, describe, expect, test } from "vitest";
import { configDigest, recover } from "../../../src/record/recover";
import { GUARD_FIELDS, GUARD_PLACE, LEDGER_PLACE, LEDGER_WORDS, STATE_PLACE } from "../../../src/record/memory-map";
import { RecordProblem, StateRecord } from "../../../src/record/state-record";
import { LEDGER_FIELDS, STATE_FIELDS } from "../../../src/record/state-record";
import { RECORD_FORMAT, TwoSlotRecord } from "../../../src/record/two-slot-record";
import { EventKind } from "../../../src/events";
import { FaultKind } from "../../../src/safety/fault";
import { JournalCode, StartRefusal } from "../../../src/record/journal";
import { PoweredPump } from "../powered-pump";
import { drugs, REFERENCE_PUMP } from "../reference-pump";
import { Fram, FRAM_WORDS, withFlippedBit } from "./fram";

const HOUR_MS = 3600000;

/** A pump that had boluses, refills, a stop and several starts, and is at rest. */
function usedPump(): PoweredPump {
  const drive = new PoweredPump()
    .begin()
    .pass(HOUR_MS)
    .do(EventKind.requestBolus)
    .pass(3 * HOUR_MS);
  drive.do(EventKind.stop).do(EventKind.measureResidual, { count: 19803000 });
  drive
    .do(EventKind.refill, { count: 15000000, values: drugs(1000) })
    .do(EventKind.acknowledge)
    .do(EventKind.start);
  drive
    .pass(HOUR_MS / 2)
    .do(EventKind.requestBolus)
    .pass(2 * HOUR_MS)
    .cut()
    .pass(HOUR_MS);
  return drive.do(EventKind.setClock, { count: 900000000000 }).pass(HOUR_MS / 2);
}

/** Driven anew for each test. */
let used: PoweredPump;
let image: readonly number[];
let truth: { made: number; counted: number; guard: number; sequence: number };

beforeEach(() => {
  used = usedPump();
  image = used.fram.imageAfter(0);
  truth = {
    made: used.made,
    counted: used.counted,
    guard: used.pump.guard.strokes,
    sequence: used.pump.record.sequence,
  };
});

function recovered(memory: readonly number[], config = REFERENCE_PUMP): StateRecord {
  const record = new StateRecord();
  record.filledNl = config.capacityNl;
  recover(memory.slice(0, LEDGER_WORDS), config, record);
  return record;
}

/** A pump that finds this in its memory: it must not move, and must write nothing. */
function expectRefused(memory: readonly number[], config = REFERENCE_PUMP): void {
  const fram = new Fram(memory);
  const drive = new PoweredPump({ fram, config });
  drive.begin().do(EventKind.requestBolus).pass(HOUR_MS);
  expect([drive.made, drive.pump.fault, fram.bytes]).toEqual([0, FaultKind.badRecord, 0]);
  expect(drive.told(JournalCode.fault)[0]?.[2]).toBe(recovered(memory, config).problem);
}

describe("what a start finds in the memory", () => {
  test("what was written is found again: counts, hours, grants, prescription, fill (PWR-004)", () => {
    const record = recovered(image);
    expect(record.problem).toBe(RecordProblem.none);
    expect(record.sequence).toBe(truth.sequence);
    expect(record.totalStrokes + record.reservedStrokes).toBeGreaterThanOrEqual(truth.counted);
    expect(record.hours.reduce((sum, one) => sum + one, 0)).toBe(record.patientStrokes + record.reservedStrokes);
    expect(record).toMatchObject({
      filledNl: 15000000,
      grants: 2,
      mode: 1,
      configDigest: configDigest(REFERENCE_PUMP),
    });
    expect(record.grantsMs[1]).toBe(HOUR_MS);
    expect(record.prescription).toEqual(used.pump.delivery.prescription.fields);
  });

  test("a memory that never was written is that of a pump that never moved", () => {
    for (const word of [0, 0xffffffff]) {
      const record = recovered(new Array<number>(FRAM_WORDS).fill(word));
      expect([record.problem, record.sequence, record.totalStrokes]).toEqual([RecordProblem.none, 0, 0]);
    }
    expect(recovered([])).toMatchObject({ problem: RecordProblem.none, sequence: 0 });
  });

  test("another program than the one that the prescription was confirmed under goes on counting, stopped and with none in force (MEM-008)", () => {
    const config = { ...REFERENCE_PUMP, program: 7 };
    const fram = new Fram(image);
    const drive = new PoweredPump({ fram, config });
    const { pump } = drive.pass(1000);
    expect(drive.told(JournalCode.poweredOn)[0]?.[2]).toBe(2);
    expect([pump.fault, pump.orders.programmedAtMs, pump.therapy.mode]).toEqual([FaultKind.none, -1, 0]);
    expect(pump.delivery.totalStrokes).toBeGreaterThanOrEqual(truth.counted);
    drive.do(EventKind.start).do(EventKind.requestBolus).pass(HOUR_MS);
    expect(drive.made).toBe(0);
    expect(drive.told(JournalCode.startRefused)[0]?.[1]).toBe(StartRefusal.noPrescription);
    // Under the new program its own record is no other program's.
    const again = new PoweredPump({ fram: new Fram(fram.imageAfter(Infinity)), config }).pass(1000);
    expect(again.told(JournalCode.poweredOn)[0]?.[2]).toBe(0);
    expect(again.pump.orders.programmedAtMs).toBe(-1);
    // And back under the old one nothing comes into force by itself either.
    const back = new PoweredPump({ fram: new Fram(fram.imageAfter(Infinity)) }).pass(HOUR_MS);
    expect([back.made, back.pump.orders.programmedAtMs]).toEqual([0, -1]);
  });

  test("another pump's, another configuration's and another layout's are refused by name, and stay as they are (PWR-005)", () => {
    const other = { ...REFERENCE_PUMP, serial: 4711 };
    expect(recovered(image, other).problem).toBe(RecordProblem.otherPump);
    expectRefused(image, other);
    for (const config of [
      { ...REFERENCE_PUMP, plPerRevolution: 60000200 },
      { ...REFERENCE_PUMP, library: REFERENCE_PUMP.library.slice(1) },
    ]) {
      expect(recovered(image, config).problem).toBe(RecordProblem.otherConfiguration);
      expectRefused(image, config);
    }
    for (const format of [RECORD_FORMAT - 1, RECORD_FORMAT + 1]) {
      const fram = new Fram();
      const ledger = new TwoSlotRecord(LEDGER_PLACE, LEDGER_FIELDS);
      ledger.numbers[0] = format;
      for (let i = 0; i < 2; i++) ledger.writeTo(fram);
      const older = fram.imageAfter(Infinity);
      expect(recovered(older).problem).toBe(RecordProblem.otherFormat);
      expectRefused(older);
    }
  });

  property.prop([fc.integer({ min: 1, max: 2 ** 31 })], { numRuns: 15 })("noise is refused by name", (seed) => {
    let state = seed;
    const noise = Array.from({ length: FRAM_WORDS }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state;
    });
    expect([RecordProblem.damaged, RecordProblem.otherFormat]).toContain(recovered(noise).problem);
    expectRefused(noise);
  });

  test("with any one bit flipped: refused by name, or recovered with nothing less than the truth (PWR-006)", () => {
    let refused = 0;
    const usual = recovered(image);
    const hoursOf = (record: StateRecord): number[] => {
      let sum = 0;
      return record.hours.map((one) => (sum += one));
    };
    const usualHours = hoursOf(usual);
    for (let bit = 0; bit < 32 * LEDGER_WORDS; bit++) {
      const record = recovered(withFlippedBit(image, bit));
      if (record.problem !== RecordProblem.none) {
        refused++;
        continue;
      }
      const { totalStrokes, reservedStrokes, patientStrokes, lastEndMs, highestId } = record;
      if (
        record.sequence !== truth.sequence ||
        totalStrokes + reservedStrokes < truth.counted ||
        patientStrokes !== usual.patientStrokes ||
        lastEndMs !== usual.lastEndMs ||
        highestId !== usual.highestId ||
        // Nothing counts earlier, and no grant either.
        hoursOf(record).some((sum, ago) => sum < (usualHours[ago] ?? 0)) ||
        record.grantsMs.some((ms, ago) => ms < (usual.grantsMs[ago] ?? 0)) ||
        record.grantsMs.length !== usual.grantsMs.length
      )
        throw new Error(`bit ${bit}: ${JSON.stringify(record)}`);
    }
    expect(refused).toBeGreaterThan(0);
  });

  test("with a bit of each byte flipped: a pump counts no less than was made, in its guard too, or does not move (PWR-006)", () => {
    for (let byte = 0; byte < 4 * LEDGER_WORDS; byte++) {
      const memory = withFlippedBit(image, 8 * byte + (byte % 8));
      const { pump, fram } = new PoweredPump({ fram: new Fram(memory) });
      if (pump.fault !== FaultKind.none) {
        expect(fram.bytes).toBe(0);
        continue;
      }
      const { guard, delivery } = pump;
      if (delivery.totalStrokes < truth.counted || guard.strokes < truth.guard || guard.window.strokes < truth.made)
        throw new Error(`byte ${byte}: ${delivery.totalStrokes}, ${guard.strokes}, ${guard.window.strokes}`);
    }
  });
});

describe("ledger, state and guard of a memory, each by itself", () => {
  /** What stands at one place: records until number `last`, which says of the ledger that it is at `about`; of which layout. */
  interface Part {
    readonly last?: number;
    readonly about?: number;
    readonly format?: number;
    readonly noise?: boolean;
  }
  const PLACES = {
    guard: [GUARD_PLACE, GUARD_FIELDS],
    state: [STATE_PLACE, STATE_FIELDS],
    ledger: [LEDGER_PLACE, LEDGER_FIELDS],
  } as const;
  const noise: Part = { noise: true };
  const other: Part = { last: 1, format: RECORD_FORMAT + 1 };

  function problemWith(parts: { ledger?: Part; guard?: Part; state?: Part }): RecordProblem {
    const fram = new Fram();
    for (const part of ["guard", "state", "ledger"] as const) {
      const [place, fields] = PLACES[part];
      const { last = 0, about = 1, format = RECORD_FORMAT, noise: isNoise = false } = parts[part] ?? {};
      const record = new TwoSlotRecord(place, fields);
      record.numbers[0] = format;
      record.numbers[2] = about;
      for (let i = 0; i < last; i++) record.writeTo(fram);
      const words = 4 * (fields + 3);
      if (isNoise)
        fram.write(
          place,
          Array.from({ length: words }, (_, k) => 12345 + k),
          words,
        );
    }
    return recovered(fram.imageAfter(Infinity)).problem;
  }

  test.each<[string, RecordProblem, Parameters<typeof problemWith>[0]]>([
    ["nothing at all", RecordProblem.none, {}],
    ["a first state whose ledger was never written", RecordProblem.none, { state: { last: 1 } }],
    ["a second state without a ledger", RecordProblem.damaged, { state: { last: 2 } }],
    ["a damaged state without a ledger", RecordProblem.damaged, { state: noise }],
    ["a guard of another layout without a ledger", RecordProblem.otherFormat, { guard: other }],
    ["a damaged guard without a ledger", RecordProblem.damaged, { guard: noise }],
    ["a guard that knows of a ledger where there is none", RecordProblem.damaged, { guard: { last: 1 } }],
    ["a guard that knows of none without a ledger", RecordProblem.damaged, { guard: { last: 1, about: 0 } }],
    ["a ledger of another layout", RecordProblem.otherFormat, { ledger: other }],
    ["a damaged ledger", RecordProblem.damaged, { ledger: noise }],
    ["a ledger without its state", RecordProblem.damaged, { ledger: { last: 1 } }],
  ])("%s", (_what, problem, parts) => {
    expect(problemWith(parts)).toBe(problem);
  });

  test("a guard that knows of a later ledger than is found says that this one is lost; of the same or an earlier one it says nothing", () => {
    const { sequence } = truth;
    const problemAt = (about: number): RecordProblem => {
      const fram = new Fram(image);
      const guard = new TwoSlotRecord(GUARD_PLACE, GUARD_FIELDS);
      guard.readFrom(image, -1);
      guard.numbers[2] = about;
      guard.writeTo(fram);
      return recovered(fram.imageAfter(Infinity)).problem;
    };
    expect([sequence - 1, sequence, sequence + 1].map(problemAt)).toEqual([
      RecordProblem.none,
      RecordProblem.none,
      RecordProblem.damaged,
    ]);
  });
});

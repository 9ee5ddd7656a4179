import { describe, expect, test } from "vitest";
import { EventKind, Sensor } from "../../../src/events";
import { ProgramKind } from "../../../src/prescription/prescription";
import { RecordProblem } from "../../../src/record/state-record";
import type { StateRecord } from "../../../src/record/state-record";
import { AlarmKind } from "../../../src/safety/alarm-kind";
import { PoweredPump } from "../powered-pump";
import { drugs, prescribed, program, REFERENCE_PUMP } from "../reference-pump";
import { found } from "./found";
import { writtenBy } from "./written-by";

const MIN = 60000;
const H = 60 * MIN;
const DAY = 24 * H;
const NEVER = 2 ** 53 - 1;
/** Longer than the memory takes for a record, in ms. */
const WRITTEN = 50;

const kept = (drive: PoweredPump): StateRecord => found(drive.pass(WRITTEN).fram.imageAfter(0), drive.config);

test("whatever numbers a record holds are found again, each in its own place (PWR-004)", () => {
  const numbers: Record<string, unknown> = {};
  const image = writtenBy((pump) => {
    const { record } = pump;
    let next = 1000;
    for (const [name, value] of Object.entries(record)) {
      if (typeof value === "number") numbers[name] = next++;
      else if (Array.isArray(value) && value.length > 0) numbers[name] = value.map(() => next++);
    }
    // These say where the rest lies, and whose it is.
    const { serial, configDigest } = record;
    Object.assign(numbers, {
      serial,
      configDigest,
      sequence: 1,
      problem: 0,
      stateSequence: 1,
      prescriptionSequence: 0,
    });
    Object.assign(record, numbers);
  });
  expect({ ...found(image) }).toEqual({
    ...numbers,
    prescription: [],
    hours: expect.any(Array),
    grantsMs: expect.any(Array),
  });
});

describe("what a start finds of a pump (PWR-004)", () => {
  test("three hours of therapy, and a demand bolus that has just been granted", () => {
    const config = { ...REFERENCE_PUMP, replacementPerMille: 100, endOfServicePerMille: 20 };
    const drive = new PoweredPump({ config }).do(EventKind.setClock, { count: 900000000000 }).begin();
    drive.pass(3 * H + 1000).do(EventKind.reading, { detail: Sensor.charge, count: 700 });
    expect(kept(drive.do(EventKind.requestBolus, { id: 5, commandId: 17 }))).toMatchObject({
      problem: RecordProblem.none,
      coreMs: 3 * H + 1000,
      // 125 uL in 3 h by strokes of 300 nL; 200 nL and a second's are owed, in units of 1 nL/day in 1 ms.
      totalStrokes: 416,
      patientStrokes: 416,
      drawnStrokes: 416,
      uncertainStrokes: 0,
      reservedStrokes: 238,
      owedUnits: 200 * DAY + 1000000 * 1000,
      mode: 1,
      highestId: 5,
      highestCommandId: 17,
      grants: 1,
      grantsMs: [3 * H + 1000],
      lastEndMs: -NEVER,
      boots: 1,
      serial: 1001,
      filledNl: 20000000,
      programmedAtMs: 0,
      prescription: drive.pump.delivery.prescription.fields,
      chargePerMille: 700,
      clockOffsetMs: 900000000000,
      stoppedTooLongMs: NEVER,
      drugs: drugs(1000),
      tip: drugs(1000),
    });
  });

  test("a second start: what was reserved is uncertain, the bolus has ended, and the restart is remembered (PWR-012, PWR-017)", () => {
    const drive = new PoweredPump().begin().pass(3 * H + 1000);
    drive.do(EventKind.requestBolus).pass(WRITTEN).cut();
    expect(kept(drive)).toMatchObject({
      coreMs: 3 * H + 1000,
      totalStrokes: 416 + 238,
      patientStrokes: 416 + 238,
      drawnStrokes: 416 + 238,
      uncertainStrokes: 238,
      reservedStrokes: 1,
      lastEndMs: 3 * H + 1000,
      boots: 2,
      owedUnits: 0,
      restartsMs: [-1, -1, 3 * H + 1000],
      alarmsActive: 2 ** AlarmKind.restarted,
      alarmsCaused: 0,
    });
  });

  test("a refill of other drugs, a new tube set, and a line that is partly empty", () => {
    const drive = new PoweredPump()
      .begin()
      .pass(3 * H)
      .do(EventKind.stop)
      .pass(H);
    drive.do(EventKind.measureResidual, { count: 19880000 }).pass(H);
    drive.do(EventKind.refill, { count: 15000000, detail: 9100, values: drugs(500, 20) }).pass(H);
    drive.do(EventKind.tubeChanged).do(EventKind.deadVolumeEmpty, { count: 1000 });
    const line = {
      mode: 0,
      filledNl: 15000000,
      filledAtMs: 5 * H,
      expiryDay: 9100,
      drawnStrokes: 0,
      tubeStrokes: 416,
      tubeSinceMs: 6 * H,
      emptyNl: 1000,
      flowReallyNl: 120000,
      flowCountedNl: 416 * 300,
      stoppedTooLongMs: 3 * H + 2 * DAY,
      drugs: drugs(500, 20),
      alarmsActive: 2 ** AlarmKind.clockNotSet,
      alarmsCaused: 2 ** AlarmKind.clockNotSet,
    };
    // 200 uL of tubing and 150 uL of catheter hold old fluid.
    expect(kept(drive)).toMatchObject({ ...line, oldStrokes: 1167, tip: drugs(1000), tipChangedMs: 0 });
    drive.do(EventKind.deadVolumeEmpty, { count: 350000 });
    const whole = { ...line, emptyNl: 350000, oldStrokes: 0, tip: drugs(500, 20), tipBefore: drugs(1000) };
    expect(kept(drive)).toMatchObject({ ...whole, tipChangedMs: drive.nowMs - WRITTEN });
  });

  test("how far a program has come", () => {
    const periodic = { program: ProgramKind.periodic, scheduledNl: 30000, scheduledMs: 10 * MIN, scheduledEveryMs: H };
    const drive = new PoweredPump().begin(prescribed({ ...periodic, basalNlPerDay: 100000 })).pass(2 * H);
    expect(kept(drive)).toMatchObject({
      scheduledBoluses: 3,
      lastBolusMs: 2 * H,
      nextBolusMs: 3 * H,
      programEndMs: NEVER,
    });
    const trial = prescribed({ program: ProgramKind.continuousTrial, endsAfterMs: 3 * DAY });
    expect(kept(new PoweredPump().begin(trial))).toMatchObject({ programEndMs: 3 * DAY, nextBolusMs: NEVER });
  });

  test("stalls: when each leaves the day in which three latch", () => {
    const drive = new PoweredPump().begin();
    for (let stall = 1; stall <= 2; stall++) {
      drive.pass(H).do(EventKind.detected, { detail: AlarmKind.motorStall, count: 1 });
      drive.do(EventKind.detected, { detail: AlarmKind.motorStall, count: 0 });
    }
    const later = [DAY + H, DAY + 2 * H];
    expect(kept(drive)).toMatchObject({ stallsLeaveMs: [0, ...later], flags: 8, alarmsActive: 32, alarmsCaused: 0 });
    drive.do(EventKind.detected, { detail: AlarmKind.motorStall, count: 1 });
    const third = drive.nowMs + DAY;
    expect(kept(drive)).toMatchObject({ stallsLeaveMs: [...later, third], flags: 8 + 256, alarmsCaused: 32 });
  });

  test("a pump that was filled and has no prescription (PWR-018)", () => {
    const drive = new PoweredPump({ reservoirNl: 0 }).do(EventKind.refill, { count: 5000000, values: drugs(0, 7) });
    const record = kept(drive);
    expect(record).toMatchObject({ problem: RecordProblem.none, filledNl: 5000000, drugs: drugs(0, 7) });
    expect(record).toMatchObject({ prescriptionSequence: 0, programmedAtMs: -1, prescription: [], flags: 0 });
  });
});

const shot = { bolusNl: 0, basalNlPerDay: 0, scheduledNl: 90000, scheduledMs: 30 * MIN, scheduledEveryMs: 7 * DAY };
const SHOT = { ...shot, program: ProgramKind.singleShot, scheduledCount: 1 };

test.each<[string, number, () => PoweredPump]>([
  [
    "confirmed, and not begun",
    0,
    () => {
      const drive = new PoweredPump();
      for (const input of program(prescribed())) drive.do(input.kind, input);
      return drive;
    },
  ],
  ["begun", 8, () => new PoweredPump().begin()],
  ["begun, with a clock", 8 + 64, () => new PoweredPump().do(EventKind.setClock, { count: 5 }).begin()],
  ["a demand bolus under way", 8 + 1, () => new PoweredPump().begin().do(EventKind.requestBolus)],
  [
    "a clinician's bolus under way",
    8,
    () => new PoweredPump().begin().do(EventKind.clinicianBolus, { count: 3000, detail: H }),
  ],
  ["the last shot of a trial under way", 8 + 32, () => new PoweredPump().begin(prescribed(SHOT))],
  ["the end of a trial", 8 + 16, () => new PoweredPump().begin(prescribed(SHOT)).pass(H)],
  [
    "stopped, the residual measured",
    8 + 128,
    () => new PoweredPump().begin().do(EventKind.stop).do(EventKind.measureResidual, { count: 20000000 }),
  ],
  [
    "what fills the line",
    8 + 2,
    () => {
      const drive = new PoweredPump().begin().do(EventKind.stop).do(EventKind.deadVolumeEmpty, { count: 90000 });
      return drive.do(EventKind.prime, { count: 90000 }).do(EventKind.confirmPrime, { count: 90000 });
    },
  ],
  ["a planned restart", 8 + 4, () => new PoweredPump().begin().do(EventKind.restartDue).pass(WRITTEN)],
])("the flags of a record say: %s (%i)", (_what, flags, make) => {
  const { boots, flags: sum } = kept(make());
  expect([boots, sum]).toEqual([1, flags]);
});

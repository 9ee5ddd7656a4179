import { describe, expect, test } from "vitest";
import { problemOf, RecordProblem, StateRecord } from "../../../src/record/state-record";
import { drugs } from "../reference-pump";

const NEVER = 2 ** 53 - 1;

test("a pump that was never used knows of nothing: no stroke, no order, no fill, no alarm, no date (PWR-018)", () => {
  expect({ ...new StateRecord() }).toEqual({
    sequence: 0,
    problem: RecordProblem.none,
    coreMs: 0,
    totalStrokes: 0,
    patientStrokes: 0,
    reservedStrokes: 0,
    drawnStrokes: 0,
    uncertainStrokes: 0,
    flags: 0,
    mode: 0,
    lastEndMs: -NEVER,
    highestId: 0,
    highestCommandId: 0,
    grants: 0,
    oldStrokes: 0,
    owedUnits: 0,
    boots: 0,
    stateSequence: 0,
    prescriptionSequence: 0,
    serial: 0,
    configDigest: 0,
    filledNl: 0,
    filledAtMs: 0,
    expiryDay: 0,
    tubeStrokes: 0,
    tubeSinceMs: 0,
    programmedAtMs: -1,
    nextBolusMs: NEVER,
    lastBolusMs: -NEVER,
    programEndMs: NEVER,
    scheduledBoluses: 0,
    emptyNl: -1,
    flowReallyNl: 0,
    flowCountedNl: 0,
    chargePerMille: -1,
    clockOffsetMs: 0,
    stoppedTooLongMs: NEVER,
    alarmsActive: 0,
    alarmsCaused: 0,
    tipChangedMs: 0,
    stallsLeaveMs: [0, 0, 0],
    restartsMs: [-1, -1, -1],
    drugs: drugs(),
    tip: drugs(),
    tipBefore: drugs(),
    prescription: [],
    hours: [],
    grantsMs: [],
  });
});

describe("a record that a pump can have written", () => {
  const CAPACITY_NL = 20000000;
  /** Ten strokes in an hour, four of them since a refill in its middle, one of these uncertain. */
  const SOUND = {
    coreMs: 3600000,
    totalStrokes: 10,
    drawnStrokes: 4,
    uncertainStrokes: 1,
    filledNl: 5000000,
    filledAtMs: 1800000,
    tubeStrokes: 6,
    tubeSinceMs: 1800000,
  };
  const judged = (change: Partial<StateRecord>): RecordProblem =>
    problemOf(Object.assign(new StateRecord(), SOUND, change), CAPACITY_NL);

  test.each<[string, Partial<StateRecord>, Partial<StateRecord>]>([
    ["an empty reservoir", { filledNl: 0 }, { filledNl: -1 }],
    ["a full reservoir", { filledNl: CAPACITY_NL }, { filledNl: CAPACITY_NL + 1 }],
    ["all that is uncertain was drawn", { drawnStrokes: 1 }, { drawnStrokes: 0 }],
    ["all strokes since the fill", { drawnStrokes: 10 }, { drawnStrokes: 11 }],
    ["a tube set from the first stroke on", { tubeStrokes: 0 }, { tubeStrokes: -1 }],
    ["a tube set since the last stroke", { tubeStrokes: 10 }, { tubeStrokes: 11 }],
    ["filled at the very beginning", { filledAtMs: 0 }, { filledAtMs: -1 }],
    ["filled just now", { filledAtMs: 3600000 }, { filledAtMs: 3600001 }],
    ["a tube set from the very beginning on", { tubeSinceMs: 0 }, { tubeSinceMs: -1 }],
    ["a tube set since just now", { tubeSinceMs: 3600000 }, { tubeSinceMs: 3600001 }],
    ["whole numbers in it", { chargePerMille: 1 }, { chargePerMille: 0.5 }],
    ["numbers that are exact", { tipChangedMs: -NEVER }, { tipChangedMs: -(2 ** 54) }],
    ["numbers at all", { coreMs: NEVER }, { alarmsCaused: NaN }],
  ])("has %s, and nothing beyond", (_what, edge, beyond) => {
    expect([judged(edge), judged(beyond)]).toEqual([RecordProblem.none, RecordProblem.impossible]);
  });

  test("a problem that was found with it comes first", () => {
    expect(judged({ problem: RecordProblem.otherPump, filledNl: -1 })).toBe(RecordProblem.otherPump);
  });
});

import { beforeAll, describe, expect, test } from "vitest";
import { loadRuntimeModule } from "../../sim/engines/node/runtime-module";
import { BolusEnd } from "../../src/delivery/bolus-run";
import { EventKind } from "../../src/events";
import { MoveResult } from "../../src/motion/step-driver";
import { JournalCode } from "../../src/record/journal";
import { AlarmKind } from "../../src/safety/alarm-kind";
import { checkoutRoot } from "../../toolchain/checkout";
import { REFERENCE_PRESCRIPTION, REFERENCE_PUMP } from "../src/reference-pump";
import { buildProbe } from "./probe";
import { ProbeBoard } from "./probe-board";
import { ProbeCode, THERAPY_AT_ONCE } from "./whole-pump-probe";

/*
 * The pulse stepper under the whole pump, in the runtime of the command-line tool, whose main loop stands still. An RP2040 without a USB or
 * Jacdac peer was seen to do so until its 32-bit timer of us had wrapped: 2^32 us, 71.6 min.
 *
 * The runtime counts its ms by differences of that 32-bit time (jacdac-c, source/jd_services.c, jd_refresh_now), on all boards: of what is
 * longer it sees the remainder. So the longest stand-still that a program can notice is just under 71.6 min.
 */
const LONGEST_SEEN_MS = 4294900;
const WRAP_MS = 4294967;

const PULSES = REFERENCE_PUMP.microsteps;
/** Time of a stroke of 300 nL at 1 mL/day, in ms. */
const BASAL_STROKE_MS = 25920;
const AFTER_MS = 700000;

/** When only the basal runs, and when the bolus does. */
const BASAL_MS = 200000;
const BOLUS_MS = 500000;

let runtimeModule: WebAssembly.Module;
let image: Uint8Array;
beforeAll(async () => {
  runtimeModule = await loadRuntimeModule(checkoutRoot());
  image = await buildProbe("therapy-probe", THERAPY_AT_ONCE);
});

/** A board in therapy, in the turn of the main loop after pulse `pulse` of the first stroke that begins `fromMs` after its start; 0: before it. */
function boardAfter(fromMs: number, pulse: number): ProbeBoard {
  const board = new ProbeBoard(runtimeModule, undefined);
  board.deploy(image);
  board.run(fromMs);
  const pulses = (): number => board.of(ProbeCode.pulse).length;
  while (pulses() - Math.floor(pulses() / PULSES) * PULSES !== 0 || board.of(ProbeCode.enable).at(-1)?.a === 1)
    board.run(1);
  const before = pulses();
  while (pulses() - before < pulse) board.run(1);
  return board;
}

/** What a board told from now on. */
function hearAfter(board: ProbeBoard): ProbeBoard["of"] {
  const from = board.told.length;
  return (code) => board.told.slice(from).filter((message) => message.code === code);
}

/** The first stroke after the stand-still comes when it is owed anew, and all are basal: none of what was missed. */
function expectBasalOnly(board: ProbeBoard, heard: ProbeBoard["of"]): void {
  expect(heard(ProbeCode.pulse)).toHaveLength(0);
  expect(board.of(ProbeCode.enable).at(-1)?.a).toBe(0);
  board.run(AFTER_MS);
  const pulses = heard(ProbeCode.pulse);
  const strokes = pulses.length / PULSES;
  expect(strokes).toBe(Math.floor(strokes));
  expect(strokes).toBeGreaterThanOrEqual(Math.floor(AFTER_MS / BASAL_STROKE_MS));
  expect(strokes).toBeLessThanOrEqual(Math.ceil(AFTER_MS / BASAL_STROKE_MS) + 1);
  const beginsMs = pulses.filter((_, i) => i - Math.floor(i / PULSES) * PULSES === 0).map(({ atMs }) => atMs);
  const gapsMs = beginsMs.slice(1).map((atMs, i) => atMs - (beginsMs[i] ?? 0));
  expect(Math.min(...gapsMs)).toBeGreaterThan(BASAL_STROKE_MS - 20);
  for (const { a } of pulses) expect(a).toBe(1);
  expect(heard(JournalCode.fault)).toHaveLength(0);
  expect(heard(JournalCode.guardTripped)).toHaveLength(0);
  expect(board.panics).toBe(0);
}

describe.each([
  { name: "basal", fromMs: BASAL_MS, boluses: 0 },
  { name: "a demand bolus", fromMs: BOLUS_MS, boluses: 1 },
])("71.6 min without a turn of the main loop, in $name", ({ fromMs, boluses }) => {
  test.each([1, 7, PULSES - 1])("behind pulse %i of a stroke: it is given up, and nothing is made up for", (pulse) => {
    const board = boardAfter(fromMs, pulse);
    expect(board.of(JournalCode.bolusGranted)).toHaveLength(boluses);
    const heard = hearAfter(board);
    board.standStill(LONGEST_SEEN_MS);
    board.run(1000);
    expect(heard(EventKind.moved)).toMatchObject([{ a: 1, b: MoveResult.dropped }]);
    expect(heard(JournalCode.bolusEnded).map(({ b }) => b)).toStrictEqual(
      new Array(boluses).fill(BolusEnd.controlLate),
    );
    expect(heard(JournalCode.alarmRaised).map(({ a }) => a)).toContain(AlarmKind.controlLate);
    expectBasalOnly(board, heard);
  });

  test("between two strokes: what fell due is forfeited", () => {
    const board = boardAfter(fromMs, 0);
    const heard = hearAfter(board);
    board.standStill(LONGEST_SEEN_MS);
    board.run(1000);
    expect(heard(EventKind.moved)).toHaveLength(0);
    expect(heard(JournalCode.forfeited)).toHaveLength(1);
    expect(heard(JournalCode.bolusEnded).map(({ b }) => b)).toStrictEqual(
      new Array(boluses).fill(BolusEnd.controlLate),
    );
    expect(heard(JournalCode.alarmRaised).map(({ a }) => a)).toContain(AlarmKind.controlLate);
    expectBasalOnly(board, heard);
  });
});

describe("a whole wrap of the timer, which the runtime's clock does not notice", () => {
  test("lets what was ordered be made late, but nothing twice and no more: a supervisor outside has to end it", () => {
    const board = boardAfter(BOLUS_MS, 7);
    const heard = hearAfter(board);
    const begunMs = board.of(ProbeCode.pulse).at(-1)?.atMs ?? 0;
    board.standStill(WRAP_MS);
    board.run(1000);
    const pulses = heard(ProbeCode.pulse);
    expect(pulses).toHaveLength(PULSES - 7);
    expect((pulses[0]?.atMs ?? 0) - begunMs).toBeLessThan(10);
    board.run(AFTER_MS);
    const given = board.of(ProbeCode.pulse).length / PULSES;
    const therapyMs = (board.told.at(-1)?.atMs ?? 0) - (board.of(JournalCode.started)[0]?.atMs ?? 0);
    // 30 uL, and the basal.
    expect(given).toBeLessThanOrEqual(100 + therapyMs / BASAL_STROKE_MS + 1);
    expect(board.of(JournalCode.bolusEnded)).toMatchObject([
      { b: BolusEnd.complete, c: REFERENCE_PRESCRIPTION.bolusNl },
    ]);
    expect(board.of(JournalCode.fault)).toHaveLength(0);
  });
});

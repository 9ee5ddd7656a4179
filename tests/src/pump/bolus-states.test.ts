import { expect, test } from "vitest";
import { BolusAnswer } from "../../../src/delivery/judge-bolus";
import { BolusKind } from "../../../src/delivery/bolus-run";
import type { BolusRun } from "../../../src/delivery/bolus-run";
import { TherapyMode } from "../../../src/delivery/therapy";
import { EventKind } from "../../../src/events";
import { ProgramKind } from "../../../src/prescription/prescription";
import { JournalCode } from "../../../src/record/journal";
import { AlarmKind } from "../../../src/safety/alarm-kind";
import { FaultKind } from "../../../src/safety/fault";
import { DirectDrive } from "../direct-drive";
import type { Said } from "../direct-drive";
import { exploreAll } from "../explore";
import type { Place } from "../explore";
import { prescribed, REFERENCE_PUMP } from "../reference-pump";
import {
  answerToClinician,
  answerToPatient,
  CLOSES,
  delivers,
  MOST,
  OPENS,
  sheetAfter,
  STEPS,
  STROKES_OF_BOLUS,
  STROKES_OF_HOLD,
  strokesOfTick,
  TICKS_PER_DAY,
} from "./bolus-sheet";
import type { BolusSheet, Step } from "./bolus-sheet";

const TICK_MS = 3 * 3600000;
const MIDNIGHT_MS = 9000 * TICKS_PER_DAY * TICK_MS;

/** At each full tick nothing is owed: whole strokes of 300 nL in every tick. */
const PRESCRIPTION = prescribed({
  program: ProgramKind.periodic,
  basalNlPerDay: 0,
  scheduledNl: STROKES_OF_BOLUS * 300,
  scheduledMs: TICK_MS,
  scheduledEveryMs: 2 * TICK_MS,
  bolusNl: STROKES_OF_BOLUS * 300,
  bolusMs: TICK_MS,
  lockoutMs: TICK_MS,
  mostPer24h: MOST,
  hoursFromMs: OPENS * TICK_MS,
  hoursToMs: CLOSES * TICK_MS,
  minimumNlPerDay: STROKES_OF_HOLD * 300 * TICKS_PER_DAY,
  windowLimitNl: 11000000,
});

const answerOf = ({ code, numbers }: Said): BolusAnswer =>
  code === JournalCode.bolusGranted ? BolusAnswer.granted : (numbers[1] as BolusAnswer);

/** Takes the step and gives the answer to a request. */
function take(drive: DirectDrive, step: Step, sheet: BolusSheet, id: number): BolusAnswer | undefined {
  const { nowMs } = drive.pump;
  const occlusion = { detail: AlarmKind.occlusion };
  switch (step) {
    case "tick":
      drive.runTo(nowMs + TICK_MS).advance(nowMs + TICK_MS);
      return undefined;
    case "request":
      return answerOf(drive.ask(id, nowMs));
    case "order":
      return answerOf(drive.order(id, 2 * STROKES_OF_BOLUS * 300, 2 * TICK_MS, nowMs));
    case "occluded":
    case "free":
      drive.do(EventKind.detected, nowMs, { ...occlusion, count: step === "free" ? 0 : 1 });
      break;
    case "setClock":
      drive.do(EventKind.setClock, nowMs, { count: MIDNIGHT_MS + (sheetAfter(sheet, step).clock ?? 0) * TICK_MS });
      break;
    case "loseClock":
      drive.do(EventKind.clockLost, nowMs);
      break;
    default:
      drive.do(EventKind[step], nowMs);
  }
  // What is due at this very instant, before anything else is done.
  drive.runTo(nowMs);
  return undefined;
}

/** What has still to be ordered of a bolus. */
function leftNl(run: BolusRun, nowMs: number): number {
  run.passTo(nowMs);
  return run.leftNl();
}

/** All that the pump's next decisions can depend on, with times in ticks from now. */
function keyOf({ drive, sheet }: Place<BolusSheet>): string {
  const { delivery, therapy, clock, nowMs, reports } = drive.pump;
  const ahead = (atMs: number): number => Math.max(0, atMs - nowMs) / TICK_MS;
  const { demand, square, history, endMs } = delivery.desk;
  const own = [
    therapy.mode,
    ahead(therapy.nextBolusMs),
    clock.known && clock.timeOfDayMs(nowMs) / TICK_MS,
    [demand, square].map((run) => [run.kind, run.isSuspended, leftNl(run, nowMs)]),
    ahead(endMs) > TICKS_PER_DAY ? "none" : ahead(endMs),
    ahead(history.lastEndMs + TICK_MS),
    [1, 2].map((most) => ahead(history.roomAgainMs(most))),
    reports.alarms.motor,
    delivery.plan.owedUnits,
  ];
  return JSON.stringify([own, sheet]);
}

const KINDS = { clinician: BolusKind.clinician, scheduled: BolusKind.scheduled };
const MODES = { stopped: TherapyMode.stopped, running: TherapyMode.running, held: TherapyMode.held };

/** What must hold in every state, each as a plain sentence. */
const INVARIANTS: [string, (place: Place<BolusSheet>) => boolean][] = [
  ["no assertion has tripped", ({ drive }) => drive.pump.fault === FaultKind.none],
  ["the mode is what was ordered last", ({ drive, sheet }) => drive.pump.therapy.mode === MODES[sheet.mode]],
  [
    "a demand bolus runs where the sheet has one",
    ({ drive, sheet }) => (drive.pump.delivery.desk.demand.kind === BolusKind.demand) === sheet.demand,
  ],
  [
    "so does a square one, suspended just while a demand bolus runs",
    ({ drive, sheet }) => {
      const { square } = drive.pump.delivery.desk;
      const kind = sheet.square === undefined ? BolusKind.none : KINDS[sheet.square.kind];
      return square.kind === kind && square.isSuspended === (sheet.demand && sheet.square !== undefined);
    },
  ],
  [
    "what is left of it is whole ticks",
    ({ drive, sheet }) =>
      leftNl(drive.pump.delivery.desk.square, drive.pump.nowMs) === (sheet.square?.left ?? 0) * STROKES_OF_BOLUS * 300,
  ],
  ["never more grants than prescribed in 24 h", ({ sheet }) => sheet.grants.length <= MOST],
  ["no bolus where nothing may be delivered", ({ sheet }) => delivers(sheet) || (!sheet.demand && !sheet.square)],
  ["at a full tick nothing is owed", ({ drive }) => drive.pump.delivery.plan.owedUnits === 0],
];

test("every reachable state of all boluses together answers and delivers as it must (BOL-012)", () => {
  const config = { ...REFERENCE_PUMP, capacityNl: 100000000 };
  const answers = new Set<BolusAnswer>();
  const drive = new DirectDrive(config).do(EventKind.setClock, 0, { count: MIDNIGHT_MS }).begin(PRESCRIPTION).runTo(0);
  const { states, transitions } = exploreAll<BolusSheet, Step>({
    first: {
      drive,
      sheet: {
        mode: "running",
        alarm: "none",
        clock: 0,
        demand: false,
        justEnded: false,
        grants: [],
        square: { kind: "scheduled", left: 1 },
        phase: 0,
        due: false,
      },
    },
    steps: STEPS,
    take: (copy, step, sheet, id) => {
      const before = copy.strokes;
      const answer = take(copy, step, sheet, id);
      const right = { request: answerToPatient, order: answerToClinician }[step as "request" | "order"]?.(sheet);
      if (answer !== undefined) answers.add(answer);
      const strokes = copy.strokes - before;
      const rightStrokes = step === "tick" ? strokesOfTick(sheet) : 0;
      if (answer === right && strokes === rightStrokes) return;
      throw new Error(
        `${step} at ${JSON.stringify(sheet)}: ${strokes} strokes, not ${rightStrokes}; ${answer}, not ${right}`,
      );
    },
    after: sheetAfter,
    check: (place) => {
      for (const [sentence, holds] of INVARIANTS) if (!holds(place)) throw new Error(`${sentence}: ${keyOf(place)}`);
    },
    keyOf,
  });
  console.log(`all boluses: ${states} states, ${transitions} transitions`);
  expect([...answers].sort((a, b) => a - b)).toEqual([
    BolusAnswer.granted,
    BolusAnswer.stopped,
    BolusAnswer.alarmActive,
    BolusAnswer.clockNotSet,
    BolusAnswer.outsideHours,
    BolusAnswer.busy,
    BolusAnswer.lockedOut,
    BolusAnswer.maxPerDay,
  ]);
});

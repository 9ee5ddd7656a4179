import { expect, test } from "vitest";
import { BolusAnswer } from "../../../src/delivery/judge-bolus";
import { BolusKind } from "../../../src/delivery/bolus-run";
import { TherapyMode } from "../../../src/delivery/therapy";
import { EventKind } from "../../../src/events";
import { JournalCode } from "../../../src/record/journal";
import { FaultKind } from "../../../src/safety/fault";
import { DirectDrive } from "../direct-drive";
import { exploreAll } from "../explore";
import type { Place } from "../explore";
import { event, prescribed, REFERENCE_PUMP } from "../reference-pump";

const HOUR_MS = 3600000;
const LOCKOUT_H = 3;
const BOLUS_H = 2;
const MOST = 3;
/** 300 nL every 15 min while a bolus runs, so that at each full hour nothing is owed. */
const STROKES_PER_H = 4;

const PRESCRIPTION = prescribed({
  basalNlPerDay: 0,
  bolusNl: BOLUS_H * STROKES_PER_H * 300,
  bolusMs: BOLUS_H * HOUR_MS,
  lockoutMs: LOCKOUT_H * HOUR_MS,
  mostPer24h: MOST,
  windowLimitNl: 11000000,
});

type Step = "hour" | "request" | "stop" | "start" | "program" | "late" | "acknowledge";
const STEPS: Step[] = ["hour", "request", "stop", "start", "program", "late", "acknowledge"];

/** What a person with a sheet of paper knows of the pump, in hours before now. */
interface Sheet {
  readonly running: boolean;
  readonly alarm: boolean;
  /** Hours since the running bolus began. */
  readonly bolusAge: number | undefined;
  /** Hours since the last one ended, as long as it matters. */
  readonly sinceEnd: number | undefined;
  /** Ages of the boluses of the last 24 h. */
  readonly grants: readonly number[];
}

/** What the prescription says must be answered. */
function rightAnswer(sheet: Sheet): BolusAnswer {
  if (!sheet.running) return BolusAnswer.stopped;
  if (sheet.alarm) return BolusAnswer.alarmActive;
  if (sheet.bolusAge !== undefined) return BolusAnswer.busy;
  if (sheet.sinceEnd !== undefined && sheet.sinceEnd < LOCKOUT_H) return BolusAnswer.lockedOut;
  if (sheet.grants.length >= MOST) return BolusAnswer.maxPerDay;
  return BolusAnswer.granted;
}

function cut(sheet: Sheet): Sheet {
  return sheet.bolusAge === undefined ? sheet : { ...sheet, bolusAge: undefined, sinceEnd: 0 };
}

function oneHourOn(sheet: Sheet): Sheet {
  const older = (age: number | undefined): number | undefined => (age === undefined ? undefined : age + 1);
  const grants = sheet.grants.map((age) => age + 1).filter((age) => age < 24);
  const bolusAge = older(sheet.bolusAge);
  const sinceEnd = older(sheet.sinceEnd);
  const passed: Sheet = { ...sheet, grants, bolusAge, sinceEnd: sinceEnd === LOCKOUT_H ? undefined : sinceEnd };
  return bolusAge === BOLUS_H ? cut(passed) : passed;
}

function sheetAfter(sheet: Sheet, step: Step): Sheet {
  switch (step) {
    case "hour":
      return oneHourOn(sheet);
    case "request":
      return rightAnswer(sheet) === BolusAnswer.granted
        ? { ...sheet, bolusAge: 0, sinceEnd: undefined, grants: [...sheet.grants, 0] }
        : sheet;
    case "stop":
      return sheet.running ? { ...cut(sheet), running: false } : sheet;
    case "start":
      return { ...sheet, running: true };
    case "program":
      return cut(sheet);
    case "late":
      return { ...cut(sheet), alarm: true };
    case "acknowledge":
      return { ...sheet, alarm: false };
  }
}

const KINDS: Record<Exclude<Step, "hour" | "program" | "request">, EventKind> = {
  stop: EventKind.stop,
  start: EventKind.start,
  late: EventKind.controlLate,
  acknowledge: EventKind.acknowledge,
};

/** Takes the step and gives the answer to a request. */
function take(drive: DirectDrive, step: Step, id: number): BolusAnswer | undefined {
  const nowMs = drive.pump.nowMs;
  if (step === "hour") drive.runTo(nowMs + HOUR_MS).advance(nowMs + HOUR_MS);
  else if (step === "program") drive.program(PRESCRIPTION, nowMs);
  else if (step === "request") {
    const said = drive.ask(id, nowMs);
    return said.code === JournalCode.bolusGranted ? BolusAnswer.granted : (said.numbers[1] as BolusAnswer);
  } else drive.hand(event(KINDS[step]), nowMs);
  return undefined;
}

/** All that the pump's next decisions can depend on, with times as hours from now. */
function keyOf({ drive, sheet }: Place<Sheet>): string {
  const { delivery, therapy, nowMs } = drive.pump;
  const ahead = (atMs: number): number => Math.max(0, atMs - nowMs) / HOUR_MS;
  const { demand, history } = delivery.desk;
  const rooms: number[] = [];
  for (let most = 1; most <= MOST; most++) rooms.push(ahead(history.roomAgainMs(most)));
  const running = demand.kind === BolusKind.demand;
  const locked = ahead(history.lastEndMs + PRESCRIPTION.lockoutMs);
  const own = [therapy.mode, running ? ahead(demand.endMs) : locked, running, rooms, delivery.plan.owedUnits];
  return JSON.stringify([own, sheet]);
}

/** What must hold in every state. */
function checkPlace({ drive, sheet }: Place<Sheet>): void {
  const { pump } = drive;
  const wrong =
    pump.fault !== FaultKind.none ||
    pump.therapy.mode !== (sheet.running ? TherapyMode.running : TherapyMode.stopped) ||
    (pump.delivery.desk.demand.kind === BolusKind.demand) !== (sheet.bolusAge !== undefined) ||
    sheet.grants.length > MOST ||
    pump.delivery.plan.owedUnits !== 0;
  if (wrong) throw new Error(`not as on the sheet: ${keyOf({ drive, sheet })}`);
}

/** What must hold of every step. */
function checkStep(before: Sheet, step: Step, answer: BolusAnswer | undefined, strokes: number): void {
  const expectedStrokes = step === "hour" && before.bolusAge !== undefined ? STROKES_PER_H : 0;
  const expected = step === "request" ? rightAnswer(before) : undefined;
  if (strokes !== expectedStrokes || answer !== expected)
    throw new Error(`${step} at ${JSON.stringify(before)}: answer ${answer}, not ${expected}; ${strokes} strokes`);
}

test("every reachable state of the lockout answers as it must (BOL-012)", () => {
  const config = { ...REFERENCE_PUMP, capacityNl: 100000000 };
  const answers = new Set<BolusAnswer>();
  const { states, transitions } = exploreAll<Sheet, Step>({
    first: {
      drive: new DirectDrive(config).begin(PRESCRIPTION),
      sheet: { running: true, alarm: false, bolusAge: undefined, sinceEnd: undefined, grants: [] },
    },
    steps: STEPS,
    take: (drive, step, sheet, id) => {
      const before = drive.strokes;
      const answer = take(drive, step, id);
      if (answer !== undefined) answers.add(answer);
      checkStep(sheet, step, answer, drive.strokes - before);
    },
    after: sheetAfter,
    check: checkPlace,
    keyOf,
  });
  console.log(`lockout: ${states} states, ${transitions} transitions`);
  expect([...answers].sort((a, b) => a - b)).toEqual([
    BolusAnswer.granted,
    BolusAnswer.stopped,
    BolusAnswer.alarmActive,
    BolusAnswer.busy,
    BolusAnswer.lockedOut,
    BolusAnswer.maxPerDay,
  ]);
});

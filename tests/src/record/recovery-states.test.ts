import { writeRecord } from "../../../src/record/keep-record";
import { expect, test } from "vitest";
import { CommandKind } from "../../../src/commands";
import { BolusKind } from "../../../src/delivery/bolus-run";
import { EventKind } from "../../../src/events";
import { Pump } from "../../../src/pump";
import { LEDGER_WORDS } from "../../../src/record/memory-map";
import { recover } from "../../../src/record/recover";
import { StateRecord } from "../../../src/record/state-record";
import { FaultKind } from "../../../src/safety/fault";
import { GuardTrip } from "../../../src/safety/guard";
import { writePrescription } from "../../../src/prescription/prescription";
import { copyOf } from "../copy-of";
import { event, prescribed, program, REFERENCE_PUMP } from "../reference-pump";
import { Fram } from "./fram";

const HOUR_MS = 3600000;
/** Time passes in steps of 6 h. Basal gives a stroke in each, a bolus of 12 h another one. */
const STEP_H = 6;
const BOLUS_H = 12;
const LOCKOUT_H = 12;
const MOST = 1;
const PRESCRIPTION = prescribed({
  basalNlPerDay: 1200,
  bolusNl: 600,
  bolusMs: BOLUS_H * HOUR_MS,
  lockoutMs: LOCKOUT_H * HOUR_MS,
  mostPer24h: MOST,
});
/** More restarts in 24 h than these end in stopped; that is another test's. */
const MOST_CUTS = 2;

const STEPS = ["pass", "request", "stop", "start", "report", "cutOld", "cutBetween", "cutNew"] as const;
/** Of ages that were added up in hours. */
const ROUNDING_H = 1e-6;
type Step = (typeof STEPS)[number];

/** A pump with its memory and motor, and what a witness with a watch knows, in ages of powered hours. */
class Machine {
  declare pump: Pump;
  fram = new Fram(new Array<number>(LEDGER_WORDS).fill(0));
  made = 0;
  cuts = 0;
  /** Ages of the boluses of the last 24 h, and since the last one ended; `undefined`: so long ago that it does not matter. */
  grants: number[] = [];
  sinceEnd: number | undefined;
  bolusAge: number | undefined;
  private pending = 0;

  boot(): void {
    const record = new StateRecord();
    record.filledNl = 20000000;
    PRESCRIPTION.concentrationNgPerUl.forEach((ngPerUl, place) => (record.drugs[place] = ngPerUl));
    const memory = this.fram.imageAfter(0);
    recover(memory, REFERENCE_PUMP, record);
    this.pending = 0;
    this.pump = new Pump(REFERENCE_PUMP, record, memory);
    this.carryOut();
  }

  begin(): void {
    this.boot();
    for (const input of program(PRESCRIPTION)) {
      if (input.prescription !== undefined) writePrescription(input.prescription, this.pump.draft);
      this.hand(input.kind, input.id, input.detail);
    }
    this.hand(EventKind.start);
    this.report();
  }

  take(step: Step): void {
    if (step === "pass") this.pass();
    else if (step === "request") this.request();
    else if (step === "report") this.report();
    else if (step === "stop" || step === "start") this.hand(EventKind[step]);
    else this.cut(step);
  }

  /** True when the step would do something. */
  can(step: Step): boolean {
    const pendingBytes = this.fram.pendingBytes;
    if (step === "report") return this.pending !== 0;
    if (step === "cutBetween" || step === "cutNew") if (pendingBytes === 0) return false;
    return step.startsWith("cut") ? this.restarts().length < MOST_CUTS : true;
  }

  restarts(): number[] {
    return this.pump.record.restartsMs
      .filter((atMs) => atMs >= 0 && this.pump.nowMs - atMs < 24 * HOUR_MS)
      .map((atMs) => (this.pump.nowMs - atMs) / HOUR_MS);
  }

  private hand(kind: EventKind, id = 0, detail = 0): void {
    this.pump.guard.heard(kind);
    this.pump.on(event(kind, { id, detail }), this.pump.nowMs);
    this.carryOut();
    if (this.bolusAge !== undefined && this.pump.delivery.desk.demand.kind === BolusKind.none) this.end(0);
  }

  private report(): void {
    while (this.pending !== 0) {
      this.fram.takeReport();
      const id = this.pending;
      this.pending = 0;
      this.pump.on(event(EventKind.stored, { id }), this.pump.nowMs);
      this.carryOut();
    }
  }

  /** Serves up to the next full step; what is written in its last instant is still on its way then. */
  private pass(): void {
    const fromMs = this.pump.nowMs;
    const untilMs = (Math.floor(fromMs / (STEP_H * HOUR_MS)) + 1) * STEP_H * HOUR_MS;
    this.report();
    while (this.pump.nextDeadlineMs() <= untilMs) {
      this.pump.advance(this.pump.nextDeadlineMs());
      this.carryOut();
      if (this.pump.nowMs < untilMs) this.report();
    }
    const hours = (untilMs - fromMs) / HOUR_MS;
    this.grants = this.grants.map((age) => age + hours).filter((age) => age < 24);
    const older = (age: number | undefined, most: number): number | undefined =>
      age === undefined || age + hours >= most ? undefined : age + hours;
    this.sinceEnd = older(this.sinceEnd, LOCKOUT_H);
    if (this.bolusAge === undefined) return;
    this.bolusAge += hours;
    if (this.pump.delivery.desk.demand.kind === BolusKind.none) this.end(this.bolusAge - BOLUS_H);
  }

  private request(): void {
    const { desk } = this.pump.delivery;
    const { grants } = desk.history;
    this.hand(EventKind.requestBolus);
    if (desk.history.grants === grants) return;
    if (this.grants.length >= MOST || this.sinceEnd !== undefined || this.bolusAge !== undefined)
      throw new Error(`granted too soon: ${keyOf(this)}`);
    this.grants.push(0);
    this.bolusAge = 0;
  }

  private end(ago: number): void {
    this.bolusAge = undefined;
    this.sinceEnd = ago;
  }

  private cut(step: Step): void {
    const ends = this.fram.pendingEnds;
    const last = ends.at(-1) ?? 0;
    const bytes = step === "cutOld" ? 0 : step === "cutNew" ? last : (ends.at(-2) ?? 0);
    const { grants } = this.pump.delivery.desk.history;
    const { totalStrokes } = this.pump.delivery;
    this.fram = new Fram(this.fram.imageAfter(bytes));
    this.cuts++;
    this.boot();
    const { delivery } = this.pump;
    if (delivery.totalStrokes < this.made || this.pump.guard.strokes < this.made)
      throw new Error(`counted ${delivery.totalStrokes} and ${this.pump.guard.strokes}, made ${this.made}`);
    if (delivery.totalStrokes - totalStrokes > 3) throw new Error("too much is uncertain");
    // Granted in this instant, and nobody knows: nothing of it was given.
    if (delivery.desk.history.grants < grants) {
      if (this.grants.pop() !== 0) throw new Error("a grant was forgotten");
      this.bolusAge = undefined;
      this.sinceEnd = undefined;
    } else if (this.bolusAge !== undefined) this.end(0);
  }

  private carryOut(): void {
    const { pump } = this;
    const queue = pump.commands;
    let moved = 0;
    for (let i = 0; i < queue.count; i++) {
      if (queue.code[i] === Number(CommandKind.move)) {
        if (!pump.guard.permits(pump.nowMs)) throw new Error(`the guard tripped: ${pump.guard.trip}`);
        moved++;
      } else if (queue.code[i] === Number(CommandKind.store)) {
        writeRecord(pump, this.fram);
        this.pending = queue.a[i] ?? 0;
        this.fram.commit(this.pending, pump.nowMs);
      }
    }
    queue.count = 0;
    if (moved === 0) return;
    this.made += moved;
    pump.on(event(EventKind.moved, { count: moved }), pump.nowMs);
    this.carryOut();
  }
}

/**
 * All that the next decisions can depend on, with times as hours from now. A power cut drops what is owed below a stroke, and moves all that
 * follows by some of an hour, so times are told apart by hours and what is owed by quarters of a stroke: the search takes one of each.
 */
function keyOf(machine: Machine): string {
  const { pump, fram } = machine;
  const { delivery, keeper, guard, therapy } = pump;
  const { desk, plan } = delivery;
  const ahead = (atMs: number): number => Math.ceil(Math.max(0, atMs - pump.nowMs) / HOUR_MS);
  const { left, asked, isHeld, askedAtStrokes, startStrokes } = keeper.reservation as unknown as Record<string, number>;
  const own = [
    therapy.mode,
    desk.demand.kind === BolusKind.none ? -1 : ahead(desk.demand.endMs),
    ahead(desk.history.lastEndMs + PRESCRIPTION.lockoutMs),
  ];
  const room = ahead(desk.history.roomAgainMs(MOST));
  const total = delivery.totalStrokes;
  const held: unknown[] = [left, isHeld, Math.min(3, total - (startStrokes ?? 0))];
  if (keeper.writing) held.push(asked, total - (askedAtStrokes ?? 0));
  const { isOrdered, left: guardLeft } = guard as unknown as Record<string, number>;
  const phase = Math.floor(pump.nowMs / HOUR_MS) % STEP_H;
  const owed = Math.floor((4 * plan.owedUnits) / plan.stroke.strokeUnits);
  const ages = (hours: readonly number[]): number[] => hours.map(Math.floor);
  const written = [keeper.writing, fram.pendingBytes !== 0, delivery.unsaved];
  return JSON.stringify([
    own,
    room,
    held,
    written,
    [isOrdered, guardLeft, owed, phase],
    [ages(machine.restarts()), ages(machine.grants), ages([machine.sinceEnd ?? -1, machine.bolusAge ?? -1])],
  ]);
}

function check(machine: Machine): void {
  const { pump, made, cuts } = machine;
  const { delivery, guard, keeper } = pump;
  const { history, demand } = delivery.desk;
  const counted = delivery.totalStrokes;
  const lockedH = (history.lastEndMs + PRESCRIPTION.lockoutMs - pump.nowMs) / HOUR_MS;
  const roomH = (history.roomAgainMs(MOST) - pump.nowMs) / HOUR_MS;
  const wrong: [string, boolean][] = [
    ["fault", pump.fault !== FaultKind.none || guard.trip !== GuardTrip.none],
    ["counts less", counted < made || guard.strokes < made],
    ["counts more", counted > 2 * made + cuts],
    ["moves what is not reserved", keeper.reservation.left > 0 && guard.window.strokes < 0],
    ["lockout", machine.sinceEnd !== undefined && lockedH < LOCKOUT_H - machine.sinceEnd - ROUNDING_H],
    ["count", machine.grants.length >= MOST && roomH < 24 - (machine.grants.at(-MOST) ?? 0) - ROUNDING_H],
    ["bolus", (machine.bolusAge !== undefined) !== (demand.kind === BolusKind.demand)],
  ];
  const what = wrong.find(([, isWrong]) => isWrong);
  if (what !== undefined) throw new Error(`${what[0]}: ${keyOf(machine)}, made ${made}, counted ${counted}`);
}

test("every state that cuts, reports, boluses and stops can lead to counts no less than was given, and allows no more than may be", () => {
  const first = new Machine();
  first.begin();
  const seen = new Set([keyOf(first)]);
  let frontier = [first];
  let transitions = 0;
  while (frontier.length > 0) {
    const next: Machine[] = [];
    for (const machine of frontier)
      for (const step of STEPS) {
        if (!machine.can(step)) continue;
        const reached = copyOf(machine);
        reached.take(step);
        transitions++;
        check(reached);
        const key = keyOf(reached);
        if (seen.has(key)) continue;
        seen.add(key);
        next.push(reached);
      }
    frontier = next;
  }
  console.log(`recovery: ${seen.size} states, ${transitions} transitions`);
  expect(seen.size).toBeGreaterThan(1000);
});

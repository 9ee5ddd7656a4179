import "./frequent-names";
import { breathe } from "./breath";
import { CommandKind, FIRST_ENTRY } from "./commands";
import { EventKind, LATE_MS, PumpEvent } from "./events";
import { Inbox } from "./inbox";
import { MoveResult } from "./motion/step-driver";
import type { StepDriver } from "./motion/step-driver";
import type { Pump } from "./pump";
import { JournalCode } from "./record/journal";
import type { Journal } from "./record/journal";
import { writeRecord } from "./record/keep-record";
import { reportPump } from "./record/report";
import type { Store } from "./record/store";
import { AlarmKind } from "./safety/alarm-kind";
import type { Annunciator } from "./safety/annunciator";
import { GuardTrip } from "./safety/guard";
import { NEVER_MS } from "./units";

/** The runtime is started anew at rest from this long after its start, in ms: 20 days. Its clock ends at 2^32 ms, and its fibers would sleep for good. */
export const RESTART_AFTER_MS = 1728000000;

/** At the latest after this long, in ms: 24 days. Its clock is an int32 until then. */
export const RESTART_BEFORE_MS = 2073600000;

/**
 * One wake of the pump: serves everything that has come due, in order of core time, and carries the pump's commands to their ports.
 * At one instant: deadlines, then the reports of the step driver and the store, then events in order of arrival. So waking more often,
 * or a little late, changes nothing. Boards and the native engine share it; a shell only tells the time and sleeps.
 */
export class ControlLoop {
  /** Where the shell puts what happens outside. */
  readonly inbox = new Inbox();
  readonly event = new PumpEvent();
  /** The shell has to start the program anew; nothing is served any more. */
  mustRestart = false;
  /** When the runtime should next be started anew, in ms of core time. */
  private restartMs: number;
  private isForced = 0;
  private hasToldTrip = false;

  constructor(
    readonly pump: Pump,
    readonly stepper: StepDriver,
    readonly store: Store,
    readonly annunciator: Annunciator,
    readonly journal: Journal,
  ) {
    this.restartMs = pump.nowMs + RESTART_AFTER_MS;
  }

  /**
   * Does what is due at `nowMs` of core time, up to one input. Returns the instant of the next wake: not later than `nowMs` when there is more
   * to do now; NEVER_MS: only an event wakes.
   */
  turn(nowMs: number): number {
    const pump = this.pump;
    const event = this.event;
    const stepper = this.stepper;
    const journal = this.journal;
    const store = this.store;
    // A pump that was never sound says so before anything else.
    if (pump.commands.count !== 0) carryOut(this);
    let deadlineMs = pump.deadlineMs;
    if (nowMs - deadlineMs > LATE_MS) {
      event.kind = EventKind.controlLate;
      journal.write(EventKind.controlLate, nowMs, nowMs - deadlineMs, 0, 0, 0);
      pump.on(event, nowMs);
      carryOut(this);
      deadlineMs = pump.deadlineMs;
    }
    while (true) {
      if (this.mustRestart) return NEVER_MS;
      const reportMs = Math.min(stepper.doneMs, store.doneMs);
      const atMs = Math.min(Math.min(deadlineMs, this.restartMs), Math.min(reportMs, this.inbox.firstMs));
      if (atMs > nowMs) return atMs;
      // An event that arrived while the shell was late is handed over at the later time.
      const eventMs = Math.max(atMs, pump.nowMs);
      // After a late wake the pump's time is later than that of what still waits: a deadline of that instant comes first, too.
      if (deadlineMs <= eventMs) pump.advance(deadlineMs);
      else if (reportMs === atMs) {
        // The step driver's report comes before the store's at one instant.
        if (stepper.doneMs <= eventMs) {
          event.kind = EventKind.moved;
          event.count = stepper.doneStrokes;
          event.detail = stepper.doneResult;
          stepper.takeReport();
          // A stroke and its report are one thing to a reader; only a report of something else has an entry of its own.
          if (event.detail !== MoveResult.made)
            journal.write(EventKind.moved, eventMs, event.count, event.detail, 0, 0);
        } else {
          event.kind = EventKind.stored;
          event.id = store.doneSequence;
          store.takeReport();
          journal.write(EventKind.stored, eventMs, event.id, 0, 0, 0);
        }
        pump.on(event, eventMs);
      } else if (this.restartMs === atMs) {
        event.kind = EventKind.restartDue;
        event.count = this.isForced;
        this.isForced = 1;
        this.restartMs = this.restartMs + (RESTART_BEFORE_MS - RESTART_AFTER_MS);
        journal.write(EventKind.restartDue, eventMs, 0, event.count, 0, 0);
        pump.on(event, eventMs);
      } else {
        handEvent(this, eventMs);
        // One input a turn: the runtime stops a program that takes too many steps without a pause.
        return nowMs;
      }
      if (pump.commands.count !== 0) carryOut(this);
      if (pump.guard.trip !== GuardTrip.none)
        if (!this.hasToldTrip) {
          // The guard has taken EN away: the controller learns of it as of anything outside.
          this.hasToldTrip = true;
          journal.write(JournalCode.guardTripped, eventMs, pump.guard.trip, 0, 0, 0);
          event.kind = EventKind.detected;
          event.count = 1;
          event.detail = AlarmKind.guardTrip;
          pump.on(event, eventMs);
          carryOut(this);
        }
      deadlineMs = pump.deadlineMs;
    }
  }
}

function handEvent(loop: ControlLoop, atMs: number): void {
  const inbox = loop.inbox;
  const journal = loop.journal;
  const arrivedMs = inbox.firstMs;
  const event = inbox.takeFirst();
  const kind = event.kind;
  // An order that the shell slept over is not carried out late; what is the case outside is still the case.
  let isDropped = atMs - arrivedMs > LATE_MS;
  switch (kind) {
    case EventKind.stop:
    case EventKind.turned:
    case EventKind.clockLost:
    case EventKind.detected:
    case EventKind.reading:
      isDropped = false;
      break;
    default:
  }
  if (isDropped) inbox.lost = inbox.lost + 1;
  if (inbox.lost !== 0) {
    let dropped = 0;
    if (isDropped) dropped = kind;
    journal.write(JournalCode.inputsLost, atMs, inbox.lost, dropped, 0, 0);
    inbox.lost = 0;
  }
  const v = event.values;
  if (isDropped) return;
  journal.write(kind, atMs, event.id, event.count, event.detail, event.commandId);
  // An order that is refused because it comes again must not let the guard go.
  let isNew = event.commandId === 0;
  if (event.commandId > loop.pump.orders.highestCommandId) isNew = true;
  if (kind === EventKind.stop) {
    isNew = true;
    // What waits at the motor goes before the guard hears of it: while the core takes a breath it would be asked for that stroke, and trip.
    loop.stepper.halt(false, atMs);
  }
  if (isNew) loop.pump.guard.heard(kind);
  if (kind === EventKind.refill) journal.write(JournalCode.refillDrugs, atMs, v[0], v[1], v[2], v[3]);
  loop.pump.on(event, atMs);
  carryOut(loop);
  // The rows do not wait in the queue: they are more than it holds.
  if (kind === EventKind.interrogate) if (event.count === 0) reportPump(loop.pump, journal, atMs);
}

/** Brings the pump's commands to their ports, in order. */
function carryOut(loop: ControlLoop): void {
  const pump = loop.pump;
  const commands = pump.commands;
  const journal = loop.journal;
  const atMs = pump.nowMs;
  for (let i = 0; i < commands.count; i++) {
    const code = commands.code[i];
    const a = commands.a[i];
    let b = commands.b[i];
    const c = commands.c[i];
    // All but a move stand in the journal.
    if (code === CommandKind.move) loop.stepper.move(a, atMs);
    else if (code === CommandKind.restart) {
      // What waits is served first: a stop above all. The pump asks again.
      if (loop.inbox.firstMs === NEVER_MS) {
        journal.write(code, atMs, 0, 0, 0, 0);
        loop.mustRestart = true;
      }
    } else {
      if (code === CommandKind.motorOff) loop.stepper.halt(a !== 0, atMs);
      if (code === CommandKind.store) b = pump.record.totalStrokes;
      const d = commands.d[i];
      journal.write(code, atMs, a, b, c, d);
      if (code >= FIRST_ENTRY) {
        pump.eventLog.keep(loop.store, code, atMs, a, b, c, d);
        breathe();
      }
      if (code === CommandKind.store) {
        writeRecord(pump, loop.store);
        loop.store.commit(a, atMs);
      }
      if (code === CommandKind.annunciate) loop.annunciator.show(a, c, b !== 0, atMs);
    }
  }
  commands.count = 0;
}

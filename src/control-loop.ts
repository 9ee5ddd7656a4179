import { CommandKind } from "./commands";
import { EventKind, LATE_MS, PumpEvent } from "./events";
import { Inbox } from "./inbox";
import { MoveResult } from "./motion/step-driver";
import type { StepDriver } from "./motion/step-driver";
import type { Pump } from "./pump";
import { JournalCode } from "./record/journal";
import type { Journal } from "./record/journal";
import { reportPump } from "./record/report";
import type { Store } from "./record/store";
import type { Annunciator } from "./safety/annunciator";

/**
 * One wake of the pump: serves everything that has come due, in order of core time, and carries the pump's commands to their ports.
 * At one instant: deadlines, then the reports of the step driver and the store, then events in order of arrival. So waking more often,
 * or a little late, changes nothing. Boards and the native engine share it; a shell only tells the time and sleeps.
 */
export class ControlLoop {
  /** Where the shell puts what happens outside. */
  readonly inbox = new Inbox();
  private readonly event = new PumpEvent();

  constructor(
    private readonly pump: Pump,
    private readonly stepper: StepDriver,
    private readonly store: Store,
    private readonly annunciator: Annunciator,
    private readonly journal: Journal,
  ) {}

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
    if (pump.commands.count !== 0) this.carryOut();
    let deadlineMs = pump.nextDeadlineMs();
    if (nowMs - deadlineMs > LATE_MS) {
      event.kind = EventKind.controlLate;
      journal.write(EventKind.controlLate, nowMs, nowMs - deadlineMs, 0, 0, 0);
      pump.on(event, nowMs);
      this.carryOut();
      deadlineMs = pump.nextDeadlineMs();
    }
    while (true) {
      const reportMs = Math.min(stepper.doneMs, store.doneMs);
      const atMs = Math.min(deadlineMs, Math.min(reportMs, this.inbox.firstMs));
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
      } else {
        this.handEvent(eventMs);
        // One input a turn: the runtime stops a program that takes too many steps without a pause.
        return nowMs;
      }
      if (pump.commands.count !== 0) this.carryOut();
      deadlineMs = pump.nextDeadlineMs();
    }
  }

  private handEvent(atMs: number): void {
    const inbox = this.inbox;
    const journal = this.journal;
    const event = inbox.takeFirst();
    if (inbox.lost !== 0) {
      journal.write(JournalCode.inputsLost, atMs, inbox.lost, 0, 0, 0);
      inbox.lost = 0;
    }
    const v = event.values;
    const kind = event.kind;
    journal.write(kind, atMs, event.id, event.count, event.detail, 0);
    if (kind === EventKind.refill) journal.write(JournalCode.refillDrugs, atMs, v[0], v[1], v[2], v[3]);
    this.pump.on(event, atMs);
    this.carryOut();
    // The rows do not wait in the queue: they are more than it holds.
    if (kind === EventKind.interrogate) reportPump(this.pump, journal, atMs);
  }

  /** Brings the pump's commands to their ports, in order. */
  private carryOut(): void {
    const pump = this.pump;
    const commands = pump.commands;
    const journal = this.journal;
    for (let i = 0; i < commands.count; i++) {
      const code = commands.code[i];
      const atMs = commands.atMs[i];
      const a = commands.a[i];
      let b = commands.b[i];
      const c = commands.c[i];
      // All but a move stand in the journal.
      if (code === CommandKind.move) this.stepper.move(a, atMs);
      else {
        if (code === CommandKind.motorOff) this.stepper.halt(a !== 0, atMs);
        if (code === CommandKind.store) b = pump.delivery.totalStrokes;
        journal.write(code, atMs, a, b, c, commands.d[i]);
        if (code === CommandKind.store) this.store.write(pump.record, atMs);
        if (code === CommandKind.annunciate) this.annunciator.show(a, c, b !== 0, atMs);
      }
    }
    commands.count = 0;
  }
}

import { CommandKind } from "./commands";
import { EventKind, LATE_MS, PumpEvent } from "./events";
import { Inbox } from "./inbox";
import { MoveResult } from "./motion/step-driver";
import type { StepDriver } from "./motion/step-driver";
import { PRESCRIPTION_FIELDS } from "./prescription/prescription";
import type { Pump } from "./pump";
import { JournalCode } from "./record/journal";
import type { Journal } from "./record/journal";
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

  /** Does all that is due at `nowMs` of core time. Returns the instant of the next wake; NEVER_MS: only an event wakes. */
  turn(nowMs: number): number {
    const pump = this.pump;
    // A pump that was never sound says so before anything else.
    if (pump.commands.count !== 0) this.carryOut();
    let deadlineMs = pump.nextDeadlineMs();
    if (nowMs - deadlineMs > LATE_MS) deadlineMs = this.comeLate(nowMs);
    while (true) {
      const reportMs = Math.min(this.stepper.doneMs, this.store.doneMs);
      const atMs = Math.min(deadlineMs, Math.min(reportMs, this.inbox.firstMs));
      if (atMs > nowMs) return atMs;
      if (deadlineMs === atMs) pump.advance(atMs);
      // An event that arrived while the shell was late is handed over at the later time.
      else if (reportMs === atMs) this.handReport(Math.max(atMs, pump.nowMs));
      else this.handEvent(Math.max(atMs, pump.nowMs));
      if (pump.commands.count !== 0) this.carryOut();
      deadlineMs = pump.nextDeadlineMs();
    }
  }

  private comeLate(nowMs: number): number {
    this.event.kind = EventKind.controlLate;
    this.journal.enter(EventKind.controlLate, nowMs, nowMs - this.pump.nextDeadlineMs(), 0, 0, 0);
    this.pump.on(this.event, nowMs);
    this.carryOut();
    return this.pump.nextDeadlineMs();
  }

  /** The step driver's report comes before the store's at one instant. */
  private handReport(atMs: number): void {
    const event = this.event;
    const stepper = this.stepper;
    if (stepper.doneMs <= atMs) {
      event.kind = EventKind.moved;
      event.count = stepper.doneStrokes;
      event.detail = stepper.doneResult;
      stepper.takeReport();
      // A stroke and its report are one thing to a reader; only a report of something else has an entry of its own.
      if (event.detail !== MoveResult.made) this.journal.enter(EventKind.moved, atMs, event.count, event.detail, 0, 0);
    } else {
      event.kind = EventKind.stored;
      event.id = this.store.doneSequence;
      this.store.takeReport();
      this.journal.enter(EventKind.stored, atMs, event.id, 0, 0, 0);
    }
    this.pump.on(event, atMs);
  }

  private handEvent(atMs: number): void {
    const event = this.inbox.takeFirst();
    if (this.inbox.lost !== 0) {
      this.journal.enter(JournalCode.inputsLost, atMs, this.inbox.lost, 0, 0, 0);
      this.inbox.lost = 0;
    }
    if (event.kind === EventKind.program) {
      const p = event.prescription;
      this.journal.enter(EventKind.program, atMs, p[0], p[1], p[2], p[3]);
      this.journal.enter(JournalCode.programLimits, atMs, p[4], p[5], p[PRESCRIPTION_FIELDS - 1], 0);
    } else this.journal.enter(event.kind, atMs, event.id, event.count, event.detail, 0);
    this.pump.on(event, atMs);
  }

  /** Brings the pump's commands to their ports, in order. */
  private carryOut(): void {
    const commands = this.pump.commands;
    for (let i = 0; i < commands.count; i++) {
      const atMs = commands.atMs[i];
      const a = commands.a[i];
      switch (commands.kind[i]) {
        case CommandKind.move:
          this.stepper.move(a, atMs);
          break;
        case CommandKind.motorOff:
          this.stepper.off(a !== 0, atMs);
          this.journal.enter(JournalCode.motorOff, atMs, a, 0, 0, 0);
          break;
        case CommandKind.store:
          this.journal.enter(JournalCode.storeWrite, atMs, a, this.pump.delivery.totalStrokes, 0, 0);
          this.store.write(this.pump.record, atMs);
          break;
        case CommandKind.annunciate:
          this.journal.enter(JournalCode.annunciate, atMs, a, commands.b[i], 0, 0);
          this.annunciator.show(a, commands.b[i] !== 0, atMs);
          break;
        default:
          this.journal.enter(commands.code[i], atMs, a, commands.b[i], commands.c[i], commands.d[i]);
          break;
      }
    }
    commands.count = 0;
  }
}

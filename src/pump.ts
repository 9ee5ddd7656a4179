import { WallClock } from "./clock";
import type { CommandQueue } from "./commands";
import { CommandKind } from "./commands";
import { noPump, wrongConfigField } from "./config";
import type { PumpConfig } from "./config";
import { BolusEnd, BolusKind } from "./delivery/bolus-run";
import { Delivery } from "./delivery/delivery";
import { Therapy } from "./delivery/therapy";
import { EventKind } from "./events";
import type { PumpEvent } from "./events";
import { MOST_OUTSTANDING } from "./motion/outstanding";
import { Orders } from "./orders";
import { JournalCode } from "./record/journal";
import type { PumpParts } from "./pump-parts";
import { RecordKeeper } from "./record/record-keeper";
import { isSoundRecord, StateRecord } from "./record/store";
import { Refill } from "./refill";
import { Reports } from "./reports";
import { routeEvent } from "./route-event";
import { AlarmKind } from "./safety/alarm-kind";
import { MotorAction } from "./safety/alarm-table";
import { AlarmTimes } from "./safety/alarm-times";
import { FaultKind } from "./safety/fault";
import { Supervision } from "./supervision";
import { isWhole, NEVER_MS } from "./units";

/**
 * The whole pump: events in, commands out, next deadline. No clock, no I/O; all memory is allocated in the constructor.
 * The same sequence of calls always gives the same sequence of commands.
 *
 * The shell calls `advance(d)` for every deadline d that has come, in order and each with its own time, then `on` for what happened;
 * at one instant deadlines come before events. After every call it carries out `commands` and clears them.
 */
export class Pump implements PumpParts {
  fault = FaultKind.none;
  nowMs: number;
  /** What the pump asks of its ports. */
  readonly commands: CommandQueue;
  /** The numbers of a prescription that the event `stage` is about: see `Orders.draft`. */
  readonly draft: number[];
  readonly config: PumpConfig;
  readonly clock = new WallClock();
  readonly reports = new Reports();
  readonly delivery: Delivery;
  readonly therapy: Therapy;
  readonly orders: Orders;
  readonly refill: Refill;
  readonly supervision: Supervision;
  /** The record that a `store` command is about. */
  readonly record: StateRecord;

  private deadlineMs = NEVER_MS;
  private faultA = 0;
  private faultB = 0;
  private motor = MotorAction.goesOn;
  private readonly times = new AlarmTimes();
  private readonly keeper = new RecordKeeper();

  /**
   * A stopped pump without a prescription, going on with the counts of `restored`. A configuration or record that cannot be gives a pump
   * that holds nothing, in its safe state.
   */
  constructor(config: PumpConfig, restored: StateRecord) {
    const wrongField = wrongConfigField(config);
    let isSound = false;
    if (wrongField === 0) isSound = isSoundRecord(restored, config.capacityNl);
    let sound = config;
    if (!isSound) sound = noPump();
    const record = isSound ? restored : new StateRecord();
    const reports = this.reports;
    const times = this.times;
    this.config = sound;
    this.commands = reports.commands;
    this.record = this.keeper.record;
    this.record.sequence = record.sequence;
    this.nowMs = record.coreMs;
    reports.nowMs = record.coreMs;
    const delivery = new Delivery(sound, record, this.clock, reports);
    this.delivery = delivery;
    const therapy = new Therapy(sound, delivery, this.clock, times, reports);
    this.therapy = therapy;
    const supervision = new Supervision(sound, delivery, this.clock, times, reports, record);
    this.supervision = supervision;
    this.orders = new Orders(sound, delivery, therapy, supervision, reports);
    this.draft = this.orders.draft;
    this.refill = new Refill(sound, delivery, therapy, supervision, reports);
    if (wrongField !== 0) this.enterSafeState(FaultKind.badConfiguration, wrongField, 0);
    else if (!isSound) this.enterSafeState(FaultKind.badRecord, 0, 0);
    this.settle();
  }

  /** When `advance` must be called next, in ms of core time; NEVER_MS: not before the next event. */
  nextDeadlineMs(): number {
    return this.deadlineMs;
  }

  /** Does what is due at `dueMs`, which is the next deadline. At an earlier time it only lets time pass. */
  advance(dueMs: number): void {
    if (this.passTo(dueMs, this.deadlineMs)) {
      const moves = this.delivery.outstanding;
      if (this.fault === FaultKind.none) {
        if (dueMs >= moves.overdueMs) this.enterSafeState(FaultKind.motorSilent, moves.strokes, moves.overdueMs);
        else {
          this.delivery.serve(dueMs);
          if (dueMs >= this.therapy.nextMs) this.therapy.serve(dueMs);
        }
      }
      this.serveSlowly(dueMs);
    }
    this.settle();
  }

  /** Takes one event at `nowMs`, which is before the next deadline. */
  on(event: PumpEvent, nowMs: number): void {
    const kind = event.kind;
    const delivery = this.delivery;
    if (kind === EventKind.controlLate) this.giveUpLateWork(nowMs);
    else if (this.passTo(nowMs, this.deadlineMs - 1)) {
      if (kind === EventKind.moved) {
        // After a fault nothing is outstanding any more, and the driver's last report changes nothing.
        if (this.fault === FaultKind.none) {
          if (!delivery.reported(event.count, event.detail, nowMs))
            this.enterSafeState(FaultKind.unorderedMotion, event.count, delivery.outstanding.strokes);
        }
      } else if (kind === EventKind.stored) {
        if (event.id === this.record.sequence) this.keeper.writing = false;
      } else if (!routeEvent(this, event)) this.enterSafeState(FaultKind.unknownEvent, kind, 0);
    }
    this.settle();
  }

  /** Lets core time pass up to `nowMs`, at most `latestMs`, and adds up what is owed. False: an assertion failed instead. */
  private passTo(nowMs: number, latestMs: number): boolean {
    if (!isWhole(nowMs, this.nowMs, NEVER_MS - 1)) {
      this.enterSafeState(FaultKind.timeBackwards, this.nowMs, nowMs);
      return false;
    }
    if (nowMs > latestMs) {
      this.enterSafeState(FaultKind.deadlineSkipped, this.deadlineMs, nowMs);
      return false;
    }
    this.nowMs = nowMs;
    this.reports.nowMs = nowMs;
    this.delivery.plan.accrueTo(nowMs);
    return true;
  }

  /** What comes due once in a while, in the safe state too: alarms by date, the end of a silence. */
  private serveSlowly(nowMs: number): void {
    if (nowMs >= this.times.nextMs) this.supervision.serve(nowMs);
    if (nowMs < this.reports.soundAgainMs) return;
    this.reports.soundAgainMs = NEVER_MS;
    this.reports.show();
  }

  /** The shell slept through a deadline: what fell due is forfeited, the boluses end, therapy goes on from now. */
  private giveUpLateWork(nowMs: number): void {
    const missedMs = Math.min(this.deadlineMs, nowMs);
    if (!this.passTo(missedMs, missedMs)) return;
    if (!isWhole(nowMs, missedMs, NEVER_MS - 1)) {
      this.enterSafeState(FaultKind.timeBackwards, this.nowMs, nowMs);
      return;
    }
    this.nowMs = nowMs;
    this.reports.nowMs = nowMs;
    if (this.fault === FaultKind.none) {
      const forfeitedNl = this.delivery.forfeit(missedMs, nowMs);
      this.reports.log(JournalCode.forfeited, forfeitedNl, nowMs - missedMs, 0, 0);
      this.therapy.skipMissed(nowMs);
      this.therapy.serve(nowMs);
    }
    this.serveSlowly(nowMs);
  }

  /** Motor off at once, nothing delivered any more, said once. Only a new start of the program leads out. */
  private enterSafeState(fault: FaultKind, a: number, b: number): void {
    if (this.fault !== FaultKind.none) return;
    this.fault = fault;
    this.faultA = a;
    this.faultB = b;
    this.orderStillness();
    const delivery = this.delivery;
    const outstanding = delivery.outstanding;
    delivery.endBoluses(BolusEnd.fault, this.nowMs);
    delivery.plan.basalNlPerDay = 0;
    // Nothing is expected any more.
    outstanding.reported(outstanding.strokes, this.nowMs);
    this.reports.raise(AlarmKind.pumpFault, true);
    this.motor = MotorAction.stopsAtOnce;
    this.therapy.setRate(this.nowMs);
  }

  private orderStillness(): void {
    this.reports.command(CommandKind.motorOff, 1);
    this.reports.log(JournalCode.fault, this.fault, this.faultA, this.faultB, 0);
  }

  /** The alarms want `motor` now, which is something else than before. */
  private obeyAlarms(motor: MotorAction): void {
    const delivery = this.delivery;
    const stopsHarder = motor > this.motor;
    this.motor = motor;
    if (this.fault !== FaultKind.none) return;
    if (motor === MotorAction.goesOn) this.therapy.go(this.therapy.mode, this.nowMs);
    if (!stopsHarder) return;
    let end = BolusEnd.alarm;
    if (this.reports.alarms.hasCause(AlarmKind.emptyReservoir)) end = BolusEnd.reservoirEmpty;
    delivery.endBoluses(end, this.nowMs);
    this.therapy.setRate(this.nowMs);
    this.reports.command(CommandKind.motorOff, +(motor === MotorAction.stopsAtOnce));
    delivery.unsaved = true;
  }

  /** After every call: the core's own assertions, the record, the next deadline. */
  private settle(): void {
    const delivery = this.delivery;
    const therapy = this.therapy;
    const plan = delivery.plan;
    const outstanding = delivery.outstanding;
    const desk = delivery.desk;
    const owedUnits = plan.owedUnits;
    const strokeUnits = delivery.stroke.strokeUnits;
    if (owedUnits >= strokeUnits) this.enterSafeState(FaultKind.planOverrun, owedUnits, strokeUnits);
    if (outstanding.strokes > MOST_OUTSTANDING)
      this.enterSafeState(FaultKind.motorOverrun, outstanding.strokes, MOST_OUTSTANDING);
    const motor = this.reports.alarms.motor;
    if (motor !== this.motor) this.obeyAlarms(motor);
    if (therapy.lastShotBegun) if (desk.square.kind === BolusKind.none) therapy.serve(this.nowMs);
    if (therapy.isBridging) if (delivery.mixture.oldStrokes === 0) therapy.setRate(this.nowMs);
    if (delivery.unsaved) this.keeper.keep(this);
    if (this.commands.overflowed) {
      // What the queue held is lost, but "motor off", the reason and the alarm must get through.
      const lost = this.commands.count;
      this.reports.discardUnread();
      if (this.fault === FaultKind.none) this.enterSafeState(FaultKind.queueFull, lost, 0);
      else {
        this.orderStillness();
        this.reports.show();
      }
    }
    let dueMs = Math.min(this.times.nextMs, this.reports.soundAgainMs);
    if (this.fault === FaultKind.none) {
      dueMs = Math.min(Math.min(plan.nextStrokeMs(), dueMs), desk.endMs);
      dueMs = Math.min(Math.min(dueMs, outstanding.overdueMs), therapy.nextMs);
    }
    this.deadlineMs = dueMs;
  }
}

import type { CommandQueue } from "./commands";
import { CommandKind } from "./commands";
import { NO_PUMP, wrongConfigField } from "./config";
import type { PumpConfig } from "./config";
import { Delivery } from "./delivery/delivery";
import { BolusEnd } from "./delivery/demand-bolus";
import { EventKind } from "./events";
import type { PumpEvent } from "./events";
import { MOST_OUTSTANDING } from "./motion/outstanding";
import { Orders } from "./orders";
import { JournalCode } from "./record/journal";
import { RecordKeeper } from "./record/record-keeper";
import { isSoundRecord, StateRecord } from "./record/store";
import { Reports } from "./reports";
import { AlarmKind } from "./safety/alarms";
import { FaultKind } from "./safety/fault";
import { isWhole, NEVER_MS } from "./units";

/**
 * The whole pump: events in, commands out, next deadline. No clock, no I/O; all memory is allocated in the constructor.
 * The same sequence of calls always gives the same sequence of commands.
 *
 * The shell calls `advance(d)` for every deadline d that has come, in order and each with its own time, then `on` for what happened;
 * at one instant deadlines come before events. After every call it carries out `commands` and clears them.
 */
export class Pump {
  /** The assertion that put the pump in its safe state; `none` while there is none. */
  fault = FaultKind.none;
  /** Core time of the last call, in ms. */
  nowMs: number;
  /** What the pump asks of its ports. */
  readonly commands: CommandQueue;
  /** Strokes, reservoir, bolus. */
  readonly delivery: Delivery;
  /** Running or stopped, and the prescription in force. */
  readonly orders: Orders;
  /** The record that a `store` command is about. */
  readonly record: StateRecord;

  private deadlineMs = NEVER_MS;
  private faultA = 0;
  private faultB = 0;
  private readonly reports = new Reports();
  private readonly keeper = new RecordKeeper();

  /**
   * A stopped pump without a prescription, going on with the counts of `restored`. A configuration or record that cannot be gives a pump
   * that holds nothing, in its safe state.
   */
  constructor(config: PumpConfig, restored: StateRecord) {
    const wrongField = wrongConfigField(config);
    const isSound = wrongField === 0 && isSoundRecord(restored, config.capacityNl);
    const sound = isSound ? config : NO_PUMP;
    const record = isSound ? restored : new StateRecord();
    this.commands = this.reports.commands;
    this.record = this.keeper.record;
    this.record.sequence = record.sequence;
    this.nowMs = record.coreMs;
    this.reports.nowMs = record.coreMs;
    this.delivery = new Delivery(sound, record, this.reports);
    this.orders = new Orders(sound, this.delivery, this.reports);
    if (wrongField !== 0) this.enterSafeState(FaultKind.badConfiguration, wrongField, 0);
    else if (!isSound) this.enterSafeState(FaultKind.badRecord, 0, 0);
  }

  /** When `advance` must be called next, in ms of core time; NEVER_MS: not before the next event. */
  nextDeadlineMs(): number {
    return this.deadlineMs;
  }

  /** Does what is due at `dueMs`, which is the next deadline. At an earlier time it only lets time pass. */
  advance(dueMs: number): void {
    if (this.passTo(dueMs, this.deadlineMs) && this.fault === FaultKind.none) {
      const outstanding = this.delivery.outstanding;
      if (dueMs >= outstanding.overdueMs)
        this.enterSafeState(FaultKind.motorSilent, outstanding.strokes, outstanding.overdueMs);
      else this.delivery.serve(dueMs);
    }
    this.settle();
  }

  /** Takes one event at `nowMs`, which is before the next deadline. */
  on(event: PumpEvent, nowMs: number): void {
    if (event.kind === EventKind.controlLate) this.giveUpLateWork(nowMs);
    else if (this.passTo(nowMs, this.deadlineMs - 1)) this.handle(event);
    this.settle();
  }

  private handle(event: PumpEvent): void {
    const faultLatched = this.fault !== FaultKind.none;
    switch (event.kind) {
      case EventKind.program:
        this.orders.program(event.prescription, faultLatched, this.nowMs);
        break;
      case EventKind.start:
        this.orders.start(faultLatched);
        break;
      case EventKind.stop:
        this.orders.stop(this.nowMs);
        break;
      case EventKind.requestBolus:
        if (this.delivery.desk.request(event.id, this.orders.running, faultLatched, this.nowMs))
          this.delivery.unsaved = true;
        break;
      case EventKind.acknowledge:
        this.reports.acknowledgeAll();
        break;
      case EventKind.moved:
        // After a fault nothing is outstanding any more, and the driver's last report changes nothing.
        if (!faultLatched && !this.delivery.reported(event.count, event.detail, this.nowMs))
          this.enterSafeState(FaultKind.unorderedMotion, event.count, this.delivery.outstanding.strokes);
        break;
      case EventKind.stored:
        this.keeper.stored(event.id);
        break;
      case EventKind.refill:
        this.orders.refill(event.count);
        break;
      default:
        this.enterSafeState(FaultKind.unknownEvent, event.kind, 0);
        break;
    }
  }

  /** Lets core time pass up to `nowMs`, at most `latestMs`, and adds up what is owed. False: an assertion failed instead. */
  private passTo(nowMs: number, latestMs: number): boolean {
    if (!isWhole(nowMs, this.nowMs, NEVER_MS)) {
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

  /** The shell slept through a deadline: what fell due is forfeited, the bolus ends, therapy goes on from now. */
  private giveUpLateWork(nowMs: number): void {
    const missedMs = Math.min(this.deadlineMs, nowMs);
    if (this.fault !== FaultKind.none || !this.passTo(missedMs, missedMs)) return;
    if (!isWhole(nowMs, missedMs, NEVER_MS - 1)) {
      this.enterSafeState(FaultKind.timeBackwards, this.nowMs, nowMs);
      return;
    }
    this.nowMs = nowMs;
    this.reports.nowMs = nowMs;
    const forfeitedNl = this.delivery.forfeit(missedMs, nowMs);
    this.reports.log(JournalCode.forfeited, forfeitedNl, nowMs - missedMs, 0, 0);
  }

  /** Motor off at once, nothing delivered any more, said once. Only a new start of the program leads out. */
  private enterSafeState(fault: FaultKind, a: number, b: number): void {
    if (this.fault !== FaultKind.none) return;
    this.fault = fault;
    this.faultA = a;
    this.faultB = b;
    this.orderStillness();
    this.delivery.halt(BolusEnd.fault, this.nowMs);
    this.delivery.outstanding.forget();
    this.reports.raise(AlarmKind.pumpFault, true);
  }

  private orderStillness(): void {
    this.reports.command(CommandKind.motorOff, 1);
    this.reports.log(JournalCode.fault, this.fault, this.faultA, this.faultB, 0);
  }

  /** The queue is full: what it held is lost, but "motor off", the reason and the alarm must get through. */
  private saveRoomForStillness(): void {
    const lost = this.commands.count;
    this.reports.discardUnread();
    if (this.fault === FaultKind.none) this.enterSafeState(FaultKind.queueFull, lost, 0);
    else {
      this.orderStillness();
      this.reports.showAgain();
    }
  }

  /** After every call: the core's own assertions, the record, the next deadline. */
  private settle(): void {
    const delivery = this.delivery;
    if (delivery.plan.isStrokeDue())
      this.enterSafeState(FaultKind.planOverrun, delivery.plan.owedUnits, delivery.stroke.strokeUnits);
    if (delivery.outstanding.strokes > MOST_OUTSTANDING)
      this.enterSafeState(FaultKind.motorOverrun, delivery.outstanding.strokes, MOST_OUTSTANDING);
    if (delivery.unsaved) this.keeper.keep(delivery, this.nowMs, this.reports);
    if (this.reports.overflowed) this.saveRoomForStillness();
    this.deadlineMs = this.fault !== FaultKind.none ? NEVER_MS : delivery.nextDueMs();
  }
}

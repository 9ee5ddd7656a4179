import { breathe } from "./breath";
import { WallClock } from "./clock";
import type { CommandQueue } from "./commands";
import { noPump, wrongConfigField } from "./config";
import type { PumpConfig } from "./config";
import { Delivery } from "./delivery/delivery";
import { Therapy } from "./delivery/therapy";
import { EventKind } from "./events";
import type { PumpEvent } from "./events";
import { MotionCheck } from "./motion/motion-check";
import { MoveResult } from "./motion/step-driver";
import { StrokeVolume } from "./motion/stroke";
import { Orders } from "./orders";
import type { PumpParts } from "./pump-parts";
import { EventLog } from "./record/event-log";
import { recordStored } from "./record/keep-record";
import { RecordKeeper } from "./record/record-keeper";
import { problemOf, RecordProblem, StateRecord } from "./record/state-record";
import { startUp } from "./start-up";
import { giveUpLateWork, passTo, serveSlowly } from "./pass-time";
import { Refill } from "./refill";
import { Reports } from "./reports";
import { routeEvent } from "./route-event";
import { AlarmKind } from "./safety/alarm-kind";
import { MotorAction } from "./safety/alarm-table";
import { AlarmTimes } from "./safety/alarm-times";
import { FaultKind } from "./safety/fault";
import { Guard } from "./safety/guard";
import { enterSafeState } from "./safety/safe-state";
import { settle } from "./settle";
import { Supervision } from "./supervision";
import { NEVER_MS } from "./units";

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
  readonly guard: Guard;
  readonly motion: MotionCheck;
  /** Keeps the journal in the store. */
  readonly eventLog: EventLog;
  readonly keeper: RecordKeeper;
  restartIsDue = false;
  isRestarting = false;
  readonly record: StateRecord;
  deadlineMs = NEVER_MS;
  faultA = 0;
  faultB = 0;
  motor = MotorAction.goesOn;
  readonly times = new AlarmTimes();

  /**
   * A pump that goes on behind `restored`; a blank one is stopped and has no prescription. A configuration or record that cannot be gives a pump
   * that holds nothing, in its safe state. `memory`: the first PUMP_WORDS of what the store holds, or more; empty: nothing. `isHeld`: it goes on only with
   * {@link goOn}, because a board's runtime stops a program that takes too many steps without a pause.
   */
  constructor(config: PumpConfig, restored: StateRecord, memory: readonly number[] = [], isHeld = false) {
    const wrongField = wrongConfigField(config);
    breathe();
    let problem = RecordProblem.none;
    if (wrongField === 0) problem = problemOf(restored, config.capacityNl);
    const isSound = wrongField + problem === 0;
    breathe();
    let sound = config;
    let record = restored;
    let words = memory;
    if (!isSound) {
      sound = noPump();
      record = new StateRecord();
      words = [];
    }
    const reports = this.reports;
    const times = this.times;
    this.config = sound;
    this.commands = reports.commands;
    this.nowMs = record.coreMs;
    reports.nowMs = record.coreMs;
    this.guard = new Guard(sound, new StrokeVolume(sound), words, record);
    const keeper = new RecordKeeper(record, sound);
    this.keeper = keeper;
    this.record = keeper.record;
    const delivery = new Delivery(sound, record, this.clock, reports, keeper.reservation, this.guard);
    this.delivery = delivery;
    const therapy = new Therapy(sound, delivery, this.clock, times, reports);
    this.therapy = therapy;
    const supervision = new Supervision(sound, delivery, this.clock, times, reports, record);
    this.supervision = supervision;
    this.motion = new MotionCheck(sound, delivery, reports);
    this.eventLog = new EventLog(words, keeper);
    this.orders = new Orders(sound, delivery, therapy, supervision, reports);
    this.draft = this.orders.draft;
    this.refill = new Refill(sound, delivery, therapy, supervision, reports, record);
    if (!isSound) {
      // What is in the memory stays as it is, for whoever reads it out.
      keeper.isBlocked = true;
      if (wrongField !== 0) enterSafeState(this, FaultKind.badConfiguration, wrongField, 0);
      else enterSafeState(this, FaultKind.badRecord, problem, 0);
    }
    if (isHeld) settle(this);
    else this.goOn(record);
  }

  /** Goes on behind the ledger that it was made from, once. */
  goOn(ledger: StateRecord): void {
    if (!this.keeper.isBlocked) if (ledger.sequence !== 0) startUp(this, ledger);
    settle(this);
  }

  /**
   * {@link deadlineMs}, for hosts.
   * @devsWhenUsed
   */
  nextDeadlineMs(): number {
    return this.deadlineMs;
  }

  /** Does what is due at `dueMs`, which is the next deadline. At an earlier time it only lets time pass. */
  advance(dueMs: number): void {
    if (passTo(this, dueMs, this.deadlineMs)) {
      const delivery = this.delivery;
      const moves = delivery.outstanding;
      if (this.fault === FaultKind.none) {
        if (dueMs >= moves.overdueMs) enterSafeState(this, FaultKind.motorSilent, moves.strokes, moves.overdueMs);
        else {
          delivery.serve(dueMs);
          const plan = delivery.plan;
          const strokeUnits = delivery.stroke.strokeUnits;
          if (plan.owedUnits >= strokeUnits)
            if (this.keeper.reservation.left !== 0)
              enterSafeState(this, FaultKind.planOverrun, plan.owedUnits, strokeUnits);
          if (dueMs >= this.therapy.nextMs) this.therapy.serve(dueMs);
        }
      }
      serveSlowly(this, dueMs);
    }
    settle(this);
  }

  /** Takes one event at `nowMs`, which is before the next deadline. */
  on(event: PumpEvent, nowMs: number): void {
    const kind = event.kind;
    const delivery = this.delivery;
    if (kind === EventKind.controlLate) giveUpLateWork(this, nowMs);
    else if (passTo(this, nowMs, this.deadlineMs - 1)) {
      if (kind === EventKind.moved) {
        // After a fault nothing is outstanding any more, and the driver's last report changes nothing.
        if (this.fault === FaultKind.none) {
          if (delivery.reported(event.count, event.detail, nowMs)) {
            if (event.detail !== MoveResult.made) this.motion.beginAnew();
            this.motion.check(nowMs);
          } else enterSafeState(this, FaultKind.unorderedMotion, event.count, delivery.outstanding.strokes);
        }
      } else if (kind === EventKind.stored) {
        if (recordStored(this, event.id)) {
          this.reports.alarms.causeGone(AlarmKind.memoryFault);
          // The stroke that waited for it comes before another record is begun, which may reserve nothing.
          if (this.fault === FaultKind.none) delivery.serve(nowMs);
        }
      } else if (!routeEvent(this, event)) enterSafeState(this, FaultKind.unknownEvent, kind, 0);
    }
    settle(this);
  }
}

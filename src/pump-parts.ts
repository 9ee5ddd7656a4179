import type { WallClock } from "./clock";
import type { CommandQueue } from "./commands";
import type { PumpConfig } from "./config";
import type { Delivery } from "./delivery/delivery";
import type { Therapy } from "./delivery/therapy";
import type { MotionCheck } from "./motion/motion-check";
import type { Orders } from "./orders";
import type { Refill } from "./refill";
import type { RecordKeeper } from "./record/record-keeper";
import type { StateRecord } from "./record/state-record";
import type { Reports } from "./reports";
import type { MotorAction } from "./safety/alarm-table";
import type { AlarmTimes } from "./safety/alarm-times";
import type { FaultKind } from "./safety/fault";
import type { Guard } from "./safety/guard";
import type { Supervision } from "./supervision";

/** The parts of a pump, for what works on several of them: who serves time and events, keeps the record, or tells all about it. */
export interface PumpParts {
  /** Core time of the last call, in ms. */
  nowMs: number;
  /** The assertion that put the pump in its safe state; `none` while there is none. */
  fault: FaultKind;
  /** Its two numbers. */
  faultA: number;
  faultB: number;
  /** The configuration that it goes by. */
  readonly config: PumpConfig;
  /** The wall clock as far as it is known. */
  readonly clock: WallClock;
  /** All that it says. */
  readonly reports: Reports;
  /** Strokes, reservoir, boluses. */
  readonly delivery: Delivery;
  /** The program in force. */
  readonly therapy: Therapy;
  /** Prescription, start, stop. */
  readonly orders: Orders;
  /** Refill, prime, parts. */
  readonly refill: Refill;
  /** The second opinion at the motor. */
  readonly guard: Guard;
  /** The dose ledger. */
  readonly keeper: RecordKeeper;
  /** What turns at the motor, compared with what was ordered. */
  readonly motion: MotionCheck;
  /** The runtime wants to be started anew as soon as all is at rest. */
  restartIsDue: boolean;
  /** All is at rest, and the next record is the one to restart from. */
  isRestarting: boolean;
  /** When `advance` must be called next, in ms of core time; NEVER_MS: not before the next event. A plain field: it is read at every wake. */
  deadlineMs: number;
  /** What the alarms did to the motor when they were last obeyed. */
  motor: MotorAction;
  /** Alarms that come by themselves. */
  readonly times: AlarmTimes;
  /** What the pump asks of its ports. */
  readonly commands: CommandQueue;
  /** The record that a `store` command is about. */
  readonly record: StateRecord;
  /** Dates, ages and sensors. */
  readonly supervision: Supervision;
}

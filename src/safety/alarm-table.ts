import type { AlarmKind } from "./alarm-kind";

/** How much an alarm weighs: the two classes that implanted pumps have. A critical alarm forbids boluses. */
export enum AlarmClass {
  nonCritical = 1,
  critical = 2,
}

/** Priority of an alarm signal as IEC 60601-1-8 has it. The higher number shows. */
export enum AlarmPriority {
  none = 0,
  low = 1,
  medium = 2,
  high = 3,
}

/** What the motor does while an alarm is active. */
export enum MotorAction {
  /** It goes on. */
  goesOn = 0,
  /** It stops after the stroke that is being made. */
  stopsAfterStroke = 1,
  /** It stops at once. */
  stopsAtOnce = 2,
}

/** How an alarm ends. */
export enum AlarmEnd {
  /** By acknowledgement, once its cause has gone. */
  acknowledged = 1,
  /** Not before the program is started anew. */
  latched = 2,
  /** By acknowledgement, once its cause has gone; the motor goes on as soon as that has gone, without waiting for anybody. */
  resumed = 3,
}

/** Silence of an alarm's sound ends after this, in ms (Open PCA R6.4.3(5)). */
export const LONGEST_SILENCE_MS = 600000;

/** This many motor stalls within STALL_WINDOW_MS latch, even when each recovered. */
export const STALLS_THAT_LATCH = 3;

/** See {@link STALLS_THAT_LATCH}; in ms. */
export const STALL_WINDOW_MS = 86400000;

/** Stopped longer than this is an alarm, in ms: 48 h. */
export const STOPPED_TOO_LONG_MS = 172800000;

/** A reservoir's band wider than this is an alarm, in nL; so is a residual that differs by more. */
export const WIDE_BAND_NL = 2000000;

// Three digits an alarm, in the order of AlarmKind: priority, motor action, end. Critical alarms are high where therapy stops,
// medium where it goes on; non-critical ones are low. So the highest priority that shows never hides a critical alarm.
// As a text they are data and take no room in the heap; as a list they would be code.
const ROWS = "101311201101322323321322201201322322101101311101323101101101101323321101101101321";
const ZERO = 48;

/** The class of an alarm. */
export function classOf(alarm: AlarmKind): AlarmClass {
  return priorityOf(alarm) < AlarmPriority.medium ? AlarmClass.nonCritical : AlarmClass.critical;
}

/** What the table says of an alarm, by its columns. */
export enum AlarmColumn {
  priority = 0,
  motor = 1,
  end = 2,
}

/** What stands in `column` of the row of `alarm`. */
export function inTable(alarm: AlarmKind, column: AlarmColumn): number {
  return ROWS.charCodeAt(3 * alarm + column) - ZERO;
}

/** The priority of an alarm. */
export function priorityOf(alarm: AlarmKind): AlarmPriority {
  return inTable(alarm, AlarmColumn.priority);
}

/** What the motor does while `alarm` is active. */
export function motorActionOf(alarm: AlarmKind): MotorAction {
  return inTable(alarm, AlarmColumn.motor);
}

/** How `alarm` ends; the motor stall besides latches when it comes often. */
export function endOf(alarm: AlarmKind): AlarmEnd {
  return inTable(alarm, AlarmColumn.end);
}

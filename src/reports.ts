import { CommandKind, CommandQueue } from "./commands";
import { JournalCode } from "./record/journal";
import type { AlarmKind } from "./safety/alarms";
import { AlarmPattern, Alarms, ALARM_KINDS } from "./safety/alarms";

/**
 * All that the pump says: commands to its ports, journal entries, alarms. One place, so that everything carries the core's time and
 * comes out in order.
 */
export class Reports {
  /** What the ports have to do. */
  readonly commands = new CommandQueue();
  /** Which alarms are active. */
  readonly alarms = new Alarms();
  /** Core time of what is being reported, in ms. */
  nowMs = 0;
  /** True once a command found the queue full; the pump turns this into a fault. */
  overflowed = false;
  /** What the annunciator shows. */
  private shown = AlarmPattern.none;
  private silenced = false;

  /** Queues a command with one number. */
  command(kind: CommandKind, a: number): void {
    if (!this.commands.add(kind, 0, this.nowMs, a, 0, 0, 0)) this.overflowed = true;
  }

  /** Queues a journal entry. */
  log(code: JournalCode, a: number, b: number, c: number, d: number): void {
    if (!this.commands.add(CommandKind.log, code, this.nowMs, a, b, c, d)) this.overflowed = true;
  }

  /** Raises an alarm; one that is active already only renews its cause. */
  raise(alarm: AlarmKind, causePersists: boolean): void {
    if (!this.alarms.raise(alarm, causePersists)) return;
    this.log(JournalCode.alarmRaised, alarm, 0, 0, 0);
    this.show(this.alarms.highest(), false);
  }

  /** A person has read the alarms: clears those whose cause is gone. */
  acknowledgeAll(): void {
    for (let alarm = 0; alarm < ALARM_KINDS; alarm++) {
      if (this.alarms.acknowledge(alarm)) this.log(JournalCode.alarmCleared, alarm, 0, 0, 0);
    }
    this.show(this.alarms.highest(), this.silenced);
  }

  /** Silences sound until the next new alarm; what the light shows stays. */
  silence(): void {
    this.show(this.alarms.highest(), true);
  }

  /** True while a critical alarm is active. */
  hasCriticalAlarm(): boolean {
    return this.alarms.highest() === AlarmPattern.critical;
  }

  /** Drops what has not been read yet, what the annunciator was to show included. Only to make room for the safe state. */
  discardUnread(): void {
    this.commands.count = 0;
    this.overflowed = false;
    this.shown = AlarmPattern.none;
    this.silenced = false;
  }

  /** Shows the highest alarm again if nothing is shown. */
  showAgain(): void {
    this.show(this.alarms.highest(), this.silenced);
  }

  private show(pattern: AlarmPattern, silenced: boolean): void {
    // Where there is nothing to hear there is nothing to silence.
    const silent = silenced && pattern !== AlarmPattern.none;
    if (pattern === this.shown && silent === this.silenced) return;
    this.shown = pattern;
    this.silenced = silent;
    if (!this.commands.add(CommandKind.annunciate, 0, this.nowMs, pattern, silent ? 1 : 0, 0, 0))
      this.overflowed = true;
  }
}

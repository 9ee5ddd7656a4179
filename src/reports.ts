import { CommandKind, CommandQueue } from "./commands";
import { JournalCode } from "./record/journal";
import { Recent } from "./record/recent";
import { ALARM_KINDS } from "./safety/alarm-kind";
import type { AlarmKind } from "./safety/alarm-kind";
import { LONGEST_SILENCE_MS } from "./safety/alarm-table";
import { Alarms, NO_ALARM } from "./safety/alarms";
import { NEVER_MS } from "./units";

/** The annunciator is dark and silent. */
export const NO_SIGNAL = NO_ALARM * 2;

/** How many journal entries are kept for who reads the pump. */
export const EVENTS_KEPT = 16;

/**
 * All that the pump says: commands to its ports, journal entries, alarms. One place, so that everything carries the core's time and
 * comes out in order.
 */
export class Reports {
  /** What the ports have to do. */
  readonly commands = new CommandQueue();
  /** Which alarms are active. */
  readonly alarms = new Alarms();
  /** The last entries, for who reads the pump: core time, JournalCode, the first two numbers. */
  readonly events = new Recent(EVENTS_KEPT, 4);
  /** Core time of what is being reported, in ms. */
  nowMs = 0;
  /** When a silence ends by itself, in ms of core time; NEVER_MS: nothing is silenced. */
  soundAgainMs = NEVER_MS;
  /** What the annunciator shows: the alarm x 2, and 1 more when it is silenced. */
  signal = NO_SIGNAL;

  /** Queues a command with one number. */
  command(kind: CommandKind, a: number): void {
    this.commands.enqueue(kind, a, 0, 0, 0);
  }

  /** Queues a journal entry. */
  note(code: JournalCode, a = 0, b = 0, c = 0, d = 0): void {
    this.events.keep(this.nowMs, code, a, b);
    this.commands.enqueue(code, a, b, c, d);
  }

  /** Raises an alarm; one that is active already only renews its cause. A new one ends a silence. */
  raise(alarm: AlarmKind, causePersists: boolean): void {
    if (!this.alarms.raise(alarm, causePersists, this.nowMs)) return;
    this.note(JournalCode.alarmRaised, alarm);
    this.soundAgainMs = NEVER_MS;
    // The signal begins anew, whichever alarm shows: a new one is heard at once.
    this.signal = NO_SIGNAL;
    this.announce();
  }

  /** The cause of `alarm` is there, or has gone. */
  setCause(alarm: AlarmKind, isThere: boolean): void {
    if (isThere) this.raise(alarm, true);
    else this.alarms.causeGone(alarm);
  }

  /** A person has read the alarms: clears those whose cause is gone. */
  acknowledgeAll(): void {
    for (let alarm = 0; alarm < ALARM_KINDS; alarm++) {
      if (this.alarms.acknowledge(alarm)) this.note(JournalCode.alarmCleared, alarm);
    }
    if (this.alarms.shown === NO_ALARM) this.soundAgainMs = NEVER_MS;
    this.announce();
  }

  /**
   * Silences sound until the next new alarm, for 10 min at most; what the light shows stays. Nothing to hear: nothing to silence. So a silence
   * cannot be made longer while it lasts.
   */
  silence(): void {
    if (this.alarms.shown === NO_ALARM) return;
    if (this.soundAgainMs !== NEVER_MS) return;
    this.soundAgainMs = this.nowMs + LONGEST_SILENCE_MS;
    this.announce();
  }

  /** Tells the annunciator what to show, if that is something else than before. */
  announce(): void {
    const alarm = this.alarms.shown;
    const silenced = +(this.soundAgainMs !== NEVER_MS);
    const signal = alarm * 2 + silenced;
    if (signal === this.signal) return;
    this.signal = signal;
    this.commands.enqueue(CommandKind.annunciate, this.alarms.priority, silenced, alarm, 0);
  }
}

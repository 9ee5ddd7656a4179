import type * as ds from "@devicescript/core";
import { EventKind } from "../src/events";
import type { Inbox } from "../src/inbox";
import { AlarmKind } from "../src/safety/alarm-kind";
import { NEVER_MS } from "../src/units";
import type { CoreClock, Shell } from "./shell";

/** A contact shorter than this is bouncing or a knock, in ms. */
export const PRESS_MS = 50;

/** A contact within this time of the end of the last one that was no bounce belongs to it, in ms. */
export const BOUNCE_MS = 300;

/** A contact of this length is a stuck key, in ms. */
export const STUCK_MS = 10000;

// What the button service calls its events.
const DOWN_EVENT = 1;
const UP_EVENT = 2;
const HOLD_EVENT = 129;

/**
 * Turns presses of the patient's button into bolus requests, which the pump itself numbers, and a key that does not come up into its alarm.
 * The board's button server tells of `down`, `up` and, while the key is down, `hold` every 500 ms. These three are enough to judge
 * by: no fiber, and no wake while nobody touches the key. So a press is taken when it ends, or at its first `hold`.
 */
export class PatientButton {
  /** When it went down; NEVER_MS while it is up. */
  private atMs = NEVER_MS;
  private lastUpMs = -BOUNCE_MS;
  /** The contact that is there can still become a request. */
  private isOpen = false;
  private isStuck = false;

  constructor(
    private readonly inbox: Inbox,
    private readonly clock: CoreClock,
    private readonly shell: Shell,
  ) {}

  /** The button went down. */
  down(): void {
    const nowMs = this.clock.nowMs();
    this.atMs = nowMs;
    this.isOpen = nowMs - this.lastUpMs >= BOUNCE_MS;
  }

  /** The button is still down; may come late, and more than once. */
  hold(): void {
    const nowMs = this.clock.nowMs();
    if (this.atMs === NEVER_MS) {
      // Down since before anybody listened: no press, but it may be stuck.
      this.atMs = nowMs;
      this.isOpen = false;
    }
    this.judge(nowMs);
  }

  /** The button came up. */
  up(): void {
    const nowMs = this.clock.nowMs();
    if (this.atMs === NEVER_MS) return;
    this.judge(nowMs);
    if (nowMs - this.atMs >= PRESS_MS) this.lastUpMs = nowMs;
    this.atMs = NEVER_MS;
    if (this.isStuck) {
      this.isStuck = false;
      this.tell(EventKind.detected, nowMs, 0, AlarmKind.stuckKey);
    }
  }

  /** For how long it has been down at `nowMs`, in ms; 0: it is up. */
  heldMs(nowMs: number): number {
    return Math.max(0, nowMs - this.atMs);
  }

  private judge(nowMs: number): void {
    const heldMs = nowMs - this.atMs;
    if (heldMs < PRESS_MS) return;
    if (this.isOpen) {
      this.isOpen = false;
      this.tell(EventKind.requestBolus, nowMs, 0, 0);
    }
    if (heldMs < STUCK_MS) return;
    if (!this.isStuck) {
      this.isStuck = true;
      this.tell(EventKind.detected, nowMs, 1, AlarmKind.stuckKey);
    }
  }

  private tell(kind: EventKind, nowMs: number, count: number, detail: number): void {
    this.inbox.add(kind, nowMs, 0, count, detail);
    this.shell.wake();
  }

  /**
   * Listens to the board's button server. It takes the place of the library's own receiver: that brings half a kilobyte of lists of
   * handlers along, for three events that have one reader each.
   */
  listenTo(button: ds.Button): void {
    const self = this;
    async function receive(packet: ds.Packet): Promise<void> {
      // None comes when the button is found or lost.
      if (!packet) return;
      const event = packet.eventCode;
      if (event === DOWN_EVENT) self.down();
      if (event === UP_EVENT) self.up();
      if (event === HOLD_EVENT) self.hold();
    }
    button._onPacket = receive;
  }
}

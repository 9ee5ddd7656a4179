import type * as ds from "@devicescript/core";
import { EventKind } from "../src/events";
import type { Inbox } from "../src/inbox";
import type { CoreClock, Shell } from "./shell";

/** A press within this time of the last release is the contact bouncing, in ms. */
export const BOUNCE_MS = 300;

/** Turns presses of the patient's button into bolus requests, each with an id of its own. */
export class PatientButton {
  private pressId = 0;
  private lastUpMs = -BOUNCE_MS;

  constructor(
    private readonly inbox: Inbox,
    private readonly clock: CoreClock,
    private readonly shell: Shell,
  ) {}

  /** The button went down. */
  down(): void {
    const nowMs = this.clock.nowMs();
    if (nowMs - this.lastUpMs < BOUNCE_MS) return;
    this.pressId++;
    this.inbox.add(EventKind.requestBolus, nowMs, this.pressId, 0);
    this.shell.wake();
  }

  /** The button came up. */
  up(): void {
    this.lastUpMs = this.clock.nowMs();
  }

  /** Listens to the board's button server. */
  listenTo(button: ds.Button): void {
    const self = this;
    button.down.subscribe(async () => {
      self.down();
    });
    button.up.subscribe(async () => {
      self.up();
    });
  }
}

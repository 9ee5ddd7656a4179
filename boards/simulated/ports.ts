import { MoveResult } from "../../src/motion/step-driver";
import type { StepDriver } from "../../src/motion/step-driver";
import { STORE_WRITE_MS } from "../../src/motion/stroke-time";
import type { Journal } from "../../src/record/journal";
import type { StateRecord, Store } from "../../src/record/store";
import type { Annunciator } from "../../src/safety/annunciator";
import { NEVER_MS } from "../../src/units";
import type { SleepObserver } from "../shell";
import type { HostLink } from "./host-link";
import { HostCode } from "../../src/simulation/host-protocol";

/** The ideal motor: every stroke is made, one after the other, takes the longest time allowed, and is told to the host. */
export class SimulatedStepDriver implements StepDriver {
  doneMs = NEVER_MS;
  doneStrokes = 1;
  doneResult = MoveResult.made;
  private waiting = 0;

  constructor(
    private readonly strokeMs: number,
    private readonly host: HostLink,
  ) {}

  move(strokes: number, dueMs: number): void {
    if (this.waiting === 0) this.doneMs = dueMs + this.strokeMs;
    this.waiting += strokes;
    this.host.send(HostCode.stroke, dueMs, strokes, 0, 0, 0);
  }

  off(atOnce: boolean, nowMs: number): void {
    if (this.waiting === 0) return;
    if (atOnce || this.waiting > 1) {
      this.doneStrokes = this.waiting;
      this.doneResult = MoveResult.cancelled;
      this.waiting = 1;
    }
    if (atOnce) this.doneMs = nowMs;
  }

  takeReport(): void {
    this.waiting--;
    this.doneMs = this.waiting === 0 ? NEVER_MS : this.doneMs + this.strokeMs;
    this.doneStrokes = 1;
    this.doneResult = MoveResult.made;
  }
}

/** Hands every record to the host and reports it as written after the longest time of a write. */
export class SimulatedStore implements Store {
  doneMs = NEVER_MS;
  doneSequence = 0;

  constructor(private readonly host: HostLink) {}

  write(record: StateRecord, nowMs: number): void {
    this.host.send(
      HostCode.record,
      record.coreMs,
      record.sequence,
      record.totalStrokes,
      record.filledNl,
      record.drawnStrokes,
    );
    this.doneSequence = record.sequence;
    this.doneMs = nowMs + STORE_WRITE_MS;
  }

  takeReport(): void {
    this.doneMs = NEVER_MS;
  }
}

/** Shows nothing: the journal has told the host already. */
export class SimulatedAnnunciator implements Annunciator {
  show(): void {
    return;
  }
}

/** Hands every entry to the host. */
export class HostJournal implements Journal {
  constructor(private readonly host: HostLink) {}

  enter(code: number, atMs: number, a: number, b: number, c: number, d: number): void {
    this.host.send(code, atMs, a, b, c, d);
  }
}

/** Tells the host until when the program sleeps, so that virtual time can jump there. */
export class HostSleepObserver implements SleepObserver {
  constructor(private readonly host: HostLink) {}

  beforeSleep(wakeMs: number): void {
    this.host.send(HostCode.asleep, wakeMs, 0, 0, 0, 0);
    this.host.flush();
  }
}

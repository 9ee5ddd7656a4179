import type { EngineInput } from "../engines/engine";
import type { SimulatedMemory } from "../engines/simulated-memory";
import { HeldButton } from "./held-button";
import { LiveBus } from "./live-bus";
import type { BusEnd } from "./live-bus";
import { LiveProgram } from "./live-program";
import type { LiveProgramParts } from "./live-program";
import type { Timers } from "./timers";

/** After the last frame from outside the pump may speak for 10 s; for this long, in ms, the runtime is let work whenever it asks for it. */
const LISTENS_MS = 15000;

/** A board announces itself every 500 ms (`jd_services_tick` of jacdac-c): so often, in ms, the runtime works while somebody listens in real time. */
const ANNOUNCES_MS = 500;

/** What a {@link LivePump} is made of. What was written is told (`kept`) before any frame goes out that may speak of it. */
export interface LivePumpParts extends LiveProgramParts {
  /** Real time, which its own follows; left out: its time passes in `passTo` only. */
  readonly timers?: Timers;
}

/**
 * One powered simulated pump with the compiled program of a board, on whose bus frames come and go. Its time follows real time, or passes as
 * it is told. Between what is due nothing runs. The motor is ideal, nothing is wrong with the reservoir: what a plant would do is not
 * simulated. It satisfies `Transport` of `link/`, and more can {@link join} its bus.
 */
export class LivePump {
  readonly name = "sim";

  private readonly board: LiveProgram;
  private readonly bus = new LiveBus((frame) => this.take(frame));
  private own: BusEnd | undefined;
  private readonly button = new HeldButton();
  /** When the power comes back; Infinity: it is there, or nobody has said. */
  private powerMs = Infinity;
  /** Frames to the pump that wait. */
  private readonly incoming: Uint8Array[] = [];
  private heardMs = -Infinity;
  private isBusy = false;
  private isClosed = false;
  private readonly timers: Timers | undefined;
  private readonly zeroMs: number;
  private stopTimer: () => void = () => undefined;

  /** Starts it: it is ready at 0. Throws `EngineFailure` when the program cannot start. */
  constructor(parts: LivePumpParts) {
    this.timers = parts.timers;
    this.zeroMs = parts.timers?.nowMs() ?? 0;
    this.board = new LiveProgram(parts);
    this.work(0);
  }

  /** What it keeps its ledger in. */
  get memory(): SimulatedMemory {
    return this.board.memory;
  }

  /** Time since it was made, in ms; while real time passes as of the last thing that it did. */
  get nowMs(): number {
    return this.board.nowMs;
  }

  /** When it has to do something again, in ms; Infinity: not before a frame comes. */
  get nextMs(): number {
    return Math.min(this.board.deadlineMs, this.idleMs, this.button.nextMs, this.powerMs);
  }

  /** It has power. */
  get isOn(): boolean {
    return this.board.isOn;
  }

  /** Core time of its program in ms; `undefined`: none runs. */
  get coreMs(): number | undefined {
    return this.board.coreMs;
  }

  /** Lets its time pass to `limitMs`, not before `nowMs`, with all that is due until then. */
  passTo(limitMs: number): void {
    if (!this.isBusy && !this.isClosed) this.work(limitMs);
  }

  /** More than one can hear it: see {@link LiveBus.join}. */
  join(onFrame: (frame: Uint8Array) => void, onClosed: (why: string) => void): BusEnd {
    const end = this.bus.join(onFrame, onClosed);
    this.catchUp();
    return end;
  }

  /** From now on `onFrame` gets each frame that comes; `onClosed` is for what closes it without {@link close}: nothing does. */
  listen(onFrame: (frame: Uint8Array) => void, onClosed: (why: string) => void): void {
    this.own?.leave();
    this.own = this.join(onFrame, onClosed);
  }

  /** Puts a frame on its bus, at this instant. Never throws: what is no frame is lost, as is one that comes while it has no power. */
  send(frame: Uint8Array): void {
    this.own ??= this.bus.join(
      () => undefined,
      () => undefined,
    );
    this.own.send(frame);
  }

  /** The patient presses the button, shortly. */
  pressButton(): void {
    this.holdButton(0);
  }

  /** The button is held for `ms`, from now on. */
  holdButton(ms: number): void {
    this.catchUp();
    this.button.press(this.nowMs, ms);
    this.catchUp();
  }

  /** Something else happens to the pump now: what a sensor or a detector would tell. */
  give(input: EngineInput): void {
    this.catchUp();
    this.board.give(input);
    this.catchUp();
  }

  /** The power fails now, and comes back in `offMs`; Infinity: not before {@link powerOn}. */
  cutPower(offMs = Infinity): void {
    this.catchUp();
    this.powerMs = this.nowMs + offMs;
    this.board.cutPower();
    this.catchUp();
  }

  /** The power is back now: BOOT_MS later the pump is ready. */
  powerOn(): void {
    this.catchUp();
    this.powerMs = this.nowMs;
    this.catchUp();
  }

  /**
   * Switches it off: it comes to rest, ends its boluses and writes its ledger as before a planned restart, so that it goes on behind it, with
   * clock and schedule, whenever it is started again. Time until then does not count.
   */
  close(): Promise<void> {
    if (this.isClosed) return Promise.resolve();
    this.catchUp();
    this.isClosed = true;
    this.stopTimer();
    this.own?.leave();
    this.board.switchOff();
    this.handOn();
    this.bus.close("the simulated pump was switched off");
    return Promise.resolve();
  }

  /** Serves what is due by now, and sees when that is the next time. */
  private catchUp(): void {
    if (this.isBusy || this.isClosed) return;
    const { timers } = this;
    this.work(timers === undefined ? this.nowMs : Math.max(this.nowMs, Math.floor(timers.nowMs() - this.zeroMs)));
  }

  private take(frame: Uint8Array): void {
    this.incoming.push(frame.slice());
    this.catchUp();
  }

  /** All that is due up to `limitMs`, then the frames that have come. */
  private work(limitMs: number): void {
    this.isBusy = true;
    try {
      this.settle();
      while (this.nextMs <= limitMs && !this.isClosed) {
        this.stepTo(Math.max(this.nowMs, this.nextMs));
        this.settle();
      }
      if (limitMs > this.nowMs) this.board.runTo(limitMs);
      this.settle();
    } finally {
      this.isBusy = false;
    }
    const { timers } = this;
    this.stopTimer();
    if (timers === undefined || this.isClosed || this.nextMs === Infinity) return;
    this.stopTimer = timers.after(Math.max(0, this.nextMs + this.zeroMs - timers.nowMs()), () => this.catchUp());
  }

  private stepTo(atMs: number): void {
    const { board, button } = this;
    board.runTo(atMs);
    if (this.powerMs <= this.nowMs) {
      this.powerMs = Infinity;
      board.powerOn();
    }
    for (const input of button.passTo(this.nowMs)) board.give(input);
    if (button.hasChanged) this.tellButton();
    if (this.idleMs <= this.nowMs) board.idle();
  }

  /** What has come of a step goes out, then what waits comes in, and so on. */
  private settle(): void {
    if (this.board.takeStart() && this.button.isHeld) this.tellButton();
    this.handOn();
    for (let frame = this.incoming.shift(); frame !== undefined; frame = this.incoming.shift()) {
      this.heardMs = this.nowMs;
      this.board.take(frame);
      this.handOn();
    }
  }

  /** What was written is kept, then frames that may speak of it go out. */
  private handOn(): void {
    this.board.keep();
    for (let frame = this.board.sent.shift(); frame !== undefined; frame = this.board.sent.shift())
      this.bus.tell(frame);
  }

  private tellButton(): void {
    this.button.hasChanged = false;
    this.board.tellButton((coreMs, nowMs) => this.button.sinceAt(coreMs, nowMs));
  }

  /** When the runtime has something to do beside the pump's own deadlines; Infinity: nobody would hear of it. */
  private get idleMs(): number {
    const { board } = this;
    if (board.coreMs === undefined) return Infinity;
    if (this.nowMs - this.heardMs < LISTENS_MS) return board.runtimeMs;
    return this.timers !== undefined && this.bus.isHeard ? board.idledMs + ANNOUNCES_MS : Infinity;
  }
}

import { INBOX_SLOTS } from "../../src/inbox";
import { JournalCode } from "../../src/record/journal";
import { LEDGER_WORDS } from "../../src/record/memory-map";
import { BOOT_MS, POWER_CUT, recordAtBoot } from "./engine";
import type { BootState, Engine, EngineInput, PortSink } from "./engine";
import type { Program, ProgramPorts, StartProgram } from "./program";
import { SimulatedMemory } from "./simulated-memory";

/**
 * An engine's time and power, the same for whatever runs the program: it wakes the program when that asks for it, loses power and gets
 * it back, starts it anew when it has asked for that, and turns core time, which stands still meanwhile, into plant time.
 */
export class PoweredEngine implements Engine {
  nowMs = 0;
  isOn = true;
  readonly memory: SimulatedMemory;

  private program: Program | undefined;
  /** When the program that is being started is ready; Infinity: none is. */
  private readyMs = 0;
  /** Plant time less core time. */
  private aheadMs = 0;
  private readonly ports: ProgramPorts;
  /** Time of the last thing that the program told. */
  private toldMs = 0;
  /** The program wants to be started anew since then; Infinity: it does not. */
  private restartMs = Infinity;
  private pauseAsked = false;
  /** Inputs that wait in the program's inbox for the next tick of the grid, and the time of the last of them in ms. */
  private untaken = 0;
  private lastGivenMs = 0;
  /** True while one of them is a `stage` or a `refill`: its numbers must stay where they are. */
  private numbersUntaken = false;

  /** `gridMs`: the program wakes only at multiples of this; 1: exactly when it asks. */
  constructor(
    readonly name: "native" | "bytecode",
    private readonly gridMs: number,
    private readonly boot: BootState,
    private readonly sink: PortSink,
    private readonly start: StartProgram,
  ) {
    this.memory = boot.memory ?? new SimulatedMemory();
    this.ports = this.portsTo(sink);
    this.wakeAt(0);
  }

  runTo(limitMs: number): void {
    this.pauseAsked = false;
    const wasOn = this.isOn;
    while (this.nextMs() <= limitMs) {
      // On the grid a wake may come later than its deadline, but never later than the instant that was asked for.
      const wakeMs = this.program === undefined ? this.readyMs : Math.min(this.onGrid(this.nextMs()), limitMs);
      this.wakeAt(Math.max(this.nowMs, wakeMs));
      if (this.nowMs >= this.lastGivenMs) this.forgetGiven();
      if (this.pauseAsked || this.isOn !== wasOn) return;
    }
    this.nowMs = limitMs;
  }

  pause(): void {
    this.pauseAsked = true;
  }

  give(input: EngineInput, atMs: number): void {
    // On the grid the input waits in the program's inbox from the last tick on, and is served at the next one under its own time.
    // More would not find room there: then what has come is served before its tick.
    const hasNumbers = input.prescription !== undefined || input.values !== undefined;
    if (this.untaken === INBOX_SLOTS || (hasNumbers && this.numbersUntaken)) this.runTo(this.lastGivenMs);
    let tickMs = Math.max(this.nowMs, Math.floor(atMs / this.gridMs) * this.gridMs);
    this.serveTo(tickMs);
    if (this.program === undefined) {
      // Nobody hears it, unless the program is ready before it comes.
      tickMs = atMs;
      this.serveTo(atMs);
    }
    const { program } = this;
    if (program === undefined) return;
    program.hand(input, atMs - this.aheadMs, tickMs - this.aheadMs);
    this.wakeAt(tickMs);
    if (atMs <= tickMs) return;
    this.lastGivenMs = atMs;
    this.untaken++;
    if (hasNumbers) this.numbersUntaken = true;
  }

  oversleep(atMs: number, untilMs: number): void {
    this.serveTo(atMs);
    if (this.program === undefined) this.serveTo(untilMs);
    else if (this.nextMs() <= untilMs) this.wakeAt(untilMs);
    this.nowMs = untilMs;
  }

  cutPower(atMs: number): void {
    this.serveTo(atMs);
    if (this.isOn) this.goDark(atMs);
  }

  powerOn(atMs: number): void {
    this.serveTo(atMs);
    if (this.isOn) return;
    this.isOn = true;
    this.readyMs = atMs + BOOT_MS;
  }

  close(): void {
    this.program = undefined;
    this.readyMs = Infinity;
  }

  /** Nobody may pause on the way to an input: what is due before it has to be served. */
  private serveTo(atMs: number): void {
    do this.runTo(atMs);
    while (this.nowMs < atMs || this.nextMs() <= atMs);
  }

  private nextMs(): number {
    return this.program === undefined ? this.readyMs : this.program.nextMs + this.aheadMs;
  }

  private forgetGiven(): void {
    this.untaken = 0;
    this.numbersUntaken = false;
  }

  private onGrid(atMs: number): number {
    return Math.ceil(atMs / this.gridMs) * this.gridMs;
  }

  /** Core time of the running program at this instant, in ms; `undefined`: none runs. */
  get coreMs(): number | undefined {
    return this.program === undefined ? undefined : this.nowMs - this.aheadMs;
  }

  /** When the program, or its next start, wants to wake, in ms; Infinity: not before the power is back. */
  get deadlineMs(): number {
    return this.nextMs();
  }

  /** Lets the running program do something else than wake its pump, at `nowMs`: `work` is given core time. Nothing happens while none runs. */
  letWork(work: (coreMs: number) => void): void {
    if (this.program === undefined) return;
    this.toldMs = this.nowMs;
    work(this.nowMs - this.aheadMs);
    this.seeWhatBecame();
  }

  /** The program has failed: it is started anew in `afterMs`, with the power on all the time. */
  startAgainIn(afterMs: number): void {
    this.program = undefined;
    this.readyMs = this.nowMs + afterMs;
    this.restartMs = Infinity;
    this.forgetGiven();
  }

  /** Lets the program work at `atMs`, and sees what has become of it. */
  private wakeAt(atMs: number): void {
    this.nowMs = atMs;
    if (this.program === undefined) this.startProgram();
    else this.program.wake(atMs - this.aheadMs);
    this.seeWhatBecame();
  }

  private seeWhatBecame(): void {
    if (this.memory.isDead) this.goDark(this.toldMs);
    else if (this.restartMs !== Infinity) {
      this.program = undefined;
      this.readyMs = Math.max(this.nowMs, this.restartMs + BOOT_MS);
      this.forgetGiven();
    }
    this.restartMs = Infinity;
  }

  private startProgram(): void {
    const { boot, memory } = this;
    memory.powerOn();
    this.readyMs = Infinity;
    const image = memory.image(LEDGER_WORDS);
    const start = { config: boot.config, record: recordAtBoot(boot), image, capacityWords: memory.capacityWords };
    this.program = this.start(start, this.ports);
  }

  /** The power fails at `atMs`: on the grid the wake in which it does may be a little later. */
  private goDark(atMs: number): void {
    this.isOn = false;
    this.nowMs = atMs;
    this.program = undefined;
    this.readyMs = Infinity;
    this.forgetGiven();
    this.sink.entry(POWER_CUT, atMs, 0, 0, 0, 0);
  }

  /** What the program tells while the power is on, in plant time. */
  private portsTo(sink: PortSink): ProgramPorts {
    const { memory } = this;
    return {
      ready: (coreMs) => {
        this.aheadMs = this.nowMs - coreMs;
      },
      stroke: (coreMs, strokes) => {
        if (memory.isDead) return;
        this.toldMs = coreMs + this.aheadMs;
        sink.stroke(this.toldMs, strokes);
      },
      entry: (code, coreMs, a, b, c, d) => {
        if (memory.isDead) return;
        this.toldMs = coreMs + this.aheadMs;
        if (code === Number(JournalCode.restart)) this.restartMs = this.toldMs;
        sink.entry(code, this.toldMs, a, b, c, d);
      },
      memory: (place, words, count) => void memory.write(place, words, count),
      read: (place, count) => {
        if (memory.isDead || place < 0 || place + count > memory.capacityWords) return undefined;
        return memory.words(place, count);
      },
    };
  }
}

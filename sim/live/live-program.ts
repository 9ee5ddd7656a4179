import type { PumpConfig } from "../../src/config";
import { EventKind } from "../../src/events";
import { JournalCode } from "../../src/record/journal";
import { RuntimeReset } from "../engines/bytecode/runtime";
import { RuntimeProgram } from "../engines/bytecode/runtime-program";
import type { BytecodeProgram } from "../engines/bytecode/runtime-program";
import { BOOT_MS, plainInput } from "../engines/engine";
import type { EngineInput, PortSink } from "../engines/engine";
import { PoweredEngine } from "../engines/powered-engine";
import { SimulatedMemory } from "../engines/simulated-memory";
import type { ClockChip } from "./clock-chip";

/** From a panic of the program to its next start, in ms: the runtime's own 5 s (`devsmgr.c`), and the start. */
const AFTER_FAILURE_MS = 5000 + BOOT_MS;

/** How long the pump may take to come to rest when it is switched off, in ms. */
const SWITCH_OFF_MS = 10000;

/** What a live pump's board is made of. */
export interface LiveProgramParts {
  /** Wakes exactly: `gridMs` is 1. */
  readonly program: BytecodeProgram;
  readonly config: PumpConfig;
  /** What its memory holds; left out: it is blank. */
  readonly memory?: SimulatedMemory;
  /** Left out: it has none, and knows no time of day after a loss of power. */
  readonly clockChip?: ClockChip;
  /** Is told what passes its ports, in ms since it was made. */
  readonly sink?: PortSink;
  /** The memory or the clock chip holds something else. */
  readonly kept?: () => void;
  /** The program has failed, and is started again; why, in one line. */
  readonly failed?: (why: string) => void;
}

/**
 * The program of a live pump with its power, memory and clock chip: the bytecode engine, whose runtime is also let work between the pump's own
 * wakes. A program that fails is started again, as the runtime of a board would do. Nothing here throws, except that it cannot start at all.
 */
export class LiveProgram {
  /** What it keeps its ledger in. */
  readonly memory: SimulatedMemory;
  /** Frames that it has sent, the first one first; whoever hands them on takes them out. */
  readonly sent: Uint8Array[] = [];
  /** When the runtime wants to work again, in ms, whether or not somebody would hear of it. */
  runtimeMs = 0;
  /** When it did so last. */
  idledMs = 0;

  private readonly engine: PoweredEngine;
  private program: RuntimeProgram | undefined;
  private hasStarted = false;
  private keptWrites = 0;
  private isClockSet = false;

  /** Starts it: the pump is ready at 0. Throws `EngineFailure` when the program cannot start. */
  constructor(private readonly parts: LiveProgramParts) {
    this.memory = parts.memory ?? new SimulatedMemory();
    const boot = { config: parts.config, reservoirNl: 0, memory: this.memory };
    this.engine = new PoweredEngine("bytecode", 1, boot, this.sinkTo(parts.sink), (start, ports) => {
      this.program = new RuntimeProgram(parts.program, start, ports, (frame) => void this.sent.push(frame));
      this.hasStarted = true;
      return this.program;
    });
  }

  /** Time that was reached, in ms. */
  get nowMs(): number {
    return this.engine.nowMs;
  }

  /** It has power. */
  get isOn(): boolean {
    return this.engine.isOn;
  }

  /** Core time in ms; `undefined`: no program runs. */
  get coreMs(): number | undefined {
    return this.engine.coreMs;
  }

  /** When the pump, or its next start, wants to wake, in ms; Infinity: not before the power is back. */
  get deadlineMs(): number {
    return this.engine.deadlineMs;
  }

  /** Lets time pass to `atMs`. */
  runTo(atMs: number): void {
    this.step(() => this.engine.runTo(atMs));
  }

  /** An input arrives now. */
  give(input: EngineInput): void {
    this.step(() => this.engine.give(input, this.nowMs));
  }

  /** The power fails now. */
  cutPower(): void {
    this.step(() => this.engine.cutPower(this.nowMs));
  }

  /** The power is back now. */
  powerOn(): void {
    this.step(() => this.engine.powerOn(this.nowMs));
  }

  /** A frame comes from outside; it is lost while no program runs. */
  take(frame: Uint8Array): void {
    this.program?.take(frame);
    this.idle();
  }

  /** Lets the runtime do what is due beside the pump's own deadlines. */
  idle(): void {
    this.idledMs = this.nowMs;
    this.step(() => {
      this.engine.letWork((coreMs) => {
        if (this.program !== undefined) this.runtimeMs = this.nowMs + this.program.idle(coreMs);
      });
    });
  }

  /** The program learns since when its button is held in core time, by what `sinceMs` says of it. */
  tellButton(sinceMs: (coreMs: number, nowMs: number) => number): void {
    this.step(() => this.engine.letWork((coreMs) => this.program?.hold(sinceMs(coreMs, this.nowMs))));
    this.idle();
  }

  /** True once after each start of a program, which has read its clock chip then. */
  takeStart(): boolean {
    if (this.coreMs === undefined || !this.hasStarted) return false;
    this.hasStarted = false;
    this.runtimeMs = this.nowMs;
    const wallMs = this.parts.clockChip?.wallMs;
    if (wallMs !== undefined)
      this.give(plainInput(EventKind.setClock, { count: Math.max(0, Math.floor(wallMs)), detail: 1 }));
    return true;
  }

  /** Tells of it when memory or clock chip have changed. */
  keep(): void {
    const { writes } = this.memory;
    if (writes === this.keptWrites && !this.isClockSet) return;
    this.keptWrites = writes;
    this.isClockSet = false;
    this.parts.kept?.();
  }

  /** Brings the pump to rest as before a planned restart, and ends the program. */
  switchOff(): void {
    const endMs = this.nowMs + SWITCH_OFF_MS;
    if (this.coreMs !== undefined) this.give(plainInput(EventKind.restartDue, { count: 1 }));
    while (this.coreMs !== undefined && this.nowMs < endMs) this.runTo(Math.min(this.deadlineMs, endMs));
    this.keep();
    this.engine.close();
  }

  /** Does one thing with the engine. A program that fails in it is started again. */
  private step(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.engine.startAgainIn(error instanceof RuntimeReset ? BOOT_MS : AFTER_FAILURE_MS);
      this.parts.failed?.(error instanceof Error ? error.message : String(error));
    }
    if (this.engine.coreMs === undefined) this.program = undefined;
  }

  private sinkTo(sink: PortSink | undefined): PortSink {
    const chip = this.parts.clockChip;
    return {
      stroke: (atMs, strokes) => sink?.stroke(atMs, strokes),
      entry: (code, atMs, a, b, c, d) => {
        if (code === Number(JournalCode.clockSet) && chip !== undefined) {
          chip.set(a);
          this.isClockSet = true;
        }
        sink?.entry(code, atMs, a, b, c, d);
      },
    };
  }
}

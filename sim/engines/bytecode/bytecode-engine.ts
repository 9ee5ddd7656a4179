import { INBOX_SLOTS } from "../../../src/inbox";
import type { StateRecord } from "../../../src/record/store";
import { HostCode, PROTOCOL_VERSION } from "../../../src/simulation/host-protocol";
import { MS_PER_DAY } from "../../../src/units";
import { EngineFailure, recordAtBoot } from "../engine";
import type { BootState, Engine, EngineInput, PortSink } from "../engine";
import { bootPackets, draftPackets, eventPacket, recordsOf } from "./host-messages";
import { announceFrame, commandFrame } from "./jacdac-frame";
import { RecordRows } from "./record-rows";
import { Runtime } from "./runtime";

/** The runtime's clock holds 2^32 ms (49.7 days); beyond that its fibers sleep for good. A day is kept for the boot and as a margin. */
export const LONGEST_BYTECODE_RUN_MS = 48 * MS_PER_DAY;

/**
 * A board restarts by plan before this, and the program does not do so yet: what lasts longer runs natively only. It is refused before a
 * run begins; the engine itself knows only its own end.
 */
export const LONGEST_WITHOUT_RESTART_MS = 24 * MS_PER_DAY;

/** Any class that is nobody else's: the program listens to its whole server device. */
const SERVICE_CLASS = 0x1a2b3c4d;
const COMMAND = 0x80;
/** A wake takes one turn of the main loop, an input two or three. */
const MOST_TURNS = 50;
/** Longest boot in virtual time, in ms: a program starts 1.1 s after the runtime. */
const LONGEST_BOOT_MS = 10000;

/** What the bytecode engine runs. */
export interface BytecodeProgram {
  /** The runtime's module. */
  readonly runtime: WebAssembly.Module;
  /** The compiled program. */
  readonly image: Uint8Array;
  /** Step the runtime only at multiples of this, as an ESP32's main loop does; 1 wakes exactly. */
  readonly gridMs: number;
}

/**
 * Runs the compiled program in the runtime of the installed command-line tool, under virtual time: it jumps to the deadline that the
 * program reports before it sleeps. Below the driver contract the simulated ports of `boards/simulated` stand in; nothing else differs
 * from a board.
 */
class BytecodeEngine implements Engine {
  readonly name = "bytecode";
  nowMs = 0;
  /** Core time at the boot, in ms. */
  private bootMs = 0;
  stored: Readonly<StateRecord> | undefined;

  private readonly runtime: Runtime;
  private device = new Uint8Array(8);
  private greeted = false;
  private ready = false;
  /** Virtual time at core time 0, in µs. */
  private zeroUs = 0;
  /** Next wake that the program reported, in ms of core time. */
  private nextMs = 0;
  /** Wakes that were reported; a turn that adds none has not finished its work. */
  private sleeps = 0;
  private pauseAsked = false;
  /** Inputs that wait in the program's inbox for the next tick, and the time of the last of them in ms. */
  private untaken = 0;
  private lastGivenMs = 0;
  /** True while one of them is a `stage` or a `refill`: its numbers must stay where they are. */
  private numbersUntaken = false;
  private readonly recordRows = new RecordRows();
  private panicCode = 0;
  private readonly lastLines: string[] = [];

  constructor(
    private readonly program: BytecodeProgram,
    boot: BootState,
    private readonly sink: PortSink,
  ) {
    this.runtime = new Runtime(program.runtime, {
      message: (device, data) => this.receive(device, data),
      line: (text) => this.keepLine(text),
      panic: (code) => {
        this.panicCode = code;
      },
    });
    this.boot(boot);
  }

  runTo(limitMs: number): void {
    if (limitMs - this.bootMs > LONGEST_BYTECODE_RUN_MS)
      throw this.failure("would run past the end of its runtime's clock");
    this.pauseAsked = false;
    while (this.nextMs <= limitMs) {
      // On the grid a wake may come later than its deadline, but never later than the instant that was asked for.
      this.wakeAt(Math.max(this.nowMs, Math.min(this.onGrid(this.nextMs), limitMs)));
      if (this.nowMs >= this.lastGivenMs) this.forgetGiven();
      if (this.pauseAsked) return;
    }
    this.nowMs = limitMs;
  }

  pause(): void {
    this.pauseAsked = true;
  }

  give(input: EngineInput, atMs: number): void {
    const grid = this.program.gridMs;
    // On the grid the input waits in the program's inbox from the last tick on, and is served at the next one under its own time.
    // More would not find room there: then what has come is served before its tick.
    const hasNumbers = input.prescription !== undefined || input.values !== undefined;
    if (this.untaken === INBOX_SLOTS || (hasNumbers && this.numbersUntaken)) this.runTo(this.lastGivenMs);
    const tickMs = Math.max(this.nowMs, Math.floor(atMs / grid) * grid);
    this.serveTo(tickMs);
    this.runtime.nowUs = this.zeroUs + tickMs * 1000;
    if (input.prescription !== undefined) this.send(draftPackets(input.prescription));
    this.send([eventPacket(input, atMs)]);
    this.wakeAt(tickMs);
    if (atMs > tickMs) {
      this.lastGivenMs = atMs;
      this.untaken++;
      if (hasNumbers) this.numbersUntaken = true;
    }
  }

  close(): void {
    this.lastLines.length = 0;
  }

  oversleep(atMs: number, untilMs: number): void {
    this.serveTo(atMs);
    if (this.nextMs <= untilMs) this.wakeAt(untilMs);
    this.nowMs = untilMs;
  }

  /** Nobody may pause on the way to an input: what is due before it has to be served. */
  private serveTo(atMs: number): void {
    do this.runTo(atMs);
    while (this.nowMs < atMs || this.nextMs <= atMs);
  }

  private forgetGiven(): void {
    this.untaken = 0;
    this.numbersUntaken = false;
  }

  private onGrid(atMs: number): number {
    const grid = this.program.gridMs;
    return Math.ceil(atMs / grid) * grid;
  }

  private boot(boot: BootState): void {
    const error = this.runtime.deploy(this.program.image);
    if (error !== 0) throw new EngineFailure(`the runtime refused the program (error ${error})`);
    const endUs = this.runtime.nowUs + LONGEST_BOOT_MS * 1000;
    this.bootUntil(() => this.greeted, endUs, "did not start");
    const restored = recordAtBoot(boot);
    this.nowMs = restored.coreMs;
    this.bootMs = restored.coreMs;
    this.send(bootPackets(boot.config, restored));
    this.bootUntil(() => this.ready && this.sleeps > 0, endUs, "did not take its configuration");
  }

  private bootUntil(done: () => boolean, endUs: number, failure: string): void {
    const gridUs = this.program.gridMs * 1000;
    while (!done()) {
      const sleepUs = this.runtime.process();
      this.checkPanic();
      if (done()) return;
      if (this.runtime.nowUs > endUs) throw this.failure(failure);
      this.runtime.nowUs += Math.max(1, Math.ceil(sleepUs / gridUs)) * gridUs;
    }
  }

  /** Wakes the program at `atMs` and lets it work until it sleeps again. */
  private wakeAt(atMs: number): void {
    this.nowMs = atMs;
    this.runtime.nowUs = this.zeroUs + atMs * 1000;
    const sleepsBefore = this.sleeps;
    for (let turn = 0; turn < MOST_TURNS; turn++) {
      this.runtime.process();
      this.checkPanic();
      if (this.sleeps !== sleepsBefore) return;
    }
    throw this.failure("did not go back to sleep");
  }

  private send(packets: readonly Uint8Array[]): void {
    for (const packet of packets) {
      this.runtime.inject(announceFrame(this.device, SERVICE_CLASS));
      const error = this.runtime.inject(commandFrame(this.device, COMMAND, packet));
      if (error !== 0) throw this.failure(`did not take a packet (error ${error})`);
      // The runtime has room for few packets: each is taken before the next, and none of these wakes the pump.
      if (packets.length > 1) this.runtime.process();
    }
  }

  private receive(device: Uint8Array, data: DataView): void {
    for (const { code, atMs, a, b, c, d } of recordsOf(data)) {
      switch (code) {
        case HostCode.stroke:
          this.sink.stroke(atMs, a);
          break;
        case HostCode.asleep:
          this.nextMs = atMs;
          this.sleeps++;
          break;
        case HostCode.record:
          this.stored = this.recordRows.take(atMs, [a, b, c, d]) ?? this.stored;
          break;
        case HostCode.hello:
          this.meet(device, a);
          break;
        case HostCode.ready:
          this.zeroUs = this.runtime.nowUs - this.nowMs * 1000;
          this.ready = true;
          break;
        default:
          this.sink.entry(code, atMs, a, b, c, d);
          break;
      }
    }
  }

  private meet(device: Uint8Array, version: number): void {
    if (version !== PROTOCOL_VERSION)
      throw this.failure(`speaks protocol ${version}, the simulator ${PROTOCOL_VERSION}`);
    this.device = device.slice();
    this.greeted = true;
  }

  private keepLine(text: string): void {
    this.lastLines.push(text);
    if (this.lastLines.length > 12) this.lastLines.shift();
  }

  private checkPanic(): void {
    if (this.panicCode !== 0) throw this.failure(`panicked with code ${this.panicCode}`);
  }

  private failure(what: string): EngineFailure {
    const said = this.lastLines.length === 0 ? "" : `; its last words: ${this.lastLines.join(" | ")}`;
    return new EngineFailure(`at ${this.nowMs} ms the program ${what}${said}`);
  }
}

/** The bytecode engine, with a pump that is ready at core time 0, or at that of the record it is booted from. Throws {@link EngineFailure} when the program cannot start. */
export function createBytecodeEngine(program: BytecodeProgram, boot: BootState, sink: PortSink): Engine {
  return new BytecodeEngine(program, boot, sink);
}

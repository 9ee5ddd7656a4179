import { HostCode, PROTOCOL_VERSION } from "../../../src/simulation/host-protocol";
import { EngineFailure } from "../engine";
import type { BootState, Engine, EngineInput, PortSink } from "../engine";
import { PoweredEngine } from "../powered-engine";
import type { Program, ProgramPorts, ProgramStart } from "../program";
import { bootPackets, draftPackets, eventPacket, recordsOf, writeIn } from "./host-messages";
import { announceFrame, commandFrame } from "./jacdac-frame";
import { Runtime } from "./runtime";

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
 * One life of the compiled program in the runtime of the installed command-line tool, under virtual time. Below the driver contract the
 * simulated ports of `boards/simulated` stand in; nothing else differs from a board.
 */
class RuntimeProgram implements Program {
  nextMs = 0;

  private readonly runtime: Runtime;
  private device = new Uint8Array(8);
  private greeted = false;
  private ready = false;
  /** Virtual time at core time 0, in µs. */
  private zeroUs = 0;
  private nowMs = 0;
  /** Wakes that were reported; a turn that adds none has not finished its work. */
  private sleeps = 0;
  private panicCode = 0;
  private readonly lastLines: string[] = [];

  constructor(
    private readonly program: BytecodeProgram,
    start: ProgramStart,
    private readonly ports: ProgramPorts,
  ) {
    this.runtime = new Runtime(program.runtime, {
      message: (device, data) => this.receive(device, data),
      line: (text) => this.keepLine(text),
      panic: (code) => {
        this.panicCode = code;
      },
    });
    this.boot(start);
  }

  wake(nowMs: number): void {
    this.nowMs = nowMs;
    this.runtime.nowUs = this.zeroUs + nowMs * 1000;
    const sleepsBefore = this.sleeps;
    for (let turn = 0; turn < MOST_TURNS; turn++) {
      this.runtime.process();
      this.checkPanic();
      if (this.sleeps !== sleepsBefore) return;
    }
    throw this.failure("did not go back to sleep");
  }

  hand(input: EngineInput, atMs: number, nowMs: number): void {
    this.runtime.nowUs = this.zeroUs + nowMs * 1000;
    if (input.prescription !== undefined) this.send(draftPackets(input.prescription));
    this.send([eventPacket(input, atMs)]);
  }

  private boot(start: ProgramStart): void {
    const error = this.runtime.deploy(this.program.image);
    if (error !== 0) throw new EngineFailure(`the runtime refused the program (error ${error})`);
    const endUs = this.runtime.nowUs + LONGEST_BOOT_MS * 1000;
    this.bootUntil(() => this.greeted, endUs, "did not start");
    this.send(bootPackets(start));
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
    const { ports } = this;
    const write = writeIn(data);
    if (write !== undefined) {
      ports.memory(write.place, write.words, write.words.length);
      return;
    }
    for (const { code, atMs, a, b, c, d } of recordsOf(data)) {
      switch (code) {
        case HostCode.stroke:
          ports.stroke(atMs, a);
          break;
        case HostCode.asleep:
          this.nextMs = atMs;
          this.sleeps++;
          break;
        case HostCode.hello:
          this.meet(device, a);
          break;
        case HostCode.ready:
          this.zeroUs = this.runtime.nowUs - atMs * 1000;
          this.nowMs = atMs;
          this.ready = true;
          ports.ready(atMs);
          break;
        default:
          ports.entry(code, atMs, a, b, c, d);
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
    return new EngineFailure(`at ${this.nowMs} ms of core time the program ${what}${said}`);
  }
}

/** The bytecode engine, with a pump that is ready at 0. Throws {@link EngineFailure} when the program cannot start. */
export function createBytecodeEngine(program: BytecodeProgram, boot: BootState, sink: PortSink): Engine {
  return new PoweredEngine("bytecode", program.gridMs, boot, sink, (start, ports) => {
    return new RuntimeProgram(program, start, ports);
  });
}

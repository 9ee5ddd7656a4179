import { HostCode, PROTOCOL_VERSION } from "../../../src/simulation/host-protocol";
import { EngineFailure } from "../engine";
import type { EngineInput } from "../engine";
import type { Program, ProgramPorts, ProgramStart } from "../program";
import { isForSimulator, isFrame } from "./foreign-frame";
import { bootPackets, draftPackets, eventPacket, heldPacket, pagePackets, recordsOf, writeIn } from "./host-messages";
import { announceFrame, commandFrame } from "./jacdac-frame";
import { Runtime } from "./runtime";
import type { FillRandom, RuntimeListener } from "./runtime";

/** Class of the pump's own service, the first of the server device. */
export const PUMP_SERVICE_CLASS = 0x1d3f7a2c;
/** Class of the second one, which no board has. Any class that is nobody else's: the program listens to its whole server device. */
const HOST_SERVICE_CLASS = 0x1a2b3c4d;
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
  /** What the runtime takes for chance; left out: the same in every run, so that a scenario can be replayed. */
  readonly fillRandom?: FillRandom;
}

/**
 * One life of the compiled program in the runtime of the installed command-line tool, under virtual time. Below the driver contract the
 * simulated ports of `boards/simulated` stand in; nothing else differs from a board.
 */
export class RuntimeProgram implements Program {
  nextMs = 0;
  /** Questions of the program for words of its memory that were not answered yet: place and count in turn. */
  private readonly questions: number[] = [];

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

  /** `frame` is told each Jacdac frame that the runtime sends, from within it; left out: nobody is on its bus. */
  constructor(
    private readonly program: BytecodeProgram,
    start: ProgramStart,
    private readonly ports: ProgramPorts,
    frame?: (frame: Uint8Array) => void,
  ) {
    const listener: RuntimeListener = {
      message: (device, data) => this.receive(device, data),
      line: (text) => this.keepLine(text),
      panic: (code) => {
        this.panicCode = code;
      },
      ...(frame === undefined ? {} : { frame }),
    };
    this.runtime = new Runtime(program.runtime, listener, program.fillRandom);
    this.boot(start);
  }

  wake(nowMs: number): void {
    this.nowMs = nowMs;
    this.runtime.nowUs = this.zeroUs + nowMs * 1000;
    const sleepsBefore = this.sleeps;
    for (let turn = 0; turn < MOST_TURNS; turn++) {
      this.turn();
      if (this.sleeps !== sleepsBefore) return;
    }
    throw this.failure("did not go back to sleep");
  }

  hand(input: EngineInput, atMs: number, nowMs: number): void {
    this.runtime.nowUs = this.zeroUs + nowMs * 1000;
    if (input.prescription !== undefined) this.send(draftPackets(input.prescription));
    this.send([eventPacket(input, atMs)]);
  }

  /**
   * Lets the runtime do what is due at `nowMs` of core time besides the pump's wakes. Returns after how many ms, at least 1, it wants that
   * again: a packet may have to wait until it may be sent.
   */
  idle(nowMs: number): number {
    this.nowMs = nowMs;
    this.runtime.nowUs = this.zeroUs + nowMs * 1000;
    return Math.max(1, Math.ceil(this.turn() / 1000));
  }

  /** A Jacdac frame comes from outside; `idle` takes it in. Lost is what is none, what a board could not get, and what finds no room. */
  take(frame: Uint8Array): void {
    if (isFrame(frame) && !isForSimulator(frame, this.device)) this.runtime.inject(frame);
  }

  /** Since when the button is held, in ms of core time; NEVER_MS: it is up. */
  hold(sinceMs: number): void {
    this.send([heldPacket(sinceMs)]);
  }

  /** One turn of the main loop, and an answer to what the program asked in it. Returns for how many µs the runtime would sleep. */
  private turn(): number {
    let sleepUs = this.runtime.process();
    this.checkPanic();
    while (this.questions.length !== 0) {
      const [place = 0, count = 0] = this.questions.splice(0, 2);
      const words = this.ports.read(place, count);
      if (words === undefined) continue;
      this.send(pagePackets(place, words));
      sleepUs = this.runtime.process();
      this.checkPanic();
    }
    return sleepUs;
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
      const sleepUs = this.turn();
      if (done()) return;
      if (this.runtime.nowUs > endUs) throw this.failure(failure);
      this.runtime.nowUs += Math.max(1, Math.ceil(sleepUs / gridUs)) * gridUs;
    }
  }

  private send(packets: readonly Uint8Array[]): void {
    for (const packet of packets) {
      this.runtime.inject(announceFrame(this.device, PUMP_SERVICE_CLASS, HOST_SERVICE_CLASS));
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
        case HostCode.read:
          this.questions.push(a, b);
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

import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SIMULATED_BOARD } from "../../link/device-id";
import { BusEndTransport } from "../../cli/pump/bus-end-transport";
import { buildNumber } from "../../cli/pump/named-pump";
import type { NamedPump } from "../../cli/pump/named-pump";
import type { PumpHost, PumpWay } from "../../cli/pump/pump-host";
import type { PumpOptions } from "../../cli/pump/pump-options";
import type { Transport } from "../../link/transport";
import { Random } from "../../sim/random/random";
import { parseWallClock } from "../../sim/scenario/wall-clock";
import { SimulatedMemory } from "../../sim/engines/simulated-memory";
import { checkoutRoot } from "../../toolchain/checkout";
import { toolsOf } from "../link/linked-pump";
import { VirtualTime } from "../link/virtual-time";
import { benchPump, checkout } from "../sim/live/bench-pump";
import type { BenchPump } from "../sim/live/bench-pump";
import { jsonLines } from "./captured-terminal";
import { textTerminal } from "./text-terminal";
import type { Terminal } from "../../cli/terminal";

/** A command of `minim pump`, as a function. */
export type PumpCommand = (options: PumpOptions, terminal: Terminal, host: PumpHost) => Promise<number>;

/** What a command said, and how it ended. */
export interface Said {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const WALL_MS = parseWallClock("2026-03-01 08:00").wallMs;

/** The compiled image in virtual time, and somebody at a terminal who runs commands against it. */
export class BenchProgrammer implements PumpHost {
  readonly root = checkoutRoot();
  readonly tools = toolsOf(new Random(7));
  readonly timers: VirtualTime;
  /** Answers to the questions, in their order; none left: nobody answers. */
  answers: string[] = [];
  readonly questions: string[] = [];
  isInteractive = false;
  /** Puts something between the command and the pump. */
  between: (transport: Transport) => Transport = (transport) => transport;
  /** Ctrl-C is heard by this. */
  interrupt: () => void = () => undefined;
  /** What the last command said on stderr, also when it threw. */
  lastErr: () => string = () => "";
  isServed = true;
  readonly keyPath = join(mkdtempSync(join(tmpdir(), "minim-programmer-")), "key");
  private signal: NodeJS.Signals | undefined;
  private staged: readonly number[] | undefined;

  private constructor(
    readonly bench: BenchPump,
    time: VirtualTime,
  ) {
    this.timers = time;
  }

  /** @param memory what the pump keeps its ledger in; left out: a blank one */
  static async make(memory = new SimulatedMemory()): Promise<BenchProgrammer> {
    const time = new VirtualTime();
    return new BenchProgrammer(await benchPump({ memory, timers: time }), time);
  }

  /** Runs a command for people. */
  async run(command: PumpCommand, options: Partial<PumpOptions> = {}): Promise<Said> {
    const terminal = textTerminal();
    this.lastErr = () => terminal.stderr();
    const code = await this.timers.until(
      Promise.resolve().then(() => command({ connect: { kind: "sim" }, ...options }, terminal, this)),
    );
    return { code, stdout: terminal.stdout(), stderr: terminal.stderr() };
  }

  /** Runs a command with `--json`; its objects. */
  async objects(command: PumpCommand): Promise<Record<string, unknown>[]> {
    return jsonLines((await this.run(command, { json: true })).stdout);
  }

  ask = (question: string): Promise<string | undefined> => {
    this.questions.push(question);
    return Promise.resolve(this.answers.shift());
  };

  wallMs(): number {
    return WALL_MS + this.timers.nowMs();
  }

  /** Reads files: on a busy machine an hour of virtual time would pass meanwhile. */
  buildNumber(named: NamedPump): Promise<number> {
    return this.timers.standStill(buildNumber(this.root, named));
  }

  newKey(): Uint8Array {
    return this.tools.random(32);
  }

  async openWay(): Promise<PumpWay> {
    const { bench } = this;
    const { imageSha256 } = await checkout();
    return {
      transport: this.between(new BusEndTransport(bench.pump)),
      board: SIMULATED_BOARD,
      keyFile: () => this.keyPath,
      holdButton: (ms) => bench.pump.holdButton(ms),
      endsWithCommand: !this.isServed,
      stagedNumbers: {
        keep: (numbers) => void (this.staged = numbers),
        kept: () => this.staged,
        drop: () => void (this.staged = undefined),
      },
      imageSha256,
      close: () => Promise.resolve(),
    };
  }

  listenForSignals(stop: () => void): { received(): NodeJS.Signals | undefined; end(): void } {
    this.signal = undefined;
    this.interrupt = () => {
      this.signal = "SIGINT";
      stop();
    };
    return { received: () => this.signal, end: () => undefined };
  }

  endBySignal(signal: NodeJS.Signals): Promise<never> {
    return Promise.reject(new EndedBySignal(signal));
  }
}

/** The command would have ended by a signal: 130 to a shell. */
export class EndedBySignal extends Error {}

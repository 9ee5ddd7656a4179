import { expect } from "vitest";
import { FlashRuntime } from "./flash-runtime";
import { messageIn } from "./whole-pump-probe";
import type { ProbeMessage } from "./whole-pump-probe";

const MS_US = 1000;

/** A board that runs a probe program in the runtime of the command-line tool, with its flash, and all that the program told. */
export class ProbeBoard {
  readonly told: ProbeMessage[] = [];
  /** What the flash held after each write to it. */
  readonly saves: Uint8Array[] = [];
  panics = 0;
  private readonly runtime: FlashRuntime;

  /** `flash`: what it holds at the start; undefined: it is new. */
  constructor(module: WebAssembly.Module, flash: Uint8Array | undefined) {
    this.runtime = new FlashRuntime(module, {
      flash,
      saved: (now) => void this.saves.push(now),
      message: (_device, data) => {
        const message = messageIn(data);
        if (message !== undefined) this.told.push(message);
      },
      line: () => undefined,
      panic: () => this.panics++,
    });
  }

  /** Puts a program on the board and starts it. */
  deploy(program: Uint8Array): void {
    expect(this.runtime.deploy(program)).toBe(0);
  }

  /** Lets `ms` pass. Where nothing is under way, turns of the main loop may lie `gridMs` apart. */
  run(ms: number, gridMs = 1): void {
    this.runtime.run(ms, gridMs);
  }

  /** The main loop stands still for `ms`: the clock goes on, and nobody turns. */
  standStill(ms: number): void {
    this.runtime.nowUs += ms * MS_US;
  }

  /** Messages of one code. */
  of(code: number): ProbeMessage[] {
    return this.told.filter((message) => message.code === code);
  }
}

import { expect, test } from "vitest";
import { DeployFailure } from "../../cli/board/manager-bus";
import type { FlashHost } from "../../cli/board/flash-host";
import { deployProgram } from "../../cli/board/program-deploy";
import { flash } from "../../cli/commands/flash";
import type { Timers } from "../../link/timers";
import type { Transport } from "../../link/transport";
import { Runtime } from "../../sim/engines/bytecode/runtime";
import { loadRuntimeModule } from "../../sim/engines/node/runtime-module";
import { checkoutRoot } from "../../toolchain/checkout";
import { buildProgram } from "../../toolchain/devicescript/build";
import { checkoutWith } from "../toolchain/checkout-copy";
import { fakeMachine } from "../toolchain/device-tree";
import { textTerminal } from "./text-terminal";

/** DeviceScript's own runtime under virtual time, at the end of a line that can lose frames. */
class RuntimeLine implements Transport, Timers {
  readonly name = "runtime";
  readonly lines: string[] = [];
  /** Frames to the runtime, counted from 0, that are lost or come twice. */
  lost: (count: number) => boolean = () => false;
  doubled: (count: number) => boolean = () => false;
  /** The line is cut before this frame. */
  cutAt = Infinity;
  sent = 0;
  private readonly runtime: Runtime;
  private readonly waiting: Uint8Array[] = [];
  private readonly timers = new Map<() => void, number>();
  private onFrame: (frame: Uint8Array) => void = () => undefined;
  private onClosed: (why: string) => void = () => undefined;

  constructor(module: WebAssembly.Module) {
    this.runtime = new Runtime(module, {
      message: () => undefined,
      line: (text) => void this.lines.push(text),
      panic: (code) => void this.lines.push(`panic ${code}`),
      frame: (frame) => void this.waiting.push(frame),
    });
  }

  nowMs(): number {
    return this.runtime.nowUs / 1000;
  }

  after(ms: number, call: () => void): () => void {
    this.timers.set(call, this.nowMs() + ms);
    return () => void this.timers.delete(call);
  }

  send(frame: Uint8Array): void {
    const count = this.sent++;
    if (count >= this.cutAt) return this.onClosed("the cable was pulled");
    if (this.lost(count)) return;
    for (let times = this.doubled(count) ? 2 : 1; times > 0; times--) this.runtime.inject(frame);
  }

  listen(onFrame: (frame: Uint8Array) => void, onClosed: (why: string) => void): void {
    this.onFrame = onFrame;
    this.onClosed = onClosed;
  }

  async close(): Promise<void> {}

  /** Lets time pass, a ms at a time, until `work` has come to an end. */
  async until<T>(work: Promise<T>): Promise<T> {
    let isDone = false;
    const end = work.finally(() => (isDone = true));
    end.catch(() => undefined);
    for (let steps = 0; !isDone; steps++) {
      if (steps > 400000) throw new Error("no end");
      this.pass(1);
      await Promise.resolve();
      await new Promise((resolve) => setImmediate(resolve));
    }
    return end;
  }

  pass(ms: number): void {
    for (let i = 0; i < ms; i++) {
      this.runtime.nowUs += 1000;
      this.runtime.process();
      for (const frame of this.waiting.splice(0)) this.onFrame(frame);
      for (const [call, atMs] of [...this.timers]) {
        if (atMs > this.nowMs()) continue;
        this.timers.delete(call);
        call();
      }
    }
  }
}

/** A program of some 3 kB that says a word. */
async function programThatSays(word: string): Promise<Uint8Array> {
  const entry = "boards/flash_trial.ts";
  const text = `console.log("${word}");\nconsole.log("${"0123456789abcdef".repeat(200)}".length);\n`;
  const extraSources = new Map([[entry, text]]);
  return (await buildProgram({ root: checkoutRoot(), entry, extraSources })).image;
}

/** What the runtime in the command-line tool was made for. */
const FOR_RUNTIME = { productId: 0x3fe5b46f, progress: () => undefined };
const MODULE = await loadRuntimeModule(checkoutRoot());
const FIRST = await programThatSays("the first program");
const SECOND = await programThatSays("the other program");

test("a program goes through DeviceScript's own manager whole, though frames are lost or doubled, and starts (TLC-006)", async () => {
  const line = new RuntimeLine(MODULE);
  // Never the first 20 of a kind in a row: each loss is mended by one repetition.
  line.lost = (count) => count > 2 && count % 3 === 0;
  line.doubled = (count) => count % 5 === 1;
  const got: number[] = [];
  const deploy = (image: Uint8Array) =>
    line.until(deployProgram(line, { ...FOR_RUNTIME, image, timers: line, progress: (bytes) => got.push(bytes) }));
  expect(await deploy(FIRST)).toBe("deployed");
  expect(got.at(-1)).toBe(FIRST.length);
  line.pass(3000);
  expect(line.lines.join("\n")).toContain("the first program");

  expect(await deploy(SECOND)).toBe("deployed");
  line.pass(3000);
  expect(line.lines.join("\n")).toContain("the other program");
  line.lost = () => false;
  const before = line.sent;
  expect(await deploy(SECOND)).toBe("alreadyThere");
  // Asked what it is and for its hash, and nothing else.
  expect(line.sent - before).toBe(2);
});

test("a line that is cut at any frame ends in one failure, and the next try mends it (TLC-006)", async () => {
  const frames = 3 + Math.ceil(FIRST.length / 224);
  for (const cutAt of [0, 1, 2, 3, 4, Math.floor(frames / 2), frames]) {
    const line = new RuntimeLine(MODULE);
    line.cutAt = cutAt;
    const failure = await line
      .until(deployProgram(line, { ...FOR_RUNTIME, image: FIRST, timers: line }))
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(DeployFailure);
    expect((failure as Error).message).toContain("the cable was pulled");
    line.pass(10000);
    // Half a program is none: it is never started.
    expect(line.lines.join("\n")).not.toContain("the first program");
    line.cutAt = Infinity;
    expect(await line.until(deployProgram(line, { ...FOR_RUNTIME, image: FIRST, timers: line }))).toBe("deployed");
  }
});

test("a board that was flashed for something else is left as it is: its pins' levels at boot are not those of the program's (TLC-006)", async () => {
  const line = new RuntimeLine(MODULE);
  const deploy = deployProgram(line, { ...FOR_RUNTIME, productId: 0x36b950ed, image: FIRST, timers: line });
  await expect(line.until(deploy)).rejects.toThrow("was flashed for 0x3fe5b46f, and the program is for 0x36b950ed");
  line.pass(3000);
  expect(line.lines.join("\n")).not.toContain("deploy");
});

test("nobody there is said in one line", async () => {
  const line = new RuntimeLine(MODULE);
  line.lost = () => true;
  const silent: Transport = { ...line, listen: () => undefined, send: () => undefined, close: () => line.close() };
  await expect(line.until(deployProgram(silent, { ...FOR_RUNTIME, image: FIRST, timers: line }))).rejects.toThrow(
    "no board that runs DeviceScript is heard there; nothing was written",
  );
});

test("the whole command: asks, hands the program over, and says that the board has it (TLC-006)", async () => {
  const line = new RuntimeLine(MODULE);
  const board = { devName: "Trial", productId: "0x3fe5b46f", archId: "rp2040", pins: { EN: 4 } };
  const root = checkoutWith({
    "boards/trial_pico.board.json": JSON.stringify(board),
    "boards/trial_pico.ts": 'console.log("from the command");\n',
  });
  // Beforehand, so that no real time passes in the middle of the virtual one.
  await buildProgram({ root, entry: "boards/trial_pico.ts" });
  const asked: string[] = [];
  const terminal = textTerminal();
  const host: FlashHost = {
    root,
    machine: fakeMachine([{ id: "2e8a:420a", tty: "ttyACM3" }]),
    findEsptool: () => Promise.reject(new Error("no esptool is needed")),
    canListPorts: () => Promise.reject(new Error("no list is needed")),
    openSerial: (path) => (path === "/dev/ttyACM3" ? Promise.resolve(line) : Promise.reject(new Error(path))),
    timers: line,
    ask: (question) => Promise.resolve(asked.push(question) > 0 ? "yes" : "no"),
  };
  expect(await line.until(flash({ board: "trial_pico", programOnly: true }, terminal, host))).toBe(0);
  expect(asked).toStrictEqual(["Put this program on trial_pico at /dev/ttyACM3? Type yes: "]);
  expect(terminal.stdout()).toContain("trial_pico has the program, checked by its SHA-256, and starts it");
  line.pass(3000);
  expect(line.lines.join("\n")).toContain("from the command");
});

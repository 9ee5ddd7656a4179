import { expect, test, vi } from "vitest";
import { checkoutRoot } from "../../toolchain/checkout";
import { listBoards } from "../../toolchain/devicescript/boards";
import { boardProgram } from "../../toolchain/devicescript/board-program";
import { buildProgram } from "../../toolchain/devicescript/build";
import { dryRunEntry } from "../../toolchain/devicescript/dry-run";
import { FakeBoard, GPIOMode } from "./fake-devicescript";

/** A pin that remembers how it was set up, and reads what a test says. */
class Wire {
  readonly modes: number[] = [];

  constructor(public value = 0) {}

  setMode(mode: number): void {
    this.modes.push(mode);
  }
}

/** A module of `boards/`, loaded by path: see `board-code`. */
interface DryRunModule {
  readonly DryRun: new (...parts: unknown[]) => {
    watch(name: string, pin: Wire, isAnalog: boolean): void;
    run(): Promise<void>;
  };
}

class DryBench {
  readonly board = new FakeBoard({ gridUs: 10000 });
  readonly wires = Object.fromEntries(
    ["EN", "STEP", "DIR", "HEARTBEAT", "BUZZER", "LED", "KICK"].map((label) => [label, new Wire()]),
  );
  readonly button = new Wire(1);
  readonly roller = new Wire(1);
  readonly occlusion = new Wire(0.0401);
  readonly lines: string[] = [];
  chips: number[] = [];

  static async started(): Promise<DryBench> {
    const path = "../../boards/dry-run";
    const { DryRun } = (await import(/* @vite-ignore */ path)) as DryRunModule;
    const bench = new DryBench();
    const { EN, STEP, DIR, HEARTBEAT, BUZZER, LED, KICK } = bench.wires;
    const probe = { answers: (address: number) => bench.chips.includes(address) };
    const dryRun = new DryRun(EN, STEP, DIR, HEARTBEAT, BUZZER, LED, KICK, probe);
    dryRun.watch("button", bench.button, false);
    dryRun.watch("roller", bench.roller, false);
    dryRun.watch("occlusion", bench.occlusion, true);
    bench.board.start(() => dryRun.run());
    return bench;
  }

  /** Lets time pass, and gives the lines that the console got meanwhile. */
  async run(ms: number): Promise<string[]> {
    const before = this.lines.length;
    const spy = vi.spyOn(console, "log").mockImplementation((line: string) => void this.lines.push(line));
    await this.board.run(ms).finally(() => spy.mockRestore());
    return this.lines.slice(before);
  }

  rises(label: string): number {
    return (this.wires[label]?.modes ?? []).filter((mode) => mode === Number(GPIOMode.OutputHigh)).length;
  }
}

test("the dry run sets EN, STEP and DIR to rest once and never again, whatever its inputs do (BRD-003)", async () => {
  const bench = await DryBench.started();
  for (let turn = 0; turn < 200; turn++) {
    bench.button.value = turn & 1;
    bench.roller.value = (turn >> 1) & 1;
    bench.occlusion.value = turn / 200;
    bench.chips = turn > 100 ? [0x50, 0x68] : [];
    await bench.run(3000);
  }
  expect(bench.wires["EN"]?.modes).toEqual([GPIOMode.OutputHigh]);
  expect(bench.wires["STEP"]?.modes).toEqual([GPIOMode.OutputLow]);
  expect(bench.wires["DIR"]?.modes).toEqual([GPIOMode.OutputLow]);
  expect(bench.rises("KICK")).toBe(10);
});

test("the console says what changed, what answers on I2C, and all of it each 10 s", async () => {
  const bench = await DryBench.started();
  bench.chips = [0x50, 0x68];
  expect(await bench.run(1000)).toEqual([
    "dry run: EN is off, nothing moves",
    "supervisor kicked",
    "asking on I2C",
    "I2C: 0x50 0x68",
    "button 1, roller 1, occlusion 40",
  ]);
  bench.occlusion.value = 0.05;
  expect(await bench.run(1000), "noise").toEqual([]);
  bench.occlusion.value = 0.9701;
  expect(await bench.run(1000)).toEqual(["button 1, roller 1, occlusion 970"]);
  bench.roller.value = 0;
  expect(await bench.run(1000)).toEqual(["button 1, roller 0, occlusion 970"]);
  expect(await bench.run(20000)).toHaveLength(2);
  bench.chips = [];
  expect(await bench.run(60000)).toContain("I2C: nobody answers");
});

test("the buzzer follows the button, and each press is one pulse of HEARTBEAT", async () => {
  const bench = await DryBench.started();
  await bench.run(1000);
  const [sounds, beats] = [bench.rises("BUZZER"), bench.rises("HEARTBEAT")];
  for (let press = 1; press <= 3; press++) {
    bench.button.value = 0;
    await bench.run(500);
    expect(bench.wires["BUZZER"]?.modes.at(-1)).toBe(GPIOMode.OutputHigh);
    bench.button.value = 1;
    await bench.run(500);
    expect(bench.wires["BUZZER"]?.modes.at(-1)).toBe(GPIOMode.OutputLow);
    expect([bench.rises("BUZZER") - sounds, bench.rises("HEARTBEAT") - beats]).toEqual([press, press]);
  }
  expect(bench.wires["HEARTBEAT"]?.modes.at(-1)).toBe(GPIOMode.OutputLow);
});

test("it is compiled for every board, with the pins that the board has", async () => {
  const root = checkoutRoot();
  for (const board of await listBoards(root)) {
    const { sizes } = await buildProgram(await boardProgram(root, board, "dry-run"));
    expect(sizes.codeBytes, board).toBeGreaterThan(1000);
  }
  const entry = dryRunEntry("pump_x", { pins: { EN: 1, STEP: 2, DIR: 3, HEARTBEAT: 4, BUZZER: 5, LED: 6, BUTTON: 7 } });
  expect(entry).toContain('import { pins } from "@dsboard/pump_x"');
  expect(entry.match(/pins\.\w+/g)).toEqual(
    ["EN", "STEP", "DIR", "HEARTBEAT", "BUZZER", "LED", "BUTTON"].map((label) => `pins.${label}`),
  );
});

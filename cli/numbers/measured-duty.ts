import { LEDGER_WORDS } from "../../src/record/memory-map";
import { Runtime } from "../../sim/engines/bytecode/runtime";
import { loadRuntimeModule } from "../../sim/engines/node/runtime-module";
import { checkoutRoot } from "../../toolchain/checkout";
import { buildProgram } from "../../toolchain/devicescript/build";
import { deviceTime } from "./device-time";
import type { DeviceTime } from "./device-time";
import { dutyProgram, measuredSteps } from "./duty-program";
import type { MeasuredStep } from "./duty-program";
import { functionNames } from "./function-names";
import { ImageCode } from "./image-code";
import { OpcodeMeter } from "./opcode-meter";
import type { Slice } from "./opcode-meter";

const MS_US = 1000;
/** The name of the fiber that gives the orders: no cost of the pump's. */
const PERSON = "person";
/** The fiber that turns the control loop. */
const CONTROL = "main";
/** Functions that are named with a slice. */
const NAMED_FUNCTIONS = 5;

/** What the pump did from one step of the measurement to the next. */
export interface MeasuredPart {
  readonly name: string;
  /** Virtual time that passed, in ms. */
  readonly lastsMs: number;
  /** Time that an RP2040 would have worked in it, in ms. */
  readonly workMs: number;
  /** That of it which the control loop took: the rest is pulses, the memory's bus and the signal. */
  readonly controlMs: number;
  readonly slices: number;
  /** The longest of them; undefined: there was none. */
  readonly longest: LongestSlice | undefined;
  /** All functions that worked in it. */
  readonly executed: ReadonlySet<string>;
}

/** The longest slice of a part. */
export interface LongestSlice extends DeviceTime {
  readonly fiber: string;
  readonly endedIn: string;
  /** The functions that executed most, with their opcodes. */
  readonly functions: readonly (readonly [name: string, opcodes: number])[];
}

/**
 * Runs the program of a measurement in the runtime and counts what it executes: a start with a blank memory, orders, `basalMs` of basal of 24 mL a day left
 * alone; then a start behind the ledger that the memory holds by now.
 */
export async function measureDuty(basalMs: number): Promise<MeasuredPart[]> {
  const steps = measuredSteps(basalMs);
  const run = await measuredRun(steps, []);
  const restart = await measuredRun([], run.words);
  return [
    ...["start with a blank memory", ...steps.map(({ name }) => name)].map((name, index) => run.part(name, index)),
    restart.part("restart behind a ledger", 0),
  ];
}

async function measuredRun(steps: readonly MeasuredStep[], words: readonly number[]): Promise<MeasuredRun> {
  const root = checkoutRoot();
  const entry = "boards/duty-program.ts";
  const extraSources = new Map([[entry, dutyProgram(steps, words)]]);
  const { image, imagePath } = await buildProgram({ root, entry, extraSources });
  const run = new MeasuredRun(await loadRuntimeModule(root), image, await functionNames(imagePath));
  run.goOn(steps.length);
  return run;
}

/** A run of the program; parts are numbered from 0, the start before the first step. */
class MeasuredRun {
  private readonly meter: OpcodeMeter;
  private readonly runtime: Runtime;
  private partUnderWay = 0;
  private readonly startsUs = [0];
  /** The part that each slice belongs to. */
  private readonly partOf: number[] = [];
  private readonly busBytes = new Map<number, number>();
  private panicCode = 0;
  /** What the memory holds of the ledger. */
  readonly words = new Array<number>(LEDGER_WORDS).fill(0);

  constructor(module: WebAssembly.Module, image: Uint8Array, names: readonly string[]) {
    this.runtime = new Runtime(module, {
      message: (_device, data) => void this.heard(data),
      line: () => undefined,
      panic: (code) => {
        this.panicCode = code;
      },
    });
    this.meter = new OpcodeMeter(this.runtime, new ImageCode(image, names));
    const error = this.runtime.deploy(image);
    if (error !== 0) throw new Error(`the runtime refused the program (error ${error})`);
  }

  /** Runs until the program has told of step `steps`. */
  goOn(steps: number): void {
    while (this.partUnderWay <= steps) {
      const sleepUs = this.runtime.process();
      if (this.panicCode !== 0) throw new Error(`the program panicked with code ${this.panicCode}`);
      while (this.partOf.length < this.meter.slices.length) this.partOf.push(this.partUnderWay);
      this.runtime.nowUs += Math.max(1, Math.floor(sleepUs / MS_US)) * MS_US;
    }
  }

  /** What was done in part `index`. */
  part(name: string, index: number): MeasuredPart {
    const slices = this.meter.slices.flatMap((slice, at) =>
      this.partOf[at] !== index || slice.fiber === PERSON
        ? []
        : [{ slice, time: deviceTime(slice, this.busBytes.get(at) ?? 0) }],
    );
    const [longest] = [...slices].sort((a, b) => b.time.us - a.time.us);
    return {
      name,
      lastsMs: ((this.startsUs[index + 1] ?? 0) - (this.startsUs[index] ?? 0)) / MS_US,
      workMs: sumMs(slices),
      controlMs: sumMs(slices.filter(({ slice }) => slice.fiber === CONTROL)),
      slices: slices.length,
      longest: longest && { ...longest.time, ...whatItDid(longest.slice) },
      executed: executedIn(slices.map(({ slice }) => slice)),
    };
  }

  /** Four bytes: the number of a step; more: what is written to the memory, which reads it back. */
  private heard(data: DataView): void {
    if (data.byteLength === 4) {
      this.partUnderWay = data.getUint32(0, true) + 1;
      this.startsUs[this.partUnderWay] = this.runtime.nowUs;
    } else {
      const slice = this.meter.slices.length;
      // Device address and bytes; then device address, place, device address and as many bytes without the place.
      const onTheWire = 1 + data.byteLength + (1 + 2 + 1) + data.byteLength - 2;
      this.busBytes.set(slice, (this.busBytes.get(slice) ?? 0) + onTheWire);
      const place = data.getUint16(0) / 4;
      for (let at = 2; at < data.byteLength; at += 4) {
        const word = place + (at - 2) / 4;
        if (word < LEDGER_WORDS) this.words[word] = data.getUint32(at, true);
      }
    }
  }
}

function sumMs(slices: readonly { time: DeviceTime }[]): number {
  return slices.reduce((sum, { time }) => sum + time.us, 0) / MS_US;
}

/** All functions that worked in these slices. */
export function executedIn(slices: readonly Slice[]): Set<string> {
  return new Set(slices.flatMap(({ functions }) => [...functions.keys()]));
}

/** Where a slice began and ended, and what it was busy with. */
export function whatItDid(slice: Slice): Pick<LongestSlice, "fiber" | "endedIn" | "functions"> {
  const functions = [...slice.functions]
    .map(([name, { opcodes }]) => [name, opcodes] as const)
    .sort((a, b) => b[1] - a[1])
    .slice(0, NAMED_FUNCTIONS);
  return { fiber: slice.fiber, endedIn: slice.endedIn, functions };
}

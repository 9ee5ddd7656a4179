import { prescriptionNumbers } from "../../src/prescription/prescription";
import type { Prescription } from "../../src/prescription/prescription";
import { REFERENCE_PRESCRIPTION } from "../src/reference-pump";
import { CONFIG_NUMBERS } from "./probe";

/** What a probe tells besides its journal. */
export enum ProbeCode {
  /** The pump is ready; a: core time that it began with, b: strokes, c: starts. */
  ready = 1000,
  /** STEP went high; a: 1 while EN is on. */
  pulse = 1001,
  /** EN; a: 1 on, 0 off. */
  enable = 1002,
}

/** A message of a probe: see {@link ProbeCode}; all other codes are those of the journal. */
export interface ProbeMessage {
  readonly code: number;
  readonly atMs: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
}

const FIELDS = 6;

/** The numbers of a message, which are f64; undefined: it is none of a probe's. */
export function messageIn(data: DataView): ProbeMessage | undefined {
  if (data.byteLength !== FIELDS * 8) return undefined;
  const field = (index: number): number => data.getFloat64(8 * index, true);
  return { code: field(0), atMs: field(1), a: field(2), b: field(3), c: field(4), d: field(5) };
}

/**
 * A board's program: the whole pump with its pulse stepper on pins that tell of every pulse, since the runtime here has no GPIO. `store` makes
 * `restored` and `store` out of `config`, and may use `pump` and `clock` in `kept`; `person` is what the person at the pump does,
 * with `order` and `fill`.
 */
export function wholePump(parts: { store: string; kept?: string; therapy: Prescription; person: string }): string {
  const prescription = JSON.stringify(prescriptionNumbers(parts.therapy));
  const drugs = JSON.stringify(parts.therapy.concentrationNgPerUl);
  return `import * as ds from "@devicescript/core";
import { ControlLoop } from "../src/control-loop";
import { readConfig } from "../src/config";
import { EventKind } from "../src/events";
import { digestOf } from "../src/prescription/digest";
import { Pump } from "../src/pump";
import type { Journal } from "../src/record/journal";
import { StateRecord } from "../src/record/state-record";
import { VolatileStore } from "../src/record/volatile-store";
import { SilentAnnunciator } from "../src/simulation/ideal-ports";
import type { DrivenPin } from "./driven-pin";
import { EnableLine } from "./enable-line";
import { PulseStepper } from "./pulse-stepper";
import { SettingsStore } from "./settings-store";
import { CoreClock, Shell } from "./shell";

type SynchronousMessage = (topic: string, data: Buffer) => void;
type Simulated = typeof ds & { isSimulator: () => boolean };
const message = Buffer.alloc(48);
function tell(code: number, atMs: number, a: number, b: number, c: number, d: number): void {
  message.setAt(0, "f64", code);
  message.setAt(8, "f64", atMs);
  message.setAt(16, "f64", a);
  message.setAt(24, "f64", b);
  message.setAt(32, "f64", c);
  message.setAt(40, "f64", d);
  const send = ds._twinMessage as unknown as SynchronousMessage;
  send("probe", message);
}
class Teller implements Journal {
  write(code: number, atMs: number, a: number, b: number, c: number, d: number): void {
    tell(code, atMs, a, b, c, d);
  }
}
class OpenPin {
  mode = 0;
  setMode(mode: number): void {
    this.mode = mode;
  }
}
class EnablePin {
  isOn = 0;
  setMode(mode: number): void {
    const isOn = mode === ds.GPIOMode.OutputLow ? 1 : 0;
    if (isOn !== this.isOn) tell(${ProbeCode.enable}, ds.millis(), isOn, 0, 0, 0);
    this.isOn = isOn;
  }
}
class StepPin {
  constructor(private readonly enable: EnablePin) {}
  setMode(mode: number): void {
    if (mode === ds.GPIOMode.OutputHigh) tell(${ProbeCode.pulse}, ds.millis(), this.enable.isOn, 0, 0, 0);
  }
}
function onBoard(): boolean {
  return false;
}
async function main(): Promise<void> {
  (ds as Simulated).isSimulator = onBoard;
  const config = readConfig(JSON.parse("${CONFIG_NUMBERS}") as number[]);
  ${parts.store}
  const clock = new CoreClock(restored.coreMs);
  const shell = new Shell();
  const pump = new Pump(config, restored);
  const pin = new EnablePin();
  const enable = new EnableLine(pin as DrivenPin);
  enable.guard = pump.guard;
  const pins = {
    step: new StepPin(pin) as DrivenPin,
    dir: new OpenPin() as DrivenPin,
    heartbeat: new OpenPin() as DrivenPin,
  };
  const stepper = new PulseStepper(config, pins, enable, clock, shell, false);
  const loop = new ControlLoop(pump, stepper, store, new SilentAnnunciator(), new Teller());
  stepper.run.start();
  ${parts.kept ?? ""}
  let requests = 0;
  function order(kind: EventKind, id: number, count: number, detail: number): void {
    loop.inbox.add(kind, clock.nowMs(), id, count, detail);
    shell.wake();
  }
  function fillAndConfirm(): void {
    order(EventKind.measureResidual, 0, 0, 0);
    const numbers = JSON.parse("${prescription}") as number[];
    for (let i = 0; i < numbers.length; i++) pump.draft[i] = numbers[i];
    order(EventKind.stage, 0, 0, 0);
    order(EventKind.confirm, digestOf(numbers), 0, 3);
    const event = loop.inbox.slotFor(EventKind.refill, clock.nowMs());
    const drugs = JSON.parse("${drugs}") as number[];
    event.id = 0;
    event.count = config.capacityNl;
    event.detail = 0;
    for (let i = 0; i < drugs.length; i++) event.values[i] = drugs[i];
    shell.wake();
  }
  function requestBolus(): void {
    requests++;
    order(EventKind.requestBolus, requests, 0, 0);
  }
  async function person(): Promise<void> {
    ${parts.person}
  }
  person.start();
  tell(${ProbeCode.ready}, clock.nowMs(), restored.coreMs, restored.totalStrokes, restored.boots, 0);
  await shell.run(loop, clock, null);
}
await main();
`;
}

/** A pump without a memory. Therapy begins 2 s after its start; 5 min later a bolus of 30 uL over 10 min, a stroke each 4.9 s with the basal. */
export const THERAPY_AT_ONCE = wholePump({
  store: "const restored = new StateRecord();\n  const store = new VolatileStore(null, 0);",
  therapy: REFERENCE_PRESCRIPTION,
  person: `
    await ds.sleep(1000);
    fillAndConfirm();
    await ds.sleep(1000);
    order(EventKind.start, 0, 0, 0);
    await ds.sleep(300000);
    requestBolus();
`,
});

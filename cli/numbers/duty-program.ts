import { configNumbers } from "../../config/pump-config";
import type { DrugLimits, PumpConfig } from "../../src/config";
import { prescriptionNumbers, ProgramKind } from "../../src/prescription/prescription";
import type { Prescription } from "../../src/prescription/prescription";

const ML_NL = 1000000;
const HOUR_MS = 3600000;
const DRUG: DrugLimits = {
  minNgPerUl: 1,
  maxNgPerUl: 1000000,
  softDayNg: 100000000000,
  hardDayNg: 100000000000,
  softBolusNg: 100000000000,
  hardBolusNg: 100000000000,
  softHourNg: 100000000000,
  hardHourNg: 100000000000,
};

/** The default head on a pump that may give 24 mL a day and a bolus besides, with a library of six drugs. */
export const MEASURED_PUMP: PumpConfig = {
  plPerRevolution: 60000000,
  fullStepsPerRevolution: 200,
  fullStepsPerStroke: 1,
  microsteps: 16,
  pulseIntervalMs: 2,
  strokeMs: 235,
  maxRateNlPerDay: 48 * ML_NL,
  maxBolusNl: ML_NL,
  windowMs: 24 * HOUR_MS,
  maxWindowNl: 100 * ML_NL,
  capacityNl: 100 * ML_NL,
  lowNl: 2 * ML_NL,
  emptyNl: ML_NL,
  tubingNl: 200000,
  accuracyPerMille: 145,
  tubeLifeStrokes: 100000000,
  tubeLifeDays: 1825,
  serviceLifeDays: 2555,
  replacementLeadDays: 90,
  replacementPerMille: 100,
  endOfServicePerMille: 20,
  batteryLowMv: 3500,
  batteryOutMv: 3200,
  motorMaxDeciC: 550,
  countsPerRevolution: 0,
  releaseNl: 1000,
  model: 20,
  serial: 1,
  program: 0,
  library: new Array<DrugLimits>(6).fill(DRUG),
};

const STEPS = Array.from({ length: 13 }, (_, step) => step);

/** Four drugs, 13 steps of the day at 24 mL/day each, a demand bolus: the most that a pump has to look at. */
export const PRESCRIPTION: Prescription = {
  program: ProgramKind.flex,
  primaryDrug: 0,
  concentrationNgPerUl: [1000, 2000, 3000, 4000, 0, 0, 0, 0],
  steps: STEPS.length,
  stepStartMs: STEPS.map((step) => step * HOUR_MS),
  stepNlPerDay: STEPS.map(() => 24 * ML_NL),
  scheduledNl: 0,
  scheduledMs: 0,
  scheduledEveryMs: 0,
  scheduledCount: 0,
  endsAfterMs: 0,
  bolusNl: 30000,
  bolusMs: 600000,
  lockoutMs: HOUR_MS,
  mostPer24h: 6,
  hoursFromMs: 0,
  hoursToMs: 0,
  minimumNlPerDay: ML_NL,
  windowMs: 24 * HOUR_MS,
  windowLimitNl: 60 * ML_NL,
  catheterNl: 150000,
  lowNl: 2 * ML_NL,
  refillDays: 30,
  bridge: 0,
};

/** The same with a rate in each step that is too high: as many problems as are listed. */
const WRONG: Prescription = { ...PRESCRIPTION, stepNlPerDay: STEPS.map(() => 60 * ML_NL) };

/** What the person at the pump does, one after the other; what the pump does then, until the next, is counted under its name. */
export interface MeasuredStep {
  readonly name: string;
  /** Statements of the program. */
  readonly does: string;
  /** How long the pump is left alone then, in ms. */
  readonly restMs: number;
}

function order(kind: string, numbers: string): string {
  return `order(EventKind.${kind}, ${numbers});`;
}

/** The steps of a measurement, with `basalMs` of undisturbed basal. */
export function measuredSteps(basalMs: number): MeasuredStep[] {
  const step = (name: string, does: string, restMs = 5000): MeasuredStep => ({ name, does, restMs });
  return [
    step("residual measured", order("measureResidual", "0, 0, 0")),
    step("clock set", order("setClock", "0, 800000000000, 0")),
    step("staged, 4 drugs and 13 steps", `fill(0); ${order("stage", "0, 0, 0")}`),
    step("confirmed", order("confirm", "digestOf(pump.draft), 0, 3")),
    step("refilled", "refill();"),
    step("first start", order("start", "0, 0, 0")),
    step("basal", "", basalMs),
    step("demand bolus granted", order("requestBolus", "1, 0, 0")),
    step("basal and bolus", "", 700000),
    step("demand bolus refused", order("requestBolus", "2, 0, 0")),
    step("clinician's bolus asked for", order("clinicianBolus", "3, 100000, 3600000")),
    step("staged, 12 problems listed", `fill(1); ${order("stage", "0, 0, 0")}`),
    step("all rows in one interrogation", order("interrogate", "0, 0, 0")),
    step("silenced", order("silence", "0, 0, 0")),
    step("held", order("hold", "0, 0, 0")),
    step("started behind a hold", order("start", "0, 0, 0")),
    step("occlusion detected", order("detected", "0, 1, AlarmKind.occlusion")),
    step("occlusion gone", order("detected", "0, 0, AlarmKind.occlusion")),
    step("acknowledged", order("acknowledge", "0, 0, 0")),
    step("stopped", order("stop", "0, 0, 0")),
    step("dead volume without drug", order("deadVolumeEmpty", "0, 300000, 0")),
    step("prime asked for", order("prime", "0, 10000, 0")),
    step("prime confirmed", order("confirmPrime", "0, 10000, 0")),
  ];
}

/** Numbers as a text that the program reads: as a list they would be code. */
function asText(numbers: readonly number[]): string {
  return `JSON.parse("[${numbers.join(",")}]") as number[]`;
}

const COMPOSITION = `import * as ds from "@devicescript/core";
import { ControlLoop } from "../src/control-loop";
import { readConfig } from "../src/config";
import { EventKind } from "../src/events";
import { digestOf } from "../src/prescription/digest";
import { LEDGER_WORDS } from "../src/record/memory-map";
import { StateRecord } from "../src/record/state-record";
import { AlarmKind } from "../src/safety/alarm-kind";
import { BuzzerAndLight } from "./buzzer-and-light";
import { ConsoleJournal } from "./console-journal";
import type { DrivenPin } from "./driven-pin";
import { EnableLine } from "./enable-line";
import { FramStore } from "./memory/fram-store";
import { PulseStepper } from "./pulse-stepper";
import { recoveredPump } from "./recovered-pump";
import { breatheBy } from "../src/breath";
import { CoreClock, restShortly, Shell } from "./shell";

type SynchronousMessage = (topic: string, data: Buffer) => void;
type OnBoard = typeof ds & {
  isSimulator: () => boolean;
  _i2cTransaction: (device: number, out: Buffer, into: Buffer) => number;
};
let written: Buffer = null;
function transaction(device: number, out: Buffer, into: Buffer): number {
  const send = ds._twinMessage as unknown as SynchronousMessage;
  if (into) into.blitAt(0, written, 2, into.length);
  else {
    written = out;
    send("bus", out);
  }
  return 0;
}
function onBoard(): boolean {
  return false;
}
class PinOfNothing {
  private mode = 0;
  setMode(mode: number): void {
    this.mode = mode;
  }
}
function pin(): DrivenPin {
  return new PinOfNothing();
}
`;

/**
 * A board's program with the memory, the stepper and the annunciator of a board, on pins and a bus that lead nowhere: the runtime here has neither. It
 * tells what goes over the bus, and the number of each step.
 */
export function dutyProgram(steps: readonly MeasuredStep[], words: readonly number[]): string {
  const persons = steps
    .map(({ does, restMs }, index) => `tellStep(${index});\n    ${does}\n    await ds.sleep(${restMs});`)
    .join("\n    ");
  return `${COMPOSITION}
async function main(): Promise<void> {
  const board = ds as OnBoard;
  board.isSimulator = onBoard;
  board._i2cTransaction = transaction;
  breatheBy(restShortly);
  const config = readConfig(${asText(configNumbers(MEASURED_PUMP))});
  const restored = new StateRecord();
  const memory = new FramStore(0x50, 32768);
  memory.words = ${asText(words)};
  const pump = await recoveredPump(config, restored, memory, 1);
  const clock = new CoreClock(pump.nowMs);
  const shell = new Shell();
  const enable = new EnableLine(pin());
  const stepper = new PulseStepper(config, { step: pin(), dir: pin(), heartbeat: pin() }, enable, clock, shell, false);
  const annunciator = new BuzzerAndLight(pin(), pin());
  enable.guard = pump.guard;
  const loop = new ControlLoop(pump, stepper, memory.store, annunciator, new ConsoleJournal());
  memory.begin(pump, clock, shell);
  stepper.run.start();
  annunciator.run.start();
  const told = Buffer.alloc(4);
  function tellStep(step: number): void {
    told.setAt(0, "u32", step);
    const send = ds._twinMessage as unknown as SynchronousMessage;
    send("step", told);
  }
  let commands = 0;
  function order(kind: EventKind, id: number, count: number, detail: number): void {
    commands++;
    loop.inbox.add(kind, clock.nowMs(), id, count, detail);
    shell.wake();
  }
  function fill(which: number): void {
    const right = ${asText(prescriptionNumbers(PRESCRIPTION))};
    const wrong = ${asText(prescriptionNumbers(WRONG))};
    for (let i = 0; i < right.length; i++) pump.draft[i] = which === 0 ? right[i] : wrong[i];
  }
  function refill(): void {
    const event = loop.inbox.slotFor(EventKind.refill, clock.nowMs());
    event.id = 0;
    event.count = config.capacityNl;
    event.detail = 0;
    for (let i = 0; i < 8; i++) event.values[i] = i < 4 ? 1000 * (i + 1) : 0;
    shell.wake();
  }
  async function person(): Promise<void> {
    await ds.sleep(1000);
    ${persons}
    tellStep(${steps.length});
    if (LEDGER_WORDS + AlarmKind.occlusion + digestOf([commands]) < 0) order(EventKind.stop, 0, 0, 0);
    if (commands < 0) {
      fill(0);
      refill();
    }
  }
  person.start();
  await shell.run(loop, clock, null);
}
await main();
`;
}

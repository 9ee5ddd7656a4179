import type { PumpConfig } from "../../src/config";
import { ControlLoop } from "../../src/control-loop";
import { EventKind } from "../../src/events";
import type { StepDriver } from "../../src/motion/step-driver";
import { writePrescription } from "../../src/prescription/prescription";
import type { Prescription } from "../../src/prescription/prescription";
import { Pump } from "../../src/pump";
import type { JournalCode } from "../../src/record/journal";
import { LEDGER_WORDS } from "../../src/record/memory-map";
import { recover } from "../../src/record/recover";
import { StateRecord } from "../../src/record/state-record";
import type { Guard } from "../../src/safety/guard";
import { IdealStepDriver, SilentAnnunciator } from "../../src/simulation/ideal-ports";
import type { PortWitness } from "../../src/simulation/ideal-ports";
import type { EngineInput } from "../../sim/engines/engine";
import { Fram } from "./record/fram";
import { program, REFERENCE_PRESCRIPTION, REFERENCE_PUMP } from "./reference-pump";

/** One entry of the journal. */
export type Entry = readonly [code: number, atMs: number, a: number, b: number, c: number, d: number];

/** Makes the step driver of a start: for motors that do something else than the ideal one. */
export type DriverOf = (config: PumpConfig, witness: PortWitness, guard: Guard) => StepDriver;

const idealDriver: DriverOf = (config, witness, guard) => new IdealStepDriver(config.strokeMs, witness, guard);

/** What a powered pump is made of. */
export interface Making {
  readonly config?: PumpConfig;
  /** Content of a blank pump, in nL. */
  readonly reservoirNl?: number;
  readonly fram?: Fram;
  readonly driver?: DriverOf;
}

/** A pump in its control loop with a memory that keeps the contract of a store, whose power can be cut. The plant counts its strokes. */
export class PoweredPump {
  readonly config: PumpConfig;
  /** Strokes that the motor has made, over all starts. */
  made = 0;
  /** Starts of the program. */
  starts = 0;
  /** Time with power since the first start, in ms. */
  poweredMs = 0;
  /** Powered time of each stroke. */
  readonly strokesMs: number[] = [];
  /** What the journal was told since the last start. */
  entries: Entry[] = [];
  fram: Fram;
  declare pump: Pump;
  declare loop: ControlLoop;
  declare nowMs: number;
  nextMs = 0;
  private bootMs = 0;
  private readonly reservoirNl: number;
  private readonly driver: DriverOf;

  constructor(making: Making = {}) {
    this.config = making.config ?? REFERENCE_PUMP;
    this.reservoirNl = making.reservoirNl ?? this.config.capacityNl;
    this.driver = making.driver ?? idealDriver;
    this.fram = making.fram ?? new Fram();
    this.boot(this.fram);
  }

  /** The program starts on `fram`. */
  boot(fram: Fram, config = this.config): this {
    const record = new StateRecord();
    record.filledNl = this.reservoirNl;
    REFERENCE_PRESCRIPTION.concentrationNgPerUl.forEach((ngPerUl, place) => (record.drugs[place] = ngPerUl));
    const memory = fram.imageAfter(0).slice(0, LEDGER_WORDS);
    recover(memory, config, record);
    this.fram = fram;
    this.entries = [];
    this.starts++;
    this.pump = new Pump(config, record, memory);
    const witness: PortWitness = {
      stroke: (atMs, strokes) => this.moved(atMs, strokes),
      memory: () => undefined,
      write: (...entry) => this.entries.push(entry),
    };
    this.loop = new ControlLoop(
      this.pump,
      this.driver(config, witness, this.pump.guard),
      fram,
      new SilentAnnunciator(),
      witness,
    );
    this.nowMs = this.pump.nowMs;
    this.bootMs = this.poweredMs - this.nowMs;
    return this.turn();
  }

  /** Serves all that is due at the present instant. */
  turn(): this {
    do this.nextMs = this.loop.turn(this.nowMs);
    while (this.nextMs <= this.nowMs);
    this.poweredMs = this.bootMs + this.nowMs;
    return this;
  }

  /** Serves everything up to and including `untilMs` of core time, and stands there. */
  runTo(untilMs: number): this {
    while (this.nextMs <= untilMs) this.step();
    this.nowMs = Math.max(this.nowMs, untilMs);
    this.poweredMs = this.bootMs + this.nowMs;
    return this;
  }

  /** Lets time pass. */
  pass(ms: number): this {
    return this.runTo(this.nowMs + ms);
  }

  /** Serves the next wake. */
  step(): this {
    this.nowMs = this.nextMs;
    return this.turn();
  }

  /** An input arrives now and is served. */
  do(kind: EventKind, numbers: Partial<EngineInput> & { commandId?: number } = {}): this {
    if (numbers.prescription !== undefined) writePrescription(numbers.prescription, this.pump.draft);
    const slot = this.loop.inbox.slotFor(kind, this.nowMs);
    slot.id = numbers.id ?? 0;
    slot.count = numbers.count ?? 0;
    slot.detail = numbers.detail ?? 0;
    slot.commandId = numbers.commandId ?? 0;
    if (numbers.values !== undefined) slot.values = [...numbers.values];
    return this.turn();
  }

  /** Confirms a prescription and starts. */
  begin(prescription: Prescription = REFERENCE_PRESCRIPTION): this {
    for (const input of program(prescription)) this.do(input.kind, input);
    return this.do(EventKind.start);
  }

  /** The power fails after `bytes` bytes of what is on its way to the memory, and comes back. */
  cut(bytes = this.fram.pendingBytes, config = this.config): this {
    return this.boot(new Fram(this.fram.imageAfter(bytes)), config);
  }

  /** Everything the pump counts as given, and may give before its next record. */
  get counted(): number {
    return this.pump.delivery.totalStrokes;
  }

  /** Times and numbers of all entries of one code since the last start. */
  told(code: JournalCode): number[][] {
    return this.entries.flatMap(([told, atMs, ...numbers]) => (told === Number(code) ? [[atMs, ...numbers]] : []));
  }

  private moved(atMs: number, strokes: number): void {
    this.made += strokes;
    for (let i = 0; i < strokes; i++) this.strokesMs.push(this.bootMs + atMs);
  }
}

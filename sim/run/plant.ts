import { EventKind } from "../../src/events";
import { JournalCode } from "../../src/record/journal";
import { BOOT_MS, plainInput } from "../engines/engine";
import type { Engine, EngineInput } from "../engines/engine";
import { Battery } from "../plant/battery";
import { FluidPath } from "../plant/fluid-path";
import { PumpHead } from "../plant/pump-head";
import type { PlannedFault, Scenario } from "../scenario/scenario";
import { arisen, Detectors } from "./detectors";
import type { Arises } from "./detectors";
import type { FluidRecord } from "./fluid-record";
import { Power } from "./power";
import { spoil } from "./store-fault";
import type { StoreFault } from "./store-fault";
import { StrokeTimes } from "./stroke-times";
import { TipCourse } from "./tip-course";
import type { LineChange } from "./tip-course";

/** All of a run that is neither the pump's program nor its people: power, pump head, fluid, memory, and what goes wrong with them. */
export class Plant {
  /** When the head delivered each stroke. */
  readonly strokeTimes = new StrokeTimes();
  readonly power = new Power();
  /** What the fluid does; `undefined` where nobody asks. */
  readonly fluid: FluidRecord | undefined;
  private readonly head: PumpHead;
  private readonly path: FluidPath | undefined;
  private readonly detectors: Detectors | undefined;
  /** Strokes that the motor was given, whether the head turned or not. */
  private readonly motorTimes = new StrokeTimes();
  private readonly lineChanges: LineChange[] = [];
  /** What the refill brings that is being handed over. */
  private refillDrugs: readonly number[] = [];
  /** What has happened to the memory since the power failed last, and shows when it is back. */
  private storeFaults: StoreFault[] = [];
  private readonly endMs: number;

  constructor(
    { config, durationMs, plant, prescription }: Scenario,
    private readonly arises: Arises,
  ) {
    this.endMs = durationMs;
    this.head = new PumpHead(config);
    if (plant === undefined) return;
    const path = new FluidPath(config, plant);
    const battery = plant.battery === undefined ? undefined : new Battery(plant.battery);
    const { motorTimes, lineChanges } = this;
    this.path = path;
    this.detectors = new Detectors(config, path, battery, (atMs) => motorTimes.countUntil(atMs), arises);
    const drugLine = { path, line: plant.line, lineChanges };
    const drugs = prescription.concentrationNgPerUl;
    const tips = drugs.map((_, drug) => new TipCourse(drugLine, drugs, drug));
    this.fluid = { path, battery, motorTimes, lineChanges, tips };
  }

  /** At any stroke something may arise. */
  get mayArise(): boolean {
    return this.head.isCounted || this.detectors !== undefined;
  }

  /** When something may arise although no stroke is made, in ms; Infinity: nothing does. */
  nextMs(): number {
    return this.detectors?.nextMs() ?? Infinity;
  }

  /** Time passes up to `atMs`: what arises by it reaches the pump then. */
  passTo(atMs: number): void {
    this.detectors?.passTo(atMs);
  }

  /** The motor was given strokes that are due at `atMs`. */
  stroke(atMs: number, strokes: number): void {
    if (this.detectors !== undefined) this.motorTimes.add(atMs, strokes);
    for (let n = 0; n < strokes; n++) {
      if (!this.head.drive(atMs)) continue;
      this.strokeTimes.add(atMs, 1);
      this.count(this.head.endMs());
      this.path?.stroke(atMs);
      this.detectors?.look(this.head.endMs());
    }
  }

  /** An input is about to be handed to the pump. */
  handOver(input: EngineInput): void {
    if (input.kind === EventKind.refill) this.refillDrugs = input.values ?? [];
  }

  /** Takes an entry of the log. @param a the first of its numbers */
  entry(code: number, atMs: number, a: number): void {
    this.power.take(code, atMs);
    switch (code as JournalCode) {
      case JournalCode.restart:
        this.head.restart();
        this.detectors?.startAt(atMs + BOOT_MS);
        break;
      case JournalCode.refilled:
        this.lineChanges.push({ atMs, drugs: this.refillDrugs });
        break;
      case JournalCode.deadVolumeEmpty:
        this.lineChanges.push({ atMs, emptyNl: a });
        break;
      case JournalCode.tubeChanged:
        this.path?.renewTube(atMs);
        this.detectors?.look(atMs);
        break;
      default:
    }
  }

  /** Something goes wrong at `atMs`, not before the engine's time. */
  fail(engine: Engine, fault: PlannedFault, atMs: number): void {
    switch (fault.fault) {
      case "late":
        if (this.power.hears(atMs)) engine.oversleep(atMs, Math.min(this.endMs, atMs + fault.forMs));
        break;
      case "powerCut":
        engine.cutPower(atMs);
        this.power.failUntil(atMs + fault.forMs);
        break;
      case "rotorStuck":
        // What was due before has turned.
        engine.runTo(atMs);
        this.head.stick(atMs + fault.forMs);
        break;
      case "rotorRuns":
        engine.runTo(atMs);
        this.turnByItself(fault.strokes, atMs);
        break;
      case "occlude":
        engine.runTo(atMs);
        this.path?.block(atMs, atMs + fault.forMs);
        break;
      case "airBubble":
        engine.runTo(atMs);
        this.path?.drawAir(fault.volumeNl);
        break;
      default:
        this.storeFaults.push(fault);
    }
  }

  /** The power is back, with what has become of the memory. */
  powerOn(engine: Engine): void {
    const { backMs } = this.power;
    for (const fault of this.storeFaults) spoil(engine.memory, fault);
    this.power.comeBack(this.storeFaults.some(({ fault }) => fault === "eraseStore"));
    this.storeFaults = [];
    this.head.restart();
    engine.powerOn(backMs);
    this.detectors?.startAt(backMs + BOOT_MS);
  }

  private turnByItself(strokes: number, atMs: number): void {
    this.head.run(strokes);
    this.strokeTimes.add(atMs, strokes);
    this.count(atMs);
    for (let n = 0; n < strokes; n++) this.path?.stroke(atMs);
    this.detectors?.look(atMs);
  }

  /** The head has turned, and its encoder says so at `atMs`. */
  private count(atMs: number): void {
    if (!this.head.isCounted) return;
    this.arises(arisen("turned", plainInput(EventKind.turned, { count: this.head.counts() })), atMs);
  }
}

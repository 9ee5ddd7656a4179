import type { PumpConfig } from "../../src/config";
import { EventKind } from "../../src/events";
import { JournalCode } from "../../src/record/journal";
import { plainInput } from "../engines/engine";
import type { Engine } from "../engines/engine";
import { PumpHead } from "../plant/pump-head";
import type { PlannedFault, PlannedInput } from "../scenario/scenario";
import { Power } from "./power";
import { spoil } from "./store-fault";
import type { StoreFault } from "./store-fault";
import { StrokeTimes } from "./stroke-times";

/** What the encoder hands to the pump, before its counts are known. */
const TURNED: PlannedInput = {
  line: 0,
  text: "turned",
  at: { text: "0 s", from: undefined, offsetMs: 0 },
  input: plainInput(EventKind.turned),
  name: undefined,
};

/** Called when something of the plant reaches the pump at `atMs`. */
export type Arises = (input: PlannedInput, atMs: number) => void;

/** All of a run that is neither the pump's program nor its people: power, pump head, memory, and what goes wrong with them. */
export class Plant {
  /** When the head delivered each stroke. */
  readonly strokeTimes = new StrokeTimes();
  readonly power = new Power();
  private readonly head: PumpHead;
  /** What has happened to the memory since the power failed last, and shows when it is back. */
  private storeFaults: StoreFault[] = [];

  constructor(
    config: PumpConfig,
    private readonly endMs: number,
    private readonly arises: Arises,
  ) {
    this.head = new PumpHead(config);
  }

  /** At any stroke something may arise. */
  get isCounted(): boolean {
    return this.head.isCounted;
  }

  /** The motor was given strokes that are due at `atMs`. */
  stroke(atMs: number, strokes: number): void {
    for (let n = 0; n < strokes; n++) {
      if (!this.head.drive(atMs)) continue;
      this.strokeTimes.add(atMs, 1);
      this.count(this.head.endMs());
    }
  }

  /** Takes an entry of the log. */
  entry(code: number, atMs: number): void {
    this.power.take(code, atMs);
    if (code === Number(JournalCode.restart)) this.head.restart();
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
        this.head.run(fault.strokes);
        this.strokeTimes.add(atMs, fault.strokes);
        this.count(atMs);
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
  }

  /** The head has turned, and its encoder says so at `atMs`. */
  private count(atMs: number): void {
    if (!this.head.isCounted) return;
    const input = { ...TURNED.input, count: this.head.counts() };
    this.arises({ ...TURNED, input }, atMs);
  }
}

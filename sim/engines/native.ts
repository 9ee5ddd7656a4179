import { wholeTurn } from "../../src/simulation/whole-turn";
import { ControlLoop } from "../../src/control-loop";
import { writePrescription } from "../../src/prescription/prescription";
import { Pump } from "../../src/pump";
import type { StateRecord } from "../../src/record/store";
import { IdealStepDriver, SilentAnnunciator } from "../../src/simulation/ideal-ports";
import { VolatileStore } from "../../src/record/volatile-store";
import type { PortWitness } from "../../src/simulation/ideal-ports";
import { copyOfRecord, recordAtBoot } from "./engine";
import type { BootState, Engine, EngineInput, PortSink } from "./engine";

/** Runs `src/` itself, jumping from deadline to deadline. */
class NativeEngine implements Engine {
  readonly name = "native";
  nowMs: number;
  stored: Readonly<StateRecord> | undefined;
  private readonly pump: Pump;
  private readonly loop: ControlLoop;
  private nextMs: number;
  private pauseAsked = false;

  constructor(boot: BootState, sink: PortSink) {
    const restored = recordAtBoot(boot);
    const witness: PortWitness = {
      stroke: (atMs, strokes) => sink.stroke(atMs, strokes),
      record: (record) => {
        this.stored = copyOfRecord(record);
      },
      write: (code, atMs, a, b, c, d) => sink.entry(code, atMs, a, b, c, d),
    };
    this.pump = new Pump(boot.config, restored);
    this.loop = new ControlLoop(
      this.pump,
      new IdealStepDriver(boot.config.strokeMs, witness),
      new VolatileStore(witness),
      new SilentAnnunciator(),
      witness,
    );
    this.nowMs = restored.coreMs;
    this.nextMs = wholeTurn(this.loop, this.nowMs);
  }

  runTo(limitMs: number): void {
    this.pauseAsked = false;
    while (this.nextMs <= limitMs) {
      this.nowMs = this.nextMs;
      this.nextMs = wholeTurn(this.loop, this.nowMs);
      if (this.pauseAsked) return;
    }
    this.nowMs = limitMs;
  }

  pause(): void {
    this.pauseAsked = true;
  }

  oversleep(atMs: number, untilMs: number): void {
    this.serveTo(atMs);
    if (this.nextMs <= untilMs) this.nextMs = wholeTurn(this.loop, untilMs);
    this.nowMs = untilMs;
  }

  /** Nobody may pause on the way to an input: what is due before it has to be served. */
  private serveTo(atMs: number): void {
    do this.runTo(atMs);
    while (this.nowMs < atMs || this.nextMs <= atMs);
  }

  give(input: EngineInput, atMs: number): void {
    this.serveTo(atMs);
    if (input.prescription !== undefined) writePrescription(input.prescription, this.pump.draft);
    const event = this.loop.inbox.slotFor(input.kind, atMs);
    event.id = input.id;
    event.count = input.count;
    event.detail = input.detail;
    if (input.values !== undefined) event.values = [...input.values];
    this.nextMs = wholeTurn(this.loop, atMs);
  }

  close(): void {
    // Nothing is held.
  }
}

/** The native engine, with a pump that is ready at core time 0, or at that of the record it is booted from. */
export function createNativeEngine(boot: BootState, sink: PortSink): Engine {
  return new NativeEngine(boot, sink);
}

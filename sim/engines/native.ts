import { ControlLoop } from "../../src/control-loop";
import { writePrescription } from "../../src/prescription/prescription";
import { Pump } from "../../src/pump";
import { recover } from "../../src/record/recover";
import { VolatileStore } from "../../src/record/volatile-store";
import { IdealStepDriver, SilentAnnunciator } from "../../src/simulation/ideal-ports";
import type { PortWitness } from "../../src/simulation/ideal-ports";
import { wholeTurn } from "../../src/simulation/whole-turn";
import type { BootState, Engine, EngineInput, PortSink } from "./engine";
import { PoweredEngine } from "./powered-engine";
import type { Program, ProgramPorts, ProgramStart } from "./program";

/** Runs `src/` itself. */
class NativeProgram implements Program {
  nextMs: number;
  private readonly pump: Pump;
  private readonly loop: ControlLoop;

  constructor({ config, record, image, capacityWords }: ProgramStart, ports: ProgramPorts) {
    const witness: PortWitness = {
      stroke: (atMs, strokes) => ports.stroke(atMs, strokes),
      memory: (place, words, count) => ports.memory(place, words, count),
      write: (code, atMs, a, b, c, d) => ports.entry(code, atMs, a, b, c, d),
    };
    recover(image, config, record);
    const pump = new Pump(config, record, image);
    this.pump = pump;
    this.loop = new ControlLoop(
      pump,
      new IdealStepDriver(config.strokeMs, witness, pump.guard),
      new VolatileStore(witness, capacityWords),
      new SilentAnnunciator(),
      witness,
    );
    ports.ready(pump.nowMs);
    this.nextMs = wholeTurn(this.loop, pump.nowMs);
  }

  wake(nowMs: number): void {
    this.nextMs = wholeTurn(this.loop, nowMs);
  }

  hand(input: EngineInput, atMs: number): void {
    if (input.prescription !== undefined) writePrescription(input.prescription, this.pump.draft);
    const event = this.loop.inbox.slotFor(input.kind, atMs);
    event.id = input.id;
    event.count = input.count;
    event.detail = input.detail;
    event.commandId = input.commandId ?? 0;
    if (input.values !== undefined) event.values = [...input.values];
  }
}

/** The native engine, with a pump that is ready at 0. */
export function createNativeEngine(boot: BootState, sink: PortSink): Engine {
  return new PoweredEngine("native", 1, boot, sink, (start, ports) => new NativeProgram(start, ports));
}

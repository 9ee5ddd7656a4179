import { ControlLoop } from "../../src/control-loop";
import { writePrescription } from "../../src/prescription/prescription";
import { Pump } from "../../src/pump";
import { recover } from "../../src/record/recover";
import type { StateRecord } from "../../src/record/state-record";
import { IdealStepDriver, SilentAnnunciator } from "../../src/simulation/ideal-ports";
import type { PortWitness } from "../../src/simulation/ideal-ports";
import { wholeTurn } from "../../src/simulation/whole-turn";
import { NEVER_MS } from "../../src/units";
import type { EngineInput, EngineOf } from "../engines/engine";
import { PoweredEngine } from "../engines/powered-engine";
import type { Program, ProgramPorts, ProgramStart } from "../engines/program";
import { SimulatedMemory } from "../engines/simulated-memory";
import { FailingStepper, FailingStore, PortFailure } from "./failing-ports";
import type { FailingCall } from "./failing-ports";

/** `src/` itself on ports of which one call fails. What is thrown ends the program, as a loss of power does. */
class FailingProgram implements Program {
  nextMs = NEVER_MS;
  private pump: Pump | undefined;
  private loop: ControlLoop | undefined;

  constructor(
    { config, record, image, capacityWords }: ProgramStart,
    private readonly ports: ProgramPorts,
    private readonly memory: SimulatedMemory,
    private readonly failing: FailingCall,
    forget: (ledger: StateRecord) => void,
  ) {
    const witness: PortWitness = {
      stroke: (atMs, strokes) => ports.stroke(atMs, strokes),
      memory: (place, words, count) => ports.memory(place, words, count),
      write: (code, atMs, a, b, c, d) => {
        failing.of("journal.write");
        ports.entry(code, atMs, a, b, c, d);
      },
    };
    const annunciator = new (class extends SilentAnnunciator {
      override show(): void {
        failing.of("annunciator.show");
      }
    })();
    recover(image, config, record);
    if (record.sequence !== 0) forget(record);
    const pump = new Pump(config, record, image);
    this.pump = pump;
    const stepper = new FailingStepper(failing, new IdealStepDriver(config.strokeMs, witness, pump.guard));
    const store = new FailingStore(failing, witness, capacityWords);
    this.loop = new ControlLoop(pump, stepper, store, annunciator, witness);
    ports.ready(pump.nowMs);
    this.wake(pump.nowMs);
  }

  wake(nowMs: number): void {
    const { loop } = this;
    if (loop === undefined) return;
    this.guarded(() => {
      this.nextMs = wholeTurn(loop, nowMs);
    });
  }

  hand(input: EngineInput, atMs: number): void {
    const { loop, pump } = this;
    if (loop === undefined || pump === undefined) return;
    this.guarded(() => {
      this.failing.of("inbox.slotFor");
      if (input.prescription !== undefined) writePrescription(input.prescription, pump.draft);
      const event = loop.inbox.slotFor(input.kind, atMs);
      event.id = input.id;
      event.count = input.count;
      event.detail = input.detail;
      event.commandId = input.commandId ?? 0;
      if (input.values !== undefined) event.values = [...input.values];
    });
  }

  private guarded(work: () => void): void {
    try {
      work();
    } catch (failure) {
      if (!(failure instanceof PortFailure)) throw failure;
      this.memory.isDead = true;
      this.nextMs = NEVER_MS;
      this.loop = undefined;
    }
  }
}

/** The native engine on ports of which one call fails. `forget` may take something out of a ledger that was found, before the pump sees it. */
export function failingEngine(failing: FailingCall, forget: (ledger: StateRecord) => void = () => undefined): EngineOf {
  return (boot, sink) => {
    const memory = boot.memory ?? new SimulatedMemory();
    return new PoweredEngine("native", 1, { ...boot, memory }, sink, (start, ports) => {
      return new FailingProgram(start, ports, memory, failing, forget);
    });
  };
}

import { wholeTurn } from "../../src/simulation/whole-turn";
import { ControlLoop } from "../../src/control-loop";
import type { PumpConfig } from "../../src/config";
import { EventKind } from "../../src/events";
import { INBOX_SLOTS } from "../../src/inbox";
import { writePrescription } from "../../src/prescription/prescription";
import type { Pump } from "../../src/pump";
import type { EngineInput, PortSink } from "../../sim/engines/engine";
import { FRAM_BYTES } from "../../sim/engines/simulated-memory";
import { IdealStepDriver, SilentAnnunciator } from "../../src/simulation/ideal-ports";
import { VolatileStore } from "../../src/record/volatile-store";
import type { PortWitness } from "../../src/simulation/ideal-ports";
import type { Therapy } from "./random-therapy";
import { event, newPump, program } from "./reference-pump";

/** Hands everything on to several sinks. */
export function toAll(...sinks: PortSink[]): PortSink {
  return {
    stroke(atMs, strokes): void {
      for (const sink of sinks) sink.stroke(atMs, strokes);
    },
    entry(code, atMs, a, b, c, d): void {
      for (const sink of sinks) sink.entry(code, atMs, a, b, c, d);
    },
  };
}

/** A witness that tells a sink, and keeps no memory. */
export function witnessFor(sink: PortSink): PortWitness {
  return {
    stroke: (atMs, strokes) => sink.stroke(atMs, strokes),
    memory: () => undefined,
    write: (code, atMs, a, b, c, d) => sink.entry(code, atMs, a, b, c, d),
  };
}

/** Keeps each stroke and entry as one line of text. */
export class Transcript implements PortSink {
  readonly lines: string[] = [];

  stroke(atMs: number, strokes: number): void {
    this.lines.push(`${atMs} stroke ${strokes}`);
  }

  entry(code: number, atMs: number, a: number, b: number, c: number, d: number): void {
    this.lines.push(`${atMs} ${code} ${a} ${b} ${c} ${d}`);
  }
}

/** How late the shell is at its next wake, in ms. */
export type Lateness = () => number;

/** A pump in its control loop with the ideal motor and store, under a shell that may wake late. */
export class LoopDrive {
  readonly pump: Pump;
  nowMs = 0;
  private readonly loop: ControlLoop;
  private nextMs = 0;
  private readonly coming: { atMs: number; what: EngineInput }[] = [];

  constructor(
    config: PumpConfig,
    reservoirNl: number,
    sink: PortSink,
    private readonly lateness: Lateness = () => 0,
  ) {
    this.pump = newPump(config, reservoirNl);
    const witness = witnessFor(sink);
    this.loop = new ControlLoop(
      this.pump,
      new IdealStepDriver(config.strokeMs, witness, this.pump.guard),
      new VolatileStore(witness, FRAM_BYTES / 4),
      new SilentAnnunciator(),
      witness,
    );
    this.nextMs = wholeTurn(this.loop, 0);
  }

  /** An event will arrive at `atMs`, not before any other that was announced. */
  announce(what: EngineInput, atMs: number): void {
    this.coming.push({ atMs, what });
  }

  /** Wakes for every deadline and event up to `limitMs`; a last wake may be later by the lateness. */
  runTo(limitMs: number): this {
    for (;;) {
      const dueMs = Math.min(this.nextMs, this.coming[0]?.atMs ?? Infinity);
      if (dueMs > limitMs) return this;
      const crowded = this.mostAtOnce();
      const crowdedMs = this.coming[crowded]?.atMs ?? Infinity;
      const wakeMs = Math.max(this.nowMs, Math.min(dueMs + this.lateness(), crowdedMs));
      for (let slots = 0; slots < crowded && (this.coming[0]?.atMs ?? Infinity) <= wakeMs; slots++) this.arrive();
      this.nowMs = wakeMs;
      this.nextMs = wholeTurn(this.loop, wakeMs);
    }
  }

  /** Wakes once, at `atMs`. */
  wake(atMs: number): this {
    this.nowMs = atMs;
    this.nextMs = wholeTurn(this.loop, atMs);
    return this;
  }

  /** So many events at once wake any shell: before its inbox is full, and before a second prescription takes the place of the first. */
  private mostAtOnce(): number {
    const first = this.coming.slice(0, INBOX_SLOTS / 2);
    const stages = first.flatMap(({ what }, index) => (what.kind === EventKind.stage ? [index] : []));
    return stages[1] ?? INBOX_SLOTS / 2;
  }

  private arrive(): void {
    const next = this.coming.shift();
    if (next !== undefined) this.arriveNow(next.what, next.atMs);
  }

  /** An event arrives at `atMs`; the next wake hands it over. */
  arriveNow({ kind, id, count, detail, commandId = 0, values, prescription }: EngineInput, atMs: number): void {
    if (prescription !== undefined) writePrescription(prescription, this.pump.draft);
    const slot = this.loop.inbox.slotFor(kind, atMs);
    slot.id = id;
    slot.count = count;
    slot.detail = detail;
    slot.commandId = commandId;
    if (values !== undefined) slot.values = [...values];
  }
}

/** Runs a therapy from its confirmation at 0 to its end, and says when that is. */
export function runTherapy(therapy: Therapy, sink: PortSink, lateness?: Lateness): { pump: Pump; endMs: number } {
  const drive = new LoopDrive(therapy.config, therapy.reservoirNl, sink, lateness);
  for (const input of program(therapy.prescription)) drive.announce(input, 0);
  drive.announce(event(EventKind.start), 0);
  let atMs = 0;
  for (const { afterMs, what } of therapy.doings) {
    atMs += afterMs;
    drive.announce(what, atMs);
  }
  const endMs = atMs + therapy.restMs;
  drive.runTo(endMs);
  return { pump: drive.pump, endMs };
}

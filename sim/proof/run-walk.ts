import { LATEST_WALL_MS } from "../../src/clock";
import { EventKind } from "../../src/events";
import { MS_PER_MIN } from "../../src/units";
import { DeliveryChecker } from "../check/delivery-checker";
import { BOOT_MS, plainInput } from "../engines/engine";
import type { Engine, EngineInput, EngineOf, PortSink } from "../engines/engine";
import { SimulatedMemory } from "../engines/simulated-memory";
import { JournalTrail } from "./journal-trail";
import { PlantChecker } from "./plant-checker";
import { Told } from "./told";
import type { Step, Walk } from "./walk";

/** What became of a walk. */
export interface WalkOutcome {
  readonly told: Told;
  readonly complaints: readonly string[];
  /** Times that the power failed. */
  readonly cuts: number;
}

/** A walk on one engine, under both checkers: the one that knows all rules of therapy until the first disturbance, the plant's throughout. */
class WalkRun {
  cuts = 0;
  readonly told: Told;
  private readonly plant: PlantChecker;
  private readonly therapy: DeliveryChecker;
  private readonly memory = new SimulatedMemory();
  private readonly engine: Engine;
  private readonly lost: string[] = [];
  private isUndisturbed: boolean;
  private aheadMs = 0;

  constructor(
    private readonly walk: Walk,
    engineOf: EngineOf,
  ) {
    const { config, reservoirNl, drugs, isNumbered } = walk;
    const plant = new PlantChecker(config, reservoirNl, drugs);
    const therapy = new DeliveryChecker(config, reservoirNl, drugs);
    this.isUndisturbed = !isNumbered;
    const sink: PortSink = {
      stroke: (atMs, strokes) => {
        plant.stroke(atMs, strokes);
        if (this.isUndisturbed) therapy.stroke(atMs, strokes);
      },
      entry: (code, atMs, a, b, c, d) => {
        plant.entry(code, atMs, a, b, c, d);
        if (this.isUndisturbed) therapy.entry(code, atMs, a, b, c, d);
      },
    };
    this.plant = plant;
    this.therapy = therapy;
    this.told = new Told(sink);
    this.engine = engineOf({ config, reservoirNl, drugs, memory: this.memory }, this.told);
  }

  run(): WalkOutcome {
    const { walk, engine, plant, therapy } = this;
    for (const step of walk.steps) this.take(step, Math.max(engine.nowMs, step.atMs + this.aheadMs));
    this.passTo(Math.max(engine.nowMs, walk.durationMs + this.aheadMs));
    this.disturbed();
    this.give(plainInput(EventKind.interrogate), engine.nowMs);
    plant.close(engine.nowMs);
    engine.close();
    return { told: this.told, complaints: [...plant.complaints, ...therapy.complaints, ...this.lost], cuts: this.cuts };
  }

  private take(step: Step, atMs: number): void {
    const { engine } = this;
    if (step.does === "input") {
      // The other checker knows only clocks that can be.
      if (step.input.kind === EventKind.setClock && !isClock(step.input.count)) this.disturbed();
      this.give(step.input, atMs);
      return;
    }
    this.passTo(atMs);
    this.disturbed();
    if (step.does === "sleep") {
      engine.oversleep(engine.nowMs, engine.nowMs + step.forMs);
      return;
    }
    if (step.does === "tear") {
      this.memory.tear = { write: step.write, bytes: step.bytes };
      engine.runTo(atMs + MS_PER_MIN);
      this.memory.tear = undefined;
    }
    engine.cutPower(engine.nowMs);
    const before = new JournalTrail(this.memory.contents());
    const backMs = engine.nowMs + step.offMs;
    this.cuts++;
    engine.powerOn(backMs);
    engine.runTo(backMs + BOOT_MS);
    this.aheadMs += step.offMs + BOOT_MS;
    const lost = before.lostIn(this.memory.contents());
    if (lost !== undefined) this.lost.push(`${engine.nowMs}: ${lost}`);
  }

  private disturbed(): void {
    if (this.isUndisturbed) this.therapy.close(this.engine.nowMs);
    this.isUndisturbed = false;
  }

  private give(input: EngineInput, atMs: number): void {
    this.plant.handed(input);
    if (this.isUndisturbed) this.therapy.handed(input);
    this.engine.give(input, atMs);
  }

  private passTo(atMs: number): void {
    this.engine.runTo(atMs);
  }
}

function isClock(wallMs: number): boolean {
  return Number.isInteger(wallMs) && wallMs >= 0 && wallMs <= LATEST_WALL_MS;
}

/** Runs a walk on one engine. */
export function runWalk(walk: Walk, engineOf: EngineOf): WalkOutcome {
  return new WalkRun(walk, engineOf).run();
}

/** The runtime of the bytecode engine counts µs in 32 bits: what is longer than a round of it, less the longest sleep of its program, it does not see whole; in ms. */
const LONGEST_JUMP_MS = 3900000;

function withoutLongSleeps(walk: Walk): Walk {
  const steps = walk.steps.map((step) =>
    step.does === "sleep" ? { ...step, forMs: Math.min(step.forMs, LONGEST_JUMP_MS) } : step,
  );
  return { ...walk, steps };
}

/** What is wrong with a walk on the native engine, and on another one, which has to tell the very same. */
export function wrongsOf(walk: Walk, native: EngineOf, other?: EngineOf): readonly string[] {
  if (other === undefined) return runWalk(walk, native).complaints;
  const shorter = withoutLongSleeps(walk);
  const { told, complaints } = runWalk(shorter, native);
  if (complaints.length > 0) return complaints;
  const difference = told.differenceFrom(runWalk(shorter, other).told);
  return difference === undefined ? [] : [difference];
}

/** Leaves out steps as long as the walk still goes wrong: what is left is what it takes. `runs`: the most that may be tried. */
export function shrunk(walk: Walk, goesWrong: (walk: Walk) => boolean, runs = 400): Walk {
  let shortest = walk;
  let left = runs;
  for (let size = Math.ceil(walk.steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < shortest.steps.length && left > 0; left--) {
      const steps = shortest.steps.filter((_step, index) => index < from || index >= from + size);
      const shorter = { ...shortest, steps };
      if (goesWrong(shorter)) shortest = shorter;
      else from += size;
    }
  }
  return shortest;
}

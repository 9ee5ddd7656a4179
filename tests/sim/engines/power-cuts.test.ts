import { beforeAll, expect, test } from "vitest";
import type { Engine, EngineOf } from "../../../sim/engines/engine";
import { createNativeEngine } from "../../../sim/engines/native";
import { differingLine } from "../../../sim/log/differing-line";
import { Recorder } from "../../../sim/log/recorder";
import { Random } from "../../../sim/random/random";
import { randomTherapy } from "../../../sim/random/random-therapy";
import type { RandomTherapy } from "../../../sim/random/random-therapy";
import { MS_PER_DAY, MS_PER_HOUR, MS_PER_MIN } from "../../../src/units";
import { bytecodeEngines } from "./default-program";

const RUNS = 40;
const RUNS_ON_GRID = 20;
const STROKES = 60;
const SLOW_MS = 300000;
const OFF_TIMES_MS = [1000, MS_PER_MIN, MS_PER_HOUR, MS_PER_DAY, 60 * MS_PER_DAY];
/** The longest write has 608 bytes. */
const MOST_TORN_BYTES = 610;
/** `MINIM_SEED=n npm test` tries others. */
const firstSeed = Number(process.env["MINIM_SEED"] ?? 20260301);

let engineOn: (gridMs: number) => EngineOf;

beforeAll(async () => {
  engineOn = await bytecodeEngines();
  console.log(`power cuts: ${RUNS} and, on a grid, ${RUNS_ON_GRID} random therapies from seed ${firstSeed}`);
});

/** A therapy whose pump loses its power now and then, at any instant or in a write; inputs come later by the time that it was off. */
class CutLife {
  readonly lines: string[] = [];
  private readonly random: Random;
  private readonly engine: Engine;
  private readonly recorder = new Recorder((_, text) => this.lines.push(text), true);
  private offMs = 0;

  constructor(
    private readonly therapy: RandomTherapy,
    make: EngineOf,
  ) {
    const { seed, config, reservoirNl, drugs } = therapy;
    this.random = new Random(seed);
    this.engine = make({ config, reservoirNl, drugs }, this.recorder);
  }

  /** Lives it, to its end. Returns what the memory holds then. */
  live(): Uint8Array {
    const { random, engine } = this;
    for (const { atMs, input } of this.therapy.inputs) {
      if (random.chance(10)) engine.cutPower(random.integer(engine.nowMs, Math.max(engine.nowMs, atMs + this.offMs)));
      else if (random.chance(15))
        engine.memory.tear = { write: random.integer(1, 9), bytes: random.integer(0, MOST_TORN_BYTES) };
      this.runTo(atMs);
      engine.give(input, Math.max(engine.nowMs, atMs + this.offMs));
    }
    this.runTo(this.therapy.durationMs);
    this.recorder.close();
    return engine.memory.contents();
  }

  private runTo(atMs: number): void {
    const { engine } = this;
    while (!engine.isOn || engine.nowMs < atMs + this.offMs) {
      if (!engine.isOn) {
        const offMs = this.random.pick(OFF_TIMES_MS);
        this.offMs += offMs;
        engine.powerOn(engine.nowMs + offMs);
      }
      engine.runTo(Math.max(engine.nowMs, atMs + this.offMs));
    }
  }
}

test.each([
  { gridMs: 1, runs: RUNS },
  { gridMs: 10, runs: RUNS_ON_GRID },
])(
  "a pump that loses its power says the same on both engines and keeps the same bytes, on a grid of $gridMs ms, in $runs therapies",
  ({ gridMs, runs }) => {
    const events = new Map<string, number>();
    for (let seed = firstSeed; seed < firstSeed + runs; seed++) {
      const therapy = randomTherapy(seed, STROKES);
      const native = new CutLife(therapy, createNativeEngine);
      const compiled = new CutLife(therapy, engineOn(gridMs));
      const bytes = native.live();
      const other = compiled.live();
      const line = differingLine(native.lines, compiled.lines) ?? -1;
      expect([native.lines[line], compiled.lines[line]], `seed ${seed}, line ${line + 1}`).toEqual([
        undefined,
        undefined,
      ]);
      expect(other, `seed ${seed}`).toEqual(bytes);
      for (const text of native.lines) {
        const { event } = JSON.parse(text) as { event: string };
        events.set(event, (events.get(event) ?? 0) + 1);
      }
    }
    console.log(`on a grid of ${gridMs} ms: ${events.get("poweredOn")} starts behind a ledger`);
    expect(events.get("poweredOn")).toBeGreaterThan(runs);
    expect(events.get("stroke")).toBeGreaterThan(runs * 10);
    expect(events.get("fault") ?? 0).toBeLessThan(runs / 4);
  },
  SLOW_MS,
);

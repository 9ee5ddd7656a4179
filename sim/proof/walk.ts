import type { PumpConfig } from "../../src/config";
import { EventKind } from "../../src/events";
import { MS_PER_DAY, MS_PER_HOUR, MS_PER_MIN } from "../../src/units";
import { plainInput } from "../engines/engine";
import type { EngineInput } from "../engines/engine";
import { Random } from "../random/random";
import { randomTherapy } from "../random/random-therapy";
import { CLOCK_NONSENSE, OFF_MS } from "./misfortunes";

/** What happens next in a walk. Times count without the time that the pump has spent in the dark. */
export type Step =
  | { readonly atMs: number; readonly does: "input"; readonly input: EngineInput }
  /** The power fails for `offMs`. */
  | { readonly atMs: number; readonly does: "cut"; readonly offMs: number }
  /** It fails in one of the writes that follow, when there are so many within a minute; otherwise then. */
  | {
      readonly atMs: number;
      readonly does: "tear";
      readonly write: number;
      readonly bytes: number;
      readonly offMs: number;
    }
  /** The controller sleeps through `forMs`. */
  | { readonly atMs: number; readonly does: "sleep"; readonly forMs: number };

/** A random run over losses of power: everything that an engine has to be told. */
export interface Walk {
  readonly seed: number;
  readonly config: PumpConfig;
  readonly reservoirNl: number;
  readonly drugs: readonly number[];
  /** In order of time. */
  readonly steps: readonly Step[];
  readonly durationMs: number;
  /** Commands carry numbers of their own. */
  readonly isNumbered: boolean;
}

/** 71.6 min: 2^32 µs, by which a board's timer once came late. */
export const ROUND_THE_TIMER_MS = 4294968;

/** The walk that belongs to `seed`: a random therapy whose power fails, whose controller oversleeps, and whose commands come twice. */
export function randomWalk(seed: number, strokesWanted = 300): Walk {
  const therapy = randomTherapy(seed, strokesWanted);
  const random = new Random(seed ^ 0x5bd1e995);
  const isNumbered = random.chance(50);
  let commands = 0;
  const steps: Step[] = therapy.inputs.map(({ atMs, input }) => {
    if (!isNumbered || random.chance(40)) return { atMs, does: "input", input };
    const commandId = random.chance(90) ? ++commands : random.integer(1, Math.max(1, commands));
    return { atMs, does: "input", input: { ...input, commandId } };
  });
  const disturbances = random.integer(1, 10);
  for (let i = 0; i < disturbances; i++) steps.push(drawDisturbance(random, steps, therapy.durationMs));
  steps.sort((one, other) => one.atMs - other.atMs);
  const { config, reservoirNl, durationMs, drugs = [] } = therapy;
  return { seed, config, reservoirNl, drugs, steps, durationMs, isNumbered };
}

function drawDisturbance(random: Random, steps: readonly Step[], durationMs: number): Step {
  const near = random.pick(steps).atMs + random.integer(0, 15);
  const atMs = Math.min(durationMs, random.chance(50) ? near : random.integer(0, durationMs));
  const offMs = random.pick(OFF_MS);
  const draw = random.integer(0, 99);
  if (draw < 45) return { atMs, does: "cut", offMs };
  if (draw < 80) return { atMs, does: "tear", write: random.integer(1, 20), bytes: random.integer(0, 500), offMs };
  if (draw < 90)
    return { atMs, does: "sleep", forMs: random.pick([2001, MS_PER_MIN, MS_PER_HOUR, ROUND_THE_TIMER_MS, MS_PER_DAY]) };
  return { atMs, does: "input", input: plainInput(EventKind.setClock, { count: random.pick(CLOCK_NONSENSE) }) };
}

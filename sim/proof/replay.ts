import type { EngineOf } from "../engines/engine";
import { createNativeEngine } from "../engines/native";
import { complaintsAbout, differenceFrom } from "../random/judge-therapy";
import { randomTherapy } from "../random/random-therapy";
import { logOf } from "../random/run-therapy";
import { failCall } from "./call-failures";
import { FAILURES } from "./failing-ports";
import { courseNamed } from "./lanes";
import { PowerCuts } from "./power-cuts";
import { shrunk, wrongsOf } from "./run-walk";
import { longWalk, timeWalk } from "./time-walks";
import { randomWalk } from "./walk";
import type { Step, Walk } from "./walk";

const WALKS: Readonly<Record<string, (seed: number) => Walk>> = { walk: randomWalk, time: timeWalk, long: longWalk };

/** What a replay shows: what is wrong, and for a walk the steps that it takes. */
export interface Replayed {
  readonly wrong: readonly string[];
  readonly steps: readonly string[];
}

/**
 * Does once more what a violation told to replay: `cut/COURSE/HAPPENING/BYTES/SEED`, `call/COURSE/FAILURE/NTH`, `walk/SEED`, `time/SEED`,
 * `long/SEED` or `therapy/SEED`. On `bytecode` too. Returns `undefined` for a text that is none of these.
 */
export function replay(text: string, bytecode: EngineOf): Replayed | undefined {
  const [kind = "", ...parts] = text.split("/");
  const numbers = parts.map(Number);
  if (kind === "cut") {
    const course = courseNamed(parts[0] ?? "");
    if (course === undefined || numbers.length !== 4) return undefined;
    const [, happening = 0, bytes = 0, seed = 0] = numbers;
    const cuts = new PowerCuts(course, createNativeEngine, bytecode);
    if (!numbers.slice(1).every(Number.isInteger) || happening < 0 || happening > cuts.trace.length) return undefined;
    const { wrong } = cuts.replay({ happening, bytes }, seed);
    return { wrong: wrong.flatMap(({ complaints }) => complaints), steps: [] };
  }
  if (kind === "call") {
    const course = courseNamed(parts[0] ?? "");
    const failure = FAILURES.find((known) => known === parts[1]);
    if (course === undefined || failure === undefined) return undefined;
    const nth = numbers[2];
    if (nth === undefined || !Number.isInteger(nth)) return undefined;
    return { wrong: failCall(course, failure, nth), steps: [] };
  }
  const seed = numbers[0];
  if (seed === undefined || !Number.isInteger(seed)) return undefined;
  if (kind === "therapy") return { wrong: therapyAgain(seed, bytecode), steps: [] };
  const walkOf = WALKS[kind];
  return walkOf === undefined ? undefined : walkAgain(walkOf(seed), bytecode);
}

function therapyAgain(seed: number, bytecode: EngineOf): readonly string[] {
  const therapy = randomTherapy(seed);
  const difference = differenceFrom(logOf(therapy, createNativeEngine), therapy, bytecode);
  const complaints = complaintsAbout(therapy, createNativeEngine);
  return difference === undefined ? complaints : [...complaints, difference];
}

/** Shrinks a walk that still goes wrong. The bytecode engine is asked only when the native one finds nothing. */
function walkAgain(walk: Walk, bytecode: EngineOf): Replayed {
  const native = wrongsOf(walk, createNativeEngine);
  const other = native.length === 0 ? bytecode : undefined;
  const wrong = native.length === 0 ? wrongsOf(walk, createNativeEngine, bytecode) : native;
  if (wrong.length === 0) return { wrong, steps: [] };
  const shorter = shrunk(walk, (tried) => wrongsOf(tried, createNativeEngine, other).length > 0);
  return { wrong: wrongsOf(shorter, createNativeEngine, other), steps: shorter.steps.map(stepText) };
}

function stepText(step: Step): string {
  return JSON.stringify(step, (key, value: unknown) => (key === "prescription" && value !== undefined ? "..." : value));
}

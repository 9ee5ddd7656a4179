import { createNativeEngine } from "../engines/native";
import type { EngineOf } from "../engines/engine";
import { complaintsAbout, differenceFrom } from "../random/judge-therapy";
import { Random } from "../random/random";
import { randomTherapy } from "../random/random-therapy";
import { logOf } from "../random/run-therapy";
import { failCalls } from "./call-failures";
import type { FailureCount } from "./call-failures";
import type { Course } from "./course";
import { COURSES } from "./courses";
import { PowerCuts } from "./power-cuts";
import type { CutCount, CutPlace } from "./power-cuts";
import { wrongsOf } from "./run-walk";
import type { Tally } from "./tally";
import { longWalk, timeWalk } from "./time-walks";
import { randomWalk } from "./walk";
import type { Walk } from "./walk";

/** The compiled program on a wake grid. */
export interface ProgramOnGrid {
  readonly gridMs: number;
  readonly engineOf: EngineOf;
}

/** One kind of proof: it is given its share of the time, a piece at a time. */
export interface Lane {
  readonly name: string;
  /** Its part of the whole time. */
  readonly share: number;
  /** Does piece number `piece` (0, 1, ...), which takes about a second. Which pieces come from a seed: the same pieces are the same work. */
  readonly run: (piece: number, tally: Tally) => void;
}

/** Strokes in a random therapy that power cuts are made in. */
const STROKES = 150;

/** Cuts of one piece, on each engine. */
const NATIVE_CUTS = 150;
const BYTECODE_CUTS = 4;

/** One call in so many fails in a piece. */
const CALLS_APART = 101;

/** Walks of one piece. */
const NATIVE_WALKS = 40;

/** One piece of time in so many is 62 days long. */
const PIECES_TO_LONG = 40;

/** The course that power is cut in: one of those that cover all modes, or with a name `random SEED` a random therapy. */
export function courseNamed(name: string): Course | undefined {
  const [, seedText] = /^random (\d+)$/.exec(name) ?? [];
  if (seedText === undefined) return COURSES.find((course) => course.name === name);
  const { config, reservoirNl, drugs = [], inputs, durationMs } = randomTherapy(Number(seedText), STROKES);
  return { name, config, reservoirNl, drugs, inputs, fromMs: 0, durationMs };
}

function courseOf(piece: number, seed: number): Course {
  // Every third is a random therapy.
  const named =
    piece % 3 === 2 ? courseNamed(`random ${seed + piece}`) : COURSES[(piece - Math.floor(piece / 3)) % COURSES.length];
  if (named === undefined) throw new RangeError("there are no courses");
  return named;
}

function cutSome(cuts: PowerCuts, wanted: number, seed: number): CutCount {
  const places = cuts.places();
  const random = new Random(seed);
  const every = Math.max(1, Math.floor(places.length / wanted));
  const first = random.integer(0, every - 1);
  const some: CutPlace[] = places.filter((_place, index) => index % every === first);
  const count: CutCount = { cuts: 0, simulatedMs: 0, wrong: [] };
  cuts.cutAt(some, random.integer(0, 0x7fffffff), count, () => count.wrong.length === 0);
  return count;
}

function walkInto(tally: Tally, walk: Walk, replay: string, other?: EngineOf): void {
  const [wrong] = wrongsOf(walk, createNativeEngine, other);
  tally.walks++;
  tally.simulatedMs += walk.durationMs * (other === undefined ? 1 : 2);
  if (wrong !== undefined) tally.add(wrong, replay);
}

function compareTherapy(seed: number, programs: readonly ProgramOnGrid[], tally: Tally): void {
  const therapy = randomTherapy(seed);
  const [complaint] = complaintsAbout(therapy, createNativeEngine);
  if (complaint !== undefined) tally.add(complaint, `therapy/${seed}`);
  const native = logOf(therapy, createNativeEngine);
  for (const { gridMs, engineOf } of programs) {
    const difference = differenceFrom(native, therapy, engineOf);
    if (difference !== undefined) tally.add(`${difference}, on a grid of ${gridMs} ms`, `therapy/${seed}`);
    tally.simulatedMs += therapy.durationMs;
  }
  tally.therapies++;
}

/** Cuts, failing calls, time and walks on the native engine. */
export function nativeLanes(seed: number): Lane[] {
  return [
    {
      name: "power cuts",
      share: 42,
      run: (piece, tally) => {
        const cuts = new PowerCuts(courseOf(piece, seed), createNativeEngine);
        tally.cutsNative += tally.addCuts(cutSome(cuts, NATIVE_CUTS, seed + piece));
      },
    },
    {
      name: "failing calls",
      share: 8,
      run: (piece, tally) => {
        const course = COURSES[piece % (COURSES.length - 1)];
        const count: FailureCount = { failures: 0, simulatedMs: 0, wrong: [] };
        if (course !== undefined) failCalls(course, CALLS_APART, seed + piece, count);
        tally.callFailures += count.failures;
        tally.simulatedMs += count.simulatedMs;
        for (const { what, replay } of count.wrong) tally.add(what, replay);
      },
    },
    {
      name: "walks",
      share: 10,
      run: (piece, tally) => {
        for (let i = piece * NATIVE_WALKS; i < (piece + 1) * NATIVE_WALKS; i++) {
          walkInto(tally, randomWalk(seed + i), `walk/${seed + i}`);
          if (i % 4 === 0) walkInto(tally, timeWalk(seed + i), `time/${seed + i}`);
        }
      },
    },
  ];
}

/** Cuts, time, walks and whole therapies on the bytecode engine, each held against the native one. */
export function bytecodeLanes(seed: number, programs: readonly ProgramOnGrid[]): Lane[] {
  const exact = programs[0]?.engineOf;
  if (exact === undefined) return [];
  return [
    {
      name: "power cuts on bytecode",
      share: 20,
      run: (piece, tally) => {
        const cuts = new PowerCuts(courseOf(piece, seed), createNativeEngine, exact);
        tally.cutsBytecode += tally.addCuts(cutSome(cuts, BYTECODE_CUTS, seed + piece));
      },
    },
    {
      name: "time on bytecode",
      share: 5,
      run: (piece, tally) => {
        const walkSeed = seed + piece;
        if (piece % PIECES_TO_LONG === 0) walkInto(tally, longWalk(walkSeed), `long/${walkSeed}`, exact);
        else walkInto(tally, timeWalk(walkSeed), `time/${walkSeed}`, exact);
      },
    },
    {
      name: "walks on bytecode",
      share: 8,
      run: (piece, tally) => walkInto(tally, randomWalk(seed + piece), `walk/${seed + piece}`, exact),
    },
    { name: "therapies on bytecode", share: 7, run: (piece, tally) => compareTherapy(seed + piece, programs, tally) },
  ];
}

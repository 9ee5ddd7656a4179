import type { EngineOf } from "../engines/engine";
import { POWER_CUT } from "../engines/engine";
import { SimulatedMemory } from "../engines/simulated-memory";
import { Random } from "../random/random";
import type { PortSink } from "../engines/engine";
import { Afterlife } from "./afterlife";
import type { Course } from "./course";
import { PlantChecker } from "./plant-checker";
import { Told } from "./told";
import { traceOf } from "./trace";
import type { Happening } from "./trace";

/** A place in a run at which the power fails: behind so many happenings, with so many bytes of the write that follows. */
export interface CutPlace {
  /** Happenings that were over. */
  readonly happening: number;
  /** Bytes of the write that follows; 0 when none does. */
  readonly bytes: number;
}

/** A cut that the checker complains of. */
export interface WrongCut {
  readonly course: string;
  readonly place: CutPlace;
  readonly seed: number;
  readonly complaints: readonly string[];
}

/** What came of some cuts. */
export interface CutCount {
  cuts: number;
  /** Time in which the pumps had power, in ms. */
  simulatedMs: number;
  readonly wrong: WrongCut[];
}

/** One life in so many is one in which the power fails so many times in a row. */
const ROWS = [
  { lives: 400, cuts: 100 },
  { lives: 25, cuts: 8 },
];

/** One course with the power cut anywhere: the run is made once, and each cut goes on from a copy of what the memory held. */
export class PowerCuts {
  /** What happened in the run that nobody cut. */
  readonly trace: readonly Happening[];

  /** With `other` each life is led on that engine, too, and has to be the very same. */
  constructor(
    readonly course: Course,
    private readonly engineOf: EngineOf,
    private readonly other?: EngineOf,
  ) {
    this.trace = traceOf(course, engineOf);
  }

  /** All places where it can fail: before each happening, and behind each byte of each write. */
  places(): CutPlace[] {
    return this.trace.flatMap((next, happening) => {
      if (next.kind === "handed" || next.atMs < this.course.fromMs) return [];
      const bytes = next.kind === "write" ? 4 * next.words.length : 1;
      return Array.from({ length: bytes }, (_, byte) => ({ happening, bytes: byte }));
    });
  }

  /** Cuts at each of `places`, which are in order, and tells the seed of each life. Stops early when `goOn` says so. */
  cutAt(places: readonly CutPlace[], seed: number, count: CutCount, goOn: () => boolean = () => true): void {
    const memory = new SimulatedMemory();
    const { config, reservoirNl, drugs } = this.course;
    const checker = new PlantChecker(config, reservoirNl, drugs);
    let happened = 0;
    for (const [index, place] of places.entries()) {
      for (; happened < place.happening; happened++) replay(this.trace[happened], checker, memory);
      const lifeSeed = (seed + index * 7919) >>> 0;
      const complaints = [...checker.complaints, ...this.life(place, memory, checker.fork(), lifeSeed, count)];
      if (complaints.length > 0) count.wrong.push({ course: this.course.name, place, seed: lifeSeed, complaints });
      if (checker.complaints.length > 0 || !goOn()) return;
    }
  }

  /** One cut alone, as {@link cutAt} makes it. */
  replay(place: CutPlace, lifeSeed: number): CutCount {
    const count: CutCount = { cuts: 0, simulatedMs: 0, wrong: [] };
    this.cutAt([place], lifeSeed, count);
    return count;
  }

  private life(
    place: CutPlace,
    before: SimulatedMemory,
    checker: PlantChecker,
    seed: number,
    count: CutCount,
  ): readonly string[] {
    const memory = new SimulatedMemory();
    memory.load(before.contents());
    const next = this.trace[place.happening];
    if (next?.kind === "write") {
      memory.tear = { write: 1, bytes: place.bytes };
      memory.write(next.place, next.words);
    }
    const cutMs = next === undefined || next.kind === "handed" ? this.course.durationMs : next.atMs;
    checker.entry(POWER_CUT, cutMs, 0, 0, 0, 0);
    const { other } = this;
    if (other === undefined) return this.lead({ memory, checker, cutMs, seed, count });
    const otherChecker = checker.fork();
    const told: Told[] = [];
    const seenBy = (sink: PortSink): PortSink => {
      const seen = new Told(sink);
      told.push(seen);
      return seen;
    };
    const uncounted: CutCount = { cuts: 0, simulatedMs: 0, wrong: [] };
    const wrong = this.lead({ memory, checker, cutMs, seed, count: uncounted, seenBy });
    const otherWrong = this.lead({ memory, checker: otherChecker, cutMs, seed, count, seenBy, engineOf: other });
    const difference = told[1] === undefined ? undefined : told[0]?.differenceFrom(told[1]);
    return [...wrong, ...otherWrong, ...(difference === undefined ? [] : [difference])];
  }

  private lead({ memory, checker, cutMs, seed, count, seenBy, engineOf = this.engineOf }: Lead): readonly string[] {
    const random = new Random(seed);
    const beganMs = checker.poweredMs;
    const life = new Afterlife(this.course, engineOf, memory.contents(), checker, cutMs, random, seenBy);
    const row = ROWS.find(({ lives }) => seed % lives === 0);
    const complaints = row === undefined ? life.live() : life.cutAgainAndAgain(row.cuts);
    count.cuts += 1 + life.cuts;
    count.simulatedMs += checker.poweredMs - beganMs;
    return complaints;
  }
}

/** One life behind a cut. */
interface Lead {
  readonly memory: SimulatedMemory;
  readonly checker: PlantChecker;
  readonly cutMs: number;
  readonly seed: number;
  readonly count: CutCount;
  readonly seenBy?: (sink: PortSink) => PortSink;
  readonly engineOf?: EngineOf;
}

/** How a course is cut: one place in `every`, from which seed, and after how many wrong ones it is enough. */
export interface CutPlan {
  readonly seed: number;
  readonly every: number;
  readonly mostWrong: number;
}

/** Cuts at one place in so many of a course. */
export function cutEverywhere(course: Course, engineOf: EngineOf, { seed, every, mostWrong }: CutPlan): CutCount {
  const cuts = new PowerCuts(course, engineOf);
  const places = cuts.places().filter((_place, index) => (index + seed) % every === 0);
  const count: CutCount = { cuts: 0, simulatedMs: 0, wrong: [] };
  cuts.cutAt(places, seed, count, () => count.wrong.length < mostWrong);
  return count;
}

function replay(happening: Happening | undefined, checker: PlantChecker, memory: SimulatedMemory): void {
  switch (happening?.kind) {
    case "handed":
      checker.handed(happening.input);
      return;
    case "stroke":
      checker.stroke(happening.atMs, happening.strokes);
      return;
    case "entry":
      checker.entry(happening.entry[0], happening.atMs, ...tail(happening.entry));
      return;
    case "write":
      memory.write(happening.place, happening.words);
      return;
    case undefined:
      return;
  }
}

function tail([, a, b, c, d]: readonly [number, number, number, number, number]): [number, number, number, number] {
  return [a, b, c, d];
}

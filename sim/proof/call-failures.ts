import { EventKind } from "../../src/events";
import { JournalCode } from "../../src/record/journal";
import { BOOT_MS, plainInput } from "../engines/engine";
import type { Engine, EngineInput, PortSink } from "../engines/engine";
import { MS_PER_HOUR } from "../../src/units";
import type { Course } from "./course";
import { FailingCall, FAILURES } from "./failing-ports";
import type { Failure } from "./failing-ports";
import { failingEngine } from "./failing-program";
import { PlantChecker } from "./plant-checker";
import type { Violation } from "./tally";

/** An exception starts the program anew after 5 s and its boot, in ms. */
const EXCEPTION_MS = 5260 - BOOT_MS;

/** Entries that tell a person that something is wrong; without its first record a pump is blank, and says so when it is started. */
const TELLING: readonly number[] = [
  JournalCode.startRefused,
  JournalCode.fault,
  JournalCode.alarmRaised,
  JournalCode.poweredOn,
  JournalCode.forfeited,
  EventKind.moved,
];

/** What came of letting calls fail. */
export interface FailureCount {
  /** Calls that failed. */
  failures: number;
  simulatedMs: number;
  readonly wrong: Violation[];
}

/** One course with one call failing: its people do what they do; at the end somebody switches off and on, acknowledges and starts. */
class FailedRun {
  readonly failing: FailingCall;
  private readonly checker: PlantChecker;
  private readonly engine: Engine;
  private hasTold = false;

  constructor(
    private readonly course: Course,
    failure: Failure,
    nth: number,
  ) {
    const { config, reservoirNl, drugs } = course;
    const failing = new FailingCall(failure, nth);
    const checker = new PlantChecker(config, reservoirNl, drugs);
    checker.toleratesFaults = true;
    this.failing = failing;
    this.checker = checker;
    const sink: PortSink = {
      stroke: (atMs, strokes) => checker.stroke(atMs, strokes),
      entry: (code, atMs, a, b, c, d) => {
        if (failing.hasFailed && TELLING.includes(code)) this.hasTold = true;
        checker.entry(code, atMs, a, b, c, d);
      },
    };
    this.engine = failingEngine(failing)({ config, reservoirNl, drugs }, sink);
  }

  /** Runs it; returns what was wrong. */
  run(): readonly string[] {
    const { course, engine, checker, failing } = this;
    for (const { atMs, input } of course.inputs) {
      this.passTo(atMs);
      this.give(input);
    }
    this.passTo(course.durationMs);
    engine.cutPower(engine.nowMs);
    this.powerOn();
    this.give(plainInput(EventKind.acknowledge));
    this.give(plainInput(EventKind.start));
    this.give(plainInput(EventKind.interrogate));
    this.passTo(engine.nowMs + MS_PER_HOUR);
    // It may have failed just now.
    if (failing.hasFailed && !this.hasTold) this.passTo(engine.nowMs + MS_PER_HOUR);
    checker.close(engine.nowMs);
    engine.close();
    if (!failing.hasFailed || this.hasTold || failing.failure.includes("reported after")) return checker.complaints;
    return [...checker.complaints, "nobody was told of it"];
  }

  private give(input: EngineInput): void {
    this.checker.handed(input);
    this.engine.give(input, this.engine.nowMs);
    if (!this.engine.isOn) this.powerOn();
  }

  private passTo(atMs: number): void {
    const { engine } = this;
    while (engine.nowMs < atMs) {
      engine.runTo(atMs);
      if (!engine.isOn) this.powerOn();
    }
  }

  private powerOn(): void {
    const { engine } = this;
    while (!engine.isOn) {
      const backMs = engine.nowMs + EXCEPTION_MS;
      engine.powerOn(backMs);
      engine.runTo(backMs + BOOT_MS);
    }
  }
}

/** Lets every call of a course fail in every way, or one in `every`, from `offset` on. */
export function failCalls(course: Course, every: number, offset: number, count: FailureCount, goOn = () => true): void {
  for (const failure of FAILURES) {
    const undisturbed = new FailedRun(course, failure, 0);
    undisturbed.run();
    for (let nth = 1 + (offset % every); nth <= undisturbed.failing.calls && goOn(); nth += every) {
      const [complaint] = new FailedRun(course, failure, nth).run();
      count.failures++;
      count.simulatedMs += course.durationMs;
      if (complaint === undefined) continue;
      const what = `call ${nth} in "${course.name}": ${failure}: ${complaint}`;
      count.wrong.push({ what, replay: `call/${course.name}/${failure}/${nth}` });
    }
  }
}

/** Lets one call of a course fail, and returns what was wrong. */
export function failCall(course: Course, failure: Failure, nth: number): readonly string[] {
  return new FailedRun(course, failure, nth).run();
}

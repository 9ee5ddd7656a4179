import { EventKind } from "../../src/events";
import { StrokeVolume } from "../../src/motion/stroke";
import { plainInput, recordAtBoot } from "../engines/engine";
import type { BootState, Engine, EngineOf, PortSink } from "../engines/engine";
import { Recorder } from "../log/recorder";
import type { LogLine } from "../log/words";
import { Patient } from "../plant/patient";
import type { Press } from "../plant/patient";
import type { Scenario } from "../scenario/scenario";
import { Agenda } from "./agenda";
import { arisen } from "./detectors";
import { eventFailures, judgeExpectations } from "./judge";
import { isRequest, LateValues } from "./late-values";
import type { LineHash } from "./line-hash";
import type { KeptLine, ResolvedInput, RunOutcome } from "./outcome";
import { Plant } from "./plant";
import { RequestBook } from "./request-book";

/** Ids of the patient's requests in a scenario; those of its events are below. */
const FIRST_PATIENT_ID = 1000000;

/** How a run is made and recorded. Nothing here but the seed changes its verdict. */
export interface RunOptions {
  /** What the patient's behaviours are drawn from: a whole number from 0 to 2^31 - 1. Default: 1. */
  readonly seed?: number;
  /** Every stroke gets its own line. Default: false. */
  readonly logStrokes?: boolean;
  /** A new hash for the log: `newSha256` of `sim/run/node/sha256`. */
  readonly newHash: () => LineHash;
  /** Told of every line as soon as it is written. */
  readonly onLine?: (line: LogLine, text: string) => void;
}

/** Runs a scenario from its first instant to its end and judges it. Throws `EngineFailure` when the simulated pump itself fails. */
export function runScenario(scenario: Scenario, engineOf: EngineOf, options: RunOptions): RunOutcome {
  return new Run(scenario, Agenda.planned(scenario.inputs), options).on(engineOf);
}

/**
 * Runs a scenario with its inputs at the instants at which another run had them (`RunOutcome.resolvedInputs`). An engine on a grid needs
 * this: there an input may follow its cause within one step.
 */
export function runResolved(
  scenario: Scenario,
  inputs: readonly ResolvedInput[],
  engineOf: EngineOf,
  options: RunOptions,
): RunOutcome {
  return new Run(scenario, Agenda.resolved(scenario.inputs, inputs), options).on(engineOf);
}

/** A new pump; or one that has counted strokes which were perhaps not made. */
function bootOf({ config, reservoirNl, uncertainStrokes, expiryDay, prescription }: Scenario): BootState {
  const drugs = prescription.concentrationNgPerUl;
  const boot = { config, reservoirNl, drugs, expiryDay };
  if (uncertainStrokes === 0) return boot;
  const restored = recordAtBoot(boot);
  restored.filledNl = reservoirNl + new StrokeVolume(config).volumeRoundedUpNl(uncertainStrokes);
  restored.totalStrokes = uncertainStrokes;
  restored.drawnStrokes = uncertainStrokes;
  restored.uncertainStrokes = uncertainStrokes;
  return { ...boot, restored };
}

/** One run: everything that comes out of the engine's ports on its way to the outcome. */
class Run implements PortSink {
  private readonly lines: KeptLine[] = [];
  private readonly hash: LineHash;
  private readonly recorder: Recorder;
  private readonly book: RequestBook;
  private readonly lateValues = new LateValues();
  private readonly lost = new Set<number>();
  private readonly plant: Plant;
  private readonly patient: Patient;
  /** Presses of the patient's key so far. */
  private contacts = 0;
  private engine: Engine | undefined;

  constructor(
    private readonly scenario: Scenario,
    private readonly agenda: Agenda,
    private readonly options: RunOptions,
  ) {
    this.hash = options.newHash();
    this.patient = new Patient(scenario.patient, options.seed ?? 1);
    this.plant = new Plant(scenario, (input, atMs) => {
      this.agenda.arise(input, atMs);
      this.engine?.pause();
    });
    this.recorder = new Recorder((line, text) => this.keep(line, text), options.logStrokes === true);
    this.book = new RequestBook((mark, atMs) => {
      if (this.agenda.reach(mark, atMs)) this.engine?.pause();
    });
  }

  stroke(atMs: number, strokes: number): void {
    this.recorder.stroke(atMs, strokes);
    this.plant.stroke(atMs, strokes);
  }

  entry(code: number, atMs: number, a: number, b: number, c: number, d: number): void {
    this.recorder.entry(code, atMs, a, b, c, d);
    this.plant.entry(code, atMs, a);
  }

  on(engineOf: EngineOf): RunOutcome {
    const engine = engineOf(bootOf(this.scenario), this);
    this.engine = engine;
    try {
      this.drive(engine);
    } finally {
      engine.close();
    }
    this.recorder.close();
    return this.outcome(engine.name);
  }

  private drive(engine: Engine): void {
    const { durationMs } = this.scenario;
    const { plant } = this;
    while (true) {
      const next = this.agenda.next();
      const isInput = next !== undefined && next.atMs <= durationMs;
      const untilMs = isInput ? next.atMs : durationMs;
      const worldMs = this.worldMs();
      if (plant.power.backMs <= Math.min(untilMs, worldMs)) {
        plant.powerOn(engine);
        continue;
      }
      // What arises comes behind the file's inputs of that instant.
      if (worldMs < untilMs || (worldMs === untilMs && !isInput)) {
        const targetMs = Math.max(engine.nowMs, worldMs);
        engine.runTo(targetMs);
        if (engine.nowMs < targetMs || this.agenda.next() !== next) continue;
        plant.passTo(targetMs);
        for (const press of this.patient.pressesUntil(targetMs)) this.press(press);
        continue;
      }
      // Nothing can come in between when no input waits for its time: the engine gets there by itself, on a grid without a wake.
      if (!isInput || this.agenda.isWaiting() || plant.mayArise) {
        const targetMs = Math.max(engine.nowMs, untilMs);
        engine.runTo(targetMs);
        // The engine stood still because an input has got its time, and that may be before the one we ran towards.
        if (engine.nowMs < targetMs || this.agenda.next() !== next) continue;
      }
      if (!isInput) return;
      const planned = this.agenda.take();
      if (planned === undefined) return;
      // What comes while the controller oversleeps is handed over when it wakes.
      const atMs = Math.max(engine.nowMs, next.atMs);
      if (planned.fault !== undefined) plant.fail(engine, planned.fault, atMs);
      else if (!plant.power.hears(atMs)) this.lost.add(next.index);
      else {
        const input = this.lateValues.complete(planned, next.atMs);
        if (isRequest(input.input)) this.book.handOver(input);
        plant.handOver(input.input);
        engine.give(input.input, atMs);
      }
    }
  }

  /** When something arises by itself, in ms. What arose in a run that was made before is among its inputs. */
  private worldMs(): number {
    return this.agenda.isReplay ? Infinity : Math.min(this.plant.nextMs(), this.patient.nextMs());
  }

  /** The patient presses: each contact of the key is a request of its own. */
  private press({ line, contactsMs }: Press): void {
    for (const atMs of contactsMs) {
      const input = plainInput(EventKind.requestBolus, { id: FIRST_PATIENT_ID + this.contacts++ });
      this.agenda.arise({ ...arisen("requestBolus", input), line }, atMs);
    }
  }

  private keep(line: LogLine, text: string): void {
    this.lines.push({ line, text });
    this.hash.add(text);
    this.book.take(line);
    if (line.event === "bolusGranted" && line["bolus"] === "demand") {
      this.patient.granted(line.atMs);
      // The next press may come sooner than the one that was waited for.
      if (this.scenario.patient.length > 0) this.engine?.pause();
    }
    this.options.onLine?.(line, text);
  }

  private outcome(engine: "native" | "bytecode"): RunOutcome {
    const { scenario, lines, book, lost } = this;
    const { strokeTimes, power, fluid } = this.plant;
    const resolvedInputs = this.agenda.handedOver();
    const record = { scenario, lines, strokeTimes, book, resolvedInputs, dark: power.dark, lost, fluid };
    const verdicts = judgeExpectations(record);
    const failures = [...verdicts.flatMap((verdict) => verdict.failure ?? []), ...eventFailures(record)];
    return {
      engine,
      passed: failures.length === 0,
      failures,
      verdicts,
      simulatedMs: scenario.durationMs,
      deliveredNl: new StrokeVolume(scenario.config).volumeNl(strokeTimes.count),
      strokes: strokeTimes.count,
      events: lines.length,
      logSha256: this.hash.hex(),
      lines,
      strokeTimesMs: strokeTimes.all(),
      resolvedInputs,
    };
  }
}

import { EventKind } from "../../src/events";
import { StrokeVolume } from "../../src/motion/stroke";
import type { Prescription } from "../../src/prescription/prescription";
import { AlarmKind } from "../../src/safety/alarm-kind";
import { TherapyMode } from "../../src/delivery/therapy";
import { MS_PER_HOUR, MS_PER_MIN } from "../../src/units";
import { plainInput } from "../engines/engine";
import type { Engine, EngineInput, EngineOf, PortSink } from "../engines/engine";
import { BOOT_MS } from "../engines/engine";
import { SimulatedMemory } from "../engines/simulated-memory";
import type { Random } from "../random/random";
import type { Course } from "./course";
import { confirmed } from "./courses";
import { JournalTrail } from "./journal-trail";
import { CLOCK_NONSENSE, OFF_MS } from "./misfortunes";
import type { PlantChecker } from "./plant-checker";

/** How long life goes on behind a cut, in ms. Long ones are rarer. */
const HORIZONS_MS: readonly number[] = [
  2 * MS_PER_MIN,
  10 * MS_PER_MIN,
  10 * MS_PER_MIN,
  45 * MS_PER_MIN,
  45 * MS_PER_MIN,
  45 * MS_PER_MIN,
  2 * MS_PER_HOUR,
  5 * MS_PER_HOUR,
];

/** Request and command ids from here on are new. */
const NEW_IDS = 1000;

/**
 * What happens after a power cut: the pump starts from what its memory held, and people tempt it: boluses are asked for at the very edge of
 * the lockout, commands are sent again, somebody stops, starts, confirms, refills; and the power fails again and again.
 */
export class Afterlife {
  /** Power cuts made here. */
  cuts = 0;
  private readonly engine: Engine;
  private readonly memory = new SimulatedMemory();
  private readonly beginMs: number;
  private journal: JournalTrail;
  private nextId = NEW_IDS;
  private readonly strokeNl: number;
  private prescriptions: readonly Prescription[];

  /** `memory`: what it held when the power failed at `cutMs`, and how the plant stood then in `checker`. */
  constructor(
    private readonly course: Course,
    engineOf: EngineOf,
    memory: Uint8Array,
    private readonly checker: PlantChecker,
    cutMs: number,
    private readonly random: Random,
    seenBy: (sink: PortSink) => PortSink = (sink) => sink,
  ) {
    const beginMs = cutMs + random.pick(OFF_MS) + BOOT_MS;
    this.beginMs = beginMs;
    this.journal = new JournalTrail(memory);
    this.memory.load(memory);
    this.strokeNl = new StrokeVolume(course.config).volumeRoundedUpNl(1);
    this.prescriptions = course.inputs.flatMap(({ input }) => input.prescription ?? []);
    const sink: PortSink = {
      stroke: (atMs, strokes) => checker.stroke(beginMs + atMs, strokes),
      entry: (code, atMs, a, b, c, d) => checker.entry(code, beginMs + atMs, a, b, c, d),
    };
    const { config, reservoirNl, drugs } = course;
    this.engine = engineOf({ config, reservoirNl, drugs, memory: this.memory }, seenBy(sink));
  }

  /** Lives for some minutes or hours. Returns what was wrong. */
  live(): readonly string[] {
    const { random, engine } = this;
    const untilMs = random.pick(HORIZONS_MS);
    while (engine.nowMs < untilMs) {
      this.pass();
      this.act();
    }
    return this.end();
  }

  /** The power fails `times` times, at any point shortly after each start; a person acknowledges, and starts again where the pump has stopped. */
  cutAgainAndAgain(times: number): readonly string[] {
    const { random } = this;
    for (let cut = 0; cut < times && this.checker.complaints.length === 0; cut++) {
      this.cut();
      if (random.chance(60)) this.give(plainInput(EventKind.acknowledge));
      if (random.chance(50)) this.passMs(random.integer(0, 12));
      if (this.checker.ordered.mode === TherapyMode.stopped) {
        this.give(plainInput(EventKind.acknowledge));
        this.give(plainInput(EventKind.start));
      }
      if (random.chance(15)) this.ask();
      this.passMs(
        random.pick([0, random.integer(0, 30), random.integer(0, 90000), random.integer(0, 20 * MS_PER_MIN)]),
      );
    }
    return this.end();
  }

  private end(): readonly string[] {
    const { checker, engine } = this;
    this.give(plainInput(EventKind.interrogate));
    checker.close(this.beginMs + engine.nowMs);
    engine.close();
    const lost = this.journal.lostIn(this.memory.contents());
    return lost === undefined ? checker.complaints : [...checker.complaints, lost];
  }

  private give(input: EngineInput): void {
    this.checker.handed(input);
    this.engine.give(input, this.engine.nowMs);
  }

  private passMs(ms: number): void {
    this.engine.runTo(this.engine.nowMs + ms);
    if (!this.engine.isOn) this.powerOn();
  }

  /** Time goes by: a moment, some minutes, or to the edge of the lockout. */
  private pass(): void {
    const { random, checker } = this;
    const { ordered, poweredMs } = checker;
    const p = ordered.prescription;
    const draw = random.integer(0, 99);
    if (draw < 15) this.passMs(random.integer(0, 3));
    else if (draw < 30) this.passMs(random.integer(0, 20));
    else if (draw < 60 && p !== undefined && p.bolusNl !== 0) {
      const opensMs = ordered.demandNl !== 0 ? p.bolusMs : ordered.lastEndMs + p.lockoutMs - poweredMs;
      if (opensMs > 0 && opensMs < 2 * MS_PER_HOUR) this.passMs(Math.max(0, opensMs + random.integer(-1, 1)));
      else this.passMs(random.integer(0, 10 * MS_PER_MIN));
    } else this.passMs(random.integer(0, random.pick([MS_PER_MIN, 10 * MS_PER_MIN, 40 * MS_PER_MIN])));
  }

  private act(): void {
    const { random } = this;
    const draw = random.integer(0, 99);
    if (draw < 32) this.ask();
    else if (draw < 40) this.repeat();
    else if (draw < 47) this.order();
    else if (draw < 57) this.give(plainInput(EventKind.interrogate));
    else if (draw < 65) this.give(plainInput(EventKind.acknowledge));
    else if (draw < 77) this.give(plainInput(EventKind.start, { commandId: this.commandId() }));
    else if (draw < 80) this.give(plainInput(EventKind.stop, { commandId: this.commandId() }));
    else if (draw < 82) this.give(plainInput(EventKind.hold));
    else if (draw < 85) for (const input of confirmed(random.pick(this.prescriptions))) this.give(input);
    else if (draw < 87) this.refill();
    else if (draw < 89) this.prime();
    else if (draw < 91) this.give(plainInput(EventKind.setClock, { count: random.pick(CLOCK_NONSENSE) }));
    else if (draw < 93) this.alarm();
    else this.cut();
  }

  private commandId(): number {
    return this.random.chance(70) ? ++this.nextId : this.random.integer(1, this.nextId);
  }

  private ask(): void {
    this.give(plainInput(EventKind.requestBolus, { id: this.random.chance(20) ? 0 : ++this.nextId }));
  }

  private order(): void {
    const { random } = this;
    const count = random.integer(1, 60) * this.strokeNl;
    const detail = random.integer(1, 40) * MS_PER_MIN;
    this.give(plainInput(EventKind.clinicianBolus, { id: ++this.nextId, count, detail }));
  }

  /** What was sent before is sent once more. */
  private repeat(): void {
    const sent = this.course.inputs.filter(({ input }) => input.id !== 0 && input.kind !== EventKind.confirm);
    if (sent.length > 0) this.give(this.random.pick(sent).input);
    else this.give(plainInput(EventKind.requestBolus, { id: this.random.integer(1, this.nextId) }));
  }

  private refill(): void {
    const { random, course, checker } = this;
    this.give(plainInput(EventKind.stop));
    const { ordered, made } = checker;
    const count = Math.max(0, ordered.filledNl - (made - ordered.strokesAtFill) * this.strokeNl);
    this.give(plainInput(EventKind.measureResidual, { count: Math.min(course.config.capacityNl, count) }));
    if (random.chance(30)) this.passMs(random.integer(0, 15));
    const values = random.chance(80) ? ordered.fluid : course.drugs;
    this.give(
      plainInput(EventKind.refill, {
        count: Math.floor((course.config.capacityNl * random.integer(50, 100)) / 100),
        values,
      }),
    );
    if (random.chance(30)) this.passMs(random.integer(0, 15));
    if (random.chance(70)) this.give(plainInput(EventKind.start));
  }

  private prime(): void {
    const deadNl = this.course.config.tubingNl + (this.checker.ordered.prescription?.catheterNl ?? 0);
    const count = this.random.integer(1, Math.max(1, deadNl));
    this.give(plainInput(EventKind.stop));
    this.give(plainInput(EventKind.deadVolumeEmpty, { count: deadNl }));
    this.give(plainInput(EventKind.prime, { count }));
    this.give(plainInput(EventKind.confirmPrime, { count }));
    this.passMs(this.random.integer(0, 3 * MS_PER_MIN));
    this.give(plainInput(EventKind.start));
  }

  private alarm(): void {
    const detail = this.random.pick([AlarmKind.occlusion, AlarmKind.airInLine, AlarmKind.underInfusion]);
    this.give(plainInput(EventKind.detected, { detail, count: 1 }));
    this.passMs(this.random.integer(0, 5000));
    this.give(plainInput(EventKind.detected, { detail, count: 0 }));
    if (this.random.chance(70)) this.give(plainInput(EventKind.acknowledge));
  }

  /** The power fails now, or in one of the next writes. */
  private cut(): void {
    const { random, engine, memory } = this;
    if (random.chance(50)) {
      memory.tear = { write: random.integer(1, 12), bytes: random.integer(0, 500) };
      this.engine.runTo(engine.nowMs + random.integer(0, 10 * MS_PER_MIN));
      memory.tear = undefined;
    }
    if (engine.isOn) engine.cutPower(engine.nowMs);
    this.powerOn();
  }

  private powerOn(): void {
    const { random, engine } = this;
    this.cuts++;
    const contents = this.memory.contents();
    const lost = this.journal.lostIn(contents);
    if (lost !== undefined) this.checker.complaints.push(`${this.beginMs + engine.nowMs}: ${lost}`);
    this.journal = new JournalTrail(contents);
    const backMs = engine.nowMs + random.pick(OFF_MS);
    engine.powerOn(backMs);
    if (random.chance(10)) this.memory.tear = { write: random.integer(1, 6), bytes: random.integer(0, 500) };
    engine.runTo(backMs + BOOT_MS);
    this.memory.tear = undefined;
    if (!engine.isOn) this.powerOn();
  }
}

import type { PumpConfig } from "../../src/config";
import { BolusKind } from "../../src/delivery/bolus-run";
import { TherapyMode } from "../../src/delivery/therapy";
import { EventKind } from "../../src/events";
import { JournalCode } from "../../src/record/journal";
import { POWER_CUT } from "../engines/engine";
import type { EngineInput, PortSink } from "../engines/engine";
import { isHeldStill, RESTARTED } from "./alarm-sets";
import { Allowance } from "./allowance";
import { DoseRules } from "./dose-rules";
import { fluidOf, nothingOrdered } from "./ordered";
import type { Fluid, Ordered } from "./ordered";
import { PoweredTime } from "./powered-time";
import { RecordTrail } from "./record-trail";
import { judgeStart } from "./restart-rules";
import { afterEntry, HandedOrders } from "./taken-orders";
import type { Entry } from "./taken-orders";

/** Complaints that are kept. */
const MOST_KEPT = 20;

/**
 * Judges a pump over losses of power, from the strokes that were made, what people ordered, and what the pump told them: nothing lost, nothing
 * given twice, nothing too much, and therapy going on. In powered time (see {@link PoweredTime}).
 */
export class PlantChecker implements PortSink {
  /** What was wrong, with plant times. */
  complaints: string[] = [];
  /** Strokes made. */
  made = 0;
  /** Starts of the program. */
  starts = 1;
  /** The pump may go to its safe state: one of its ports fails on purpose. */
  toleratesFaults = false;
  /** What is in force. */
  ordered: Ordered;
  /** Powered time at the last call, in ms. */
  poweredMs = 0;

  private time = new PoweredTime();
  private dose: DoseRules;
  private allowance: Allowance;
  private trail: RecordTrail;
  private orders: HandedOrders;
  /** What the pump has told since it lost its power, until it is known which record it goes on behind. */
  private untold: Entry[] | undefined;
  /** Strokes that the step driver gave up: counted, and perhaps not made. */
  private givenUp = 0;
  /** The start's own record is durable. */
  private isDurable = false;
  private isPlanned = false;
  private atMs = 0;

  constructor(
    private readonly config: PumpConfig,
    reservoirNl: number,
    fluid: Fluid = [],
  ) {
    this.dose = new DoseRules(config);
    this.allowance = new Allowance(config);
    this.orders = new HandedOrders(config);
    this.ordered = nothingOrdered(reservoirNl, fluid);
    this.trail = new RecordTrail({ sequence: 0, ordered: this.ordered });
  }

  /** A person or a sensor is about to give this input. */
  handed(input: EngineInput): void {
    this.orders.handed(input);
  }

  stroke(atMs: number, strokes: number): void {
    this.passTo(atMs);
    const { ordered } = this;
    if (this.untold !== undefined || !this.isDurable)
      this.complain("a stroke before the start's own record is durable");
    const isPriming = ordered.square?.kind === BolusKind.priming || ordered.primedMs === this.poweredMs;
    if (ordered.mode === TherapyMode.stopped && !isPriming) this.complain("a stroke while therapy is stopped");
    if (isHeldStill(ordered.active, ordered.caused)) this.complain("a stroke under an alarm that forbids it");
    for (let i = 0; i < strokes; i++) {
      if (!isPriming) this.wrong(this.dose.give(this.poweredMs, fluidOf(ordered, this.made), ordered));
      this.made++;
      this.wrong(this.allowance.give(1));
    }
  }

  entry(code: number, atMs: number, a: number, b: number, c: number, d: number): void {
    if (code === POWER_CUT) {
      this.powerCut(atMs);
      return;
    }
    if (this.time.isDark) this.begun(atMs);
    if (code === Number(EventKind.controlLate)) this.allowance.slept();
    this.passTo(atMs);
    const entry: Entry = { code, a, b, c, d };
    if (code === Number(JournalCode.fault) && !this.toleratesFaults)
      this.complain(`the pump is in its safe state: fault ${a} (${b}, ${c})`);
    if (code === Number(JournalCode.guardTripped)) this.complain(`the guard has tripped: ${a}`);
    if (code === Number(JournalCode.storeWrite)) this.recordBegun(atMs, a, b);
    else if (this.untold !== undefined) this.untold.push(entry);
    else this.take(entry, atMs);
    if (code === Number(JournalCode.restart)) {
      this.passTo(atMs);
      this.isPlanned = true;
      this.time.cut(atMs);
      this.isDurable = false;
    }
  }

  /** The run ends at `atMs`: what should have come until then has come. */
  close(atMs: number): void {
    if (!this.time.isDark) this.passTo(atMs);
    this.wrong(this.allowance.disturbed());
  }

  /** One of its own that has seen the same; its complaints begin anew. */
  fork(): PlantChecker {
    const copy = Object.assign(new PlantChecker(this.config, 0), this);
    copy.complaints = [];
    copy.time = this.time.fork();
    copy.dose = this.dose.fork();
    copy.allowance = this.allowance.fork();
    copy.trail = this.trail.fork();
    copy.orders = this.orders.fork();
    copy.untold = this.untold?.slice();
    return copy;
  }

  private passTo(atMs: number): void {
    this.atMs = atMs;
    this.poweredMs = this.time.at(atMs);
    this.allowance.passTo(this.poweredMs, this.ordered);
  }

  private powerCut(atMs: number): void {
    this.passTo(atMs);
    this.wrong(this.allowance.disturbed());
    this.time.cut(atMs);
    this.wrong(this.trail.cut(atMs));
    this.isDurable = false;
    this.isPlanned = false;
  }

  private begun(atMs: number): void {
    this.time.goOn(atMs);
    this.starts++;
    this.orders.isRepeated = false;
    this.untold = [];
  }

  /** The pump writes a record: behind a start its number says which one it goes on behind. */
  private recordBegun(atMs: number, sequence: number, counted: number): void {
    const { untold } = this;
    if (untold !== undefined) {
      this.untold = undefined;
      this.goOnBehind(sequence - 1, untold);
      for (const entry of untold) this.take(entry, atMs);
      if (this.starts > 1 && !this.isPlanned && sequence > 1 && (this.ordered.active & RESTARTED) === 0)
        this.complain("an unplanned restart raises no alarm");
      this.isPlanned = false;
    }
    if (counted < this.made) this.complain(`${counted} strokes are counted, and ${this.made} were made`);
    if (counted > 2 * (this.made + this.givenUp) + this.starts)
      this.complain(`${counted} strokes are counted, and only ${this.made} were made in ${this.starts} starts`);
    this.trail.begun(sequence, atMs, this.ordered);
  }

  private goOnBehind(sequence: number, untold: readonly Entry[]): void {
    const { trail, ordered: before } = this;
    const { possible } = trail;
    const known = trail.goOn(sequence);
    this.allowance.passTo(this.poweredMs, before);
    if (!this.isPlanned) this.allowance.restart(this.poweredMs);
    if (known === undefined) {
      this.complain(`the pump goes on behind record ${sequence} instead of ${possible}`);
      return;
    }
    const forgotten = before.strokesAtGrants[known.strokesAtGrants.length];
    if (forgotten !== undefined && forgotten < this.made)
      this.complain(`a bolus is forgotten that ${this.made - forgotten} strokes may belong to`);
    this.ordered = known;
    // A blank pump has nothing to tell of.
    if (sequence === 0) return;
    const started = judgeStart(known, untold, this.isPlanned, this.config, this.poweredMs);
    for (const wrong of started.wrong) this.complain(wrong);
    // What was owed in part survives a restart that the pump has planned.
    if (started.isPlanned && !this.isPlanned) this.allowance.forfeit();
    this.isPlanned = started.isPlanned;
    this.ordered = started.ordered;
    if (this.mustGoOn()) this.allowance.watch();
  }

  private mustGoOn(): boolean {
    const { mode, active, caused } = this.ordered;
    return mode !== TherapyMode.stopped && !isHeldStill(active, caused);
  }

  private take(entry: Entry, atMs: number): void {
    const { code, a } = entry;
    if (code === Number(EventKind.stored)) {
      this.trail.stored(a);
      this.isDurable = true;
      return;
    }
    if (code === Number(EventKind.moved)) this.givenUp += a;
    const before = this.ordered;
    const taken = afterEntry(entry, before, this.orders, this.made, this.poweredMs);
    this.wrong(taken.wrong);
    if (taken.extraNl !== 0) this.allowance.add(taken.extraNl);
    if (taken.disturbs) this.wrong(this.allowance.disturbed());
    if (code === Number(JournalCode.forfeited)) {
      this.allowance.forfeit();
      if (!this.mustGoOn()) this.allowance.slept();
    }
    if (taken.ordered === before) return;
    this.ordered = taken.ordered;
    if (taken.mustLast) this.trail.changed(atMs);
    if (taken.disturbs && taken.mayGoOn && this.mustGoOn()) this.allowance.watch();
  }

  private wrong(what: string | undefined): void {
    if (what !== undefined) this.complain(what);
  }

  private complain(what: string): void {
    if (this.complaints.length < MOST_KEPT) this.complaints.push(`${this.atMs}: ${what}`);
  }
}

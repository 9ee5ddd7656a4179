import type { PumpConfig } from "../../src/config";
import type { BolusAnswer } from "../../src/delivery/judge-bolus";
import { BolusEnd } from "../../src/delivery/demand-bolus";
import { EventKind } from "../../src/events";
import type { Prescription } from "../../src/prescription/prescription";
import { JournalCode } from "../../src/record/journal";
import type { PortSink } from "../engines/engine";
import { BolusRules } from "./bolus-rules";
import type { RunningBolus } from "./bolus-rules";
import { DoseLimit } from "./dose-limit";
import { OrderedVolume } from "./ordered-volume";
import { ReservoirBalance } from "./reservoir-balance";

/** More complaints than this say nothing new. */
const MOST_COMPLAINTS = 20;

/**
 * Judges a run by what passed the pump's ports, with nothing of the core's arithmetic: knows the configuration, the inputs as handed over, what
 * the pump said of its boluses, and when each stroke came. It checks that
 * - delivered <= ordered < delivered + one stroke at every millisecond, so each stroke comes at its one right instant;
 * - no window of the prescribed length holds more than its limit, and a stroke is dropped only where at most one bucket is missing;
 * - boluses keep lockout, count (granted and denied alike), volume, duration and the maximum rate, and end where they must;
 * - the reservoir is never drawn below its empty mark, and nothing moves while stopped, empty or in the safe state.
 */
export class DeliveryChecker implements PortSink {
  /** What was wrong, in order; empty for a correct run. */
  readonly complaints: string[] = [];
  /** Strokes given so far. */
  strokes = 0;
  /** Strokes dropped at the dose limit so far. */
  dropped = 0;

  private readonly ordered: OrderedVolume;
  private readonly limit: DoseLimit;
  private readonly rules = new BolusRules();
  private readonly reservoir: ReservoirBalance;
  private candidate: Prescription | undefined;
  private prescription: Prescription | undefined;
  private bolus: RunningBolus | undefined;
  private basalOn = false;
  private faulted = false;

  constructor(
    private readonly config: PumpConfig,
    reservoirNl: number,
    atMs = 0,
  ) {
    this.ordered = new OrderedVolume(config, atMs);
    this.limit = new DoseLimit(config);
    this.reservoir = new ReservoirBalance(config, reservoirNl);
  }

  stroke(atMs: number, strokes: number): void {
    this.passTo(atMs);
    for (let i = 0; i < strokes; i++) this.oneStroke(atMs);
  }

  entry(code: number, atMs: number, a: number, b: number, c: number, d: number): void {
    if (code === EventKind.controlLate) this.cameLate(atMs, a);
    this.passTo(atMs);
    switch (code) {
      case EventKind.program:
        this.candidate = { ...NOTHING, basalNlPerDay: a, bolusNl: b, bolusMs: c, lockoutMs: d };
        break;
      case JournalCode.programLimits:
        this.candidate = { ...(this.candidate ?? NOTHING), mostPer24h: a, windowMs: b, windowLimitNl: c };
        break;
      case JournalCode.programmed:
        this.takeOver(atMs);
        break;
      case JournalCode.started:
        this.basalOn = true;
        break;
      case EventKind.stop:
        this.basalOn = false;
        break;
      case JournalCode.bolusGranted:
        this.granted(atMs, a, b, c);
        break;
      case JournalCode.bolusDenied:
        this.denied(atMs, b, c);
        break;
      case JournalCode.bolusEnded:
        this.ended(atMs, a, b, c);
        break;
      case JournalCode.strokeDropped:
        this.strokeDropped(atMs);
        break;
      case JournalCode.refilled:
        this.reservoir.fill(a);
        break;
      case JournalCode.fault:
        this.faulted = true;
        this.basalOn = false;
        break;
    }
    this.orderRates(atMs);
  }

  /** The run ends at `atMs`: a stroke that was due by then must have come. */
  close(atMs: number): void {
    this.passTo(atMs);
    this.passTo(atMs + 1);
  }

  private complain(atMs: number, what: string): void {
    if (this.complaints.length < MOST_COMPLAINTS) this.complaints.push(`${atMs} ms: ${what}`);
  }

  private complainOf(atMs: number, wrong: string | undefined): void {
    if (wrong !== undefined) this.complain(atMs, wrong);
  }

  private passTo(atMs: number): void {
    if (!this.ordered.passTo(atMs)) this.complain(atMs, "a stroke that was owed earlier has not come");
  }

  /** What fell due while nobody served it is given up for good. */
  private cameLate(atMs: number, lateMs: number): void {
    this.passTo(atMs - lateMs);
    this.ordered.passTo(atMs);
    this.ordered.forfeit();
  }

  private oneStroke(atMs: number): void {
    if (this.faulted) this.complain(atMs, "a stroke in the safe state");
    if (!this.ordered.takeStroke()) this.complain(atMs, "a stroke that was not owed yet");
    if (!this.reservoir.draw()) this.complain(atMs, "drawn below the empty mark");
    this.strokes++;
    if (this.prescription === undefined) this.complain(atMs, "a stroke without a prescription");
    this.complainOf(atMs, this.limit.wrongStroke(atMs));
    if (this.reservoir.isEmpty()) this.basalOn = false;
    this.orderRates(atMs);
  }

  private strokeDropped(atMs: number): void {
    this.dropped++;
    if (!this.ordered.takeStroke()) this.complain(atMs, "a stroke was dropped that was not owed");
    this.complainOf(atMs, this.limit.wrongDrop(atMs));
  }

  private takeOver(atMs: number): void {
    const next = this.candidate;
    if (next === undefined) {
      this.complain(atMs, "programmed without a prescription");
      return;
    }
    if (this.bolus !== undefined) this.complain(atMs, "a bolus goes on under another prescription");
    this.prescription = next;
    this.limit.takeOver(next, atMs);
  }

  private denied(atMs: number, answer: BolusAnswer, untilMs: number): void {
    const p = this.prescription;
    if (p !== undefined) this.complainOf(atMs, this.rules.wrongDenial(answer, untilMs, p, atMs));
  }

  private granted(atMs: number, id: number, volumeNl: number, durationMs: number): void {
    const p = this.prescription;
    if (p === undefined || !this.basalOn || this.faulted || this.bolus !== undefined || this.reservoir.isLow()) {
      this.complain(atMs, "a bolus was granted while none can run");
      return;
    }
    this.complainOf(atMs, this.rules.wrongGrant(id, p, atMs));
    this.bolus = this.rules.begin(id, p, this.config, atMs);
    if (volumeNl !== p.bolusNl) this.complain(atMs, `a bolus of ${volumeNl} nL, not ${p.bolusNl}`);
    if (durationMs !== this.bolus.durationMs)
      this.complain(atMs, `a bolus over ${durationMs} ms, not ${this.bolus.durationMs}`);
  }

  private ended(atMs: number, id: number, why: number, orderedNl: number): void {
    const bolus = this.bolus;
    if (bolus === undefined || bolus.id !== id) {
      this.complain(atMs, `bolus ${id} ended and did not run`);
      return;
    }
    const elapsedMs = atMs - bolus.startMs;
    let order = BigInt(bolus.rateNlPerDay) * BigInt(elapsedMs);
    if (why === BolusEnd.complete) {
      if (elapsedMs !== bolus.durationMs) this.complain(atMs, `a bolus complete after ${elapsedMs} ms`);
      this.ordered.addRest(bolus.restNlMsPerDay);
      order += bolus.restNlMsPerDay;
    }
    // A controller that came late has not ordered all of it; only it knows how much.
    const right =
      why === BolusEnd.controlLate ? orderedNl <= Number(order / 86400000n) : BigInt(orderedNl) === order / 86400000n;
    if (!right) this.complain(atMs, `a bolus ended with ${orderedNl} nL ordered`);
    this.rules.end(atMs);
    this.bolus = undefined;
  }

  /** Basal and bolus as they are ordered from here on; a bolus that should have ended orders nothing. */
  private orderRates(atMs: number): void {
    const mayMove = this.basalOn && !this.faulted;
    const basal = mayMove ? (this.prescription?.basalNlPerDay ?? 0) : 0;
    const bolusMayRun = mayMove && !this.reservoir.isLow();
    const bolus = bolusMayRun ? (this.bolus?.rateNlPerDay ?? 0) : 0;
    this.ordered.setRate(basal + bolus);
    if (basal + bolus > this.config.maxRateNlPerDay) this.complain(atMs, "ordered above the maximum rate");
  }
}

const NOTHING: Prescription = {
  basalNlPerDay: 0,
  bolusNl: 0,
  bolusMs: 0,
  lockoutMs: 0,
  mostPer24h: 0,
  windowMs: 0,
  windowLimitNl: 0,
};

import type { PumpConfig } from "../../src/config";
import { EventKind } from "../../src/events";
import { JournalCode } from "../../src/record/journal";
import type { PortSink } from "../engines/engine";
import { DoseLimit } from "./dose-limit";
import { DrugLimit } from "./drug-limit";
import { ExpectedOrders } from "./expected-orders";
import { ExpectedPump } from "./expected-pump";
import { ExpectedService } from "./expected-service";
import type { Fluid } from "./fluid-line";
import { HandedInputs } from "./handed-inputs";
import type { Handed } from "./handed-inputs";
import { HardLimit } from "./hard-limit";
import { ToldBoluses } from "./told-boluses";

/** More complaints than this say nothing new. */
const MOST_COMPLAINTS = 20;

/**
 * Judges a run by what passed the pump's ports, with nothing of the core's arithmetic: knows the configuration, prescriptions and other
 * inputs as handed over, what the pump said, and when each stroke came. It checks that
 * - delivered <= ordered < delivered + one stroke at every millisecond, so each stroke comes at its one right instant, or up to 5 ms later while
 *   a record is being written: schedule and clock, boluses on top of basal with the cap, suspended and resumed, scheduled ones, hold, bridge, prime, alarms, ends;
 * - no window of the prescribed length holds more than its limit, none of the pump's own more than its hard limit, no 24 h more of a drug than the library allows, with a sharp front in the
 *   line; and a stroke is dropped only where at most one bucket is missing;
 * - requests get their one right answer wherever it does not hang on volumes; a granted one fits the reservoir;
 * - orders, residual, refill, prime are carried out or refused as they should be;
 * - the reservoir is never drawn below its empty mark, and nothing moves while stopped, inhibited or in the safe state.
 */
export class DeliveryChecker implements PortSink {
  /** What was wrong, in order; empty for a correct run. */
  readonly complaints: string[] = [];
  /** Strokes given so far, those that filled the line included. */
  strokes = 0;
  /** Strokes dropped at a dose limit so far. */
  dropped = 0;
  /** FaultKind that the pump told of; 0: none. */
  fault = 0;

  private readonly pump: ExpectedPump;
  private readonly orders: ExpectedOrders;
  private readonly boluses: ToldBoluses;
  private readonly inputs: HandedInputs;
  private readonly limit: DoseLimit;
  private readonly hardLimit: HardLimit;
  private readonly drugs: DrugLimit[];

  /** `fluid`: concentration of each drug of the library in the reservoir at `atMs`, in ng/µL. */
  constructor(config: PumpConfig, reservoirNl: number, fluid: Fluid = [], atMs = 0) {
    const whole = Array.from({ length: 8 }, (_, place) => fluid[place] ?? 0);
    this.pump = new ExpectedPump(config, reservoirNl, whole, atMs, (what) => this.complain(what));
    const { pump } = this;
    const service = new ExpectedService(pump, reservoirNl);
    this.orders = new ExpectedOrders(pump);
    this.boluses = new ToldBoluses(pump, service, (what) => this.complain(what));
    this.limit = new DoseLimit(config, pump.units);
    this.hardLimit = new HardLimit(config, pump.units);
    this.inputs = new HandedInputs(pump, this.orders, service, this.boluses, this.limit);
    this.drugs = config.library.map((_, place) => new DrugLimit(config, this.pump.units, place));
  }

  /** What comes with the next `stage` or `refill`, and does not pass the ports; in their order. */
  handed(what: Handed): void {
    this.inputs.handed(what);
  }

  stroke(atMs: number, strokes: number): void {
    this.pump.passTo(atMs);
    for (let i = 0; i < strokes; i++) this.oneStroke(atMs);
  }

  entry(code: number, atMs: number, a: number, b: number, c: number, d: number): void {
    if (code === EventKind.controlLate) this.cameLate(atMs, a);
    this.pump.passTo(atMs);
    if (code <= JournalCode.refillDrugs) this.inputs.take(code, a, b, c, d);
    else this.told(code, a, b, c, d);
  }

  /** The run ends at `atMs`: a stroke that was due by then must have come. */
  close(atMs: number): void {
    this.pump.passTo(atMs);
    this.pump.passTo(atMs + 1);
  }

  private complain(what: string | undefined): void {
    if (what !== undefined && this.complaints.length < MOST_COMPLAINTS)
      this.complaints.push(`${this.pump.atMs} ms: ${what}`);
  }

  /** What fell due while nobody served it is given up for good. */
  private cameLate(atMs: number, lateMs: number): void {
    this.pump.endLate(atMs - lateMs, atMs);
  }

  private oneStroke(atMs: number): void {
    const { pump } = this;
    if (this.pump.faulted) this.complain("a stroke in the safe state");
    const mass = pump.stroke();
    this.strokes++;
    if (pump.program === undefined) this.complain("a stroke without a prescription");
    this.complain(this.hardLimit.wrongStroke(atMs));
    if (pump.intoLine) return;
    this.complain(this.limit.wrongStroke(atMs));
    for (const drug of this.drugs) this.complain(drug.wrongStroke(atMs, mass(drug.place)));
  }

  private strokeDropped(windowMs: number, drugPlace: number): void {
    const { pump } = this;
    this.dropped++;
    if (!pump.ordered.takeStroke()) this.complain("a stroke was dropped that was not owed");
    const drug = this.drugs[drugPlace - 1];
    if (drug === undefined) {
      if (!this.hardLimit.allowsDrop(pump.atMs, windowMs)) this.complain(this.limit.wrongDrop(pump.atMs));
    }
    // What comes out next is known only while one fluid fills the line.
    else if (!pump.line.holdsOld) {
      const mass = pump.units.stroke * BigInt(pump.line.reservoir[drug.place] ?? 0);
      this.complain(drug.wrongDrop(pump.atMs, mass));
    }
  }

  private told(code: JournalCode, a: number, b: number, c: number, d: number): void {
    const { pump } = this;
    switch (code) {
      case JournalCode.storeWrite:
        pump.record.writes(pump.atMs);
        break;
      case JournalCode.staged:
        this.complain(this.orders.wrongStaged(a, b, c));
        break;
      case JournalCode.bolusGranted:
        this.boluses.granted(a, b, c, d);
        break;
      case JournalCode.bolusDenied:
        this.boluses.denied(a, b, c);
        break;
      case JournalCode.bolusEnded:
        this.complain(pump.wrongEnd(a, b, c, d));
        break;
      case JournalCode.bolusSuspended:
      case JournalCode.bolusResumed:
        pump.boluses.tellMove(code === JournalCode.bolusSuspended, a, b, c);
        break;
      case JournalCode.bolusSkipped:
        this.boluses.skipped();
        break;
      case JournalCode.strokeDropped:
        this.strokeDropped(a, b);
        break;
      case JournalCode.alarmRaised:
      case JournalCode.alarmCleared:
        pump.alarms.tell(a, code === JournalCode.alarmRaised);
        break;
      case JournalCode.forfeited:
        // What a late controller gives up is told with its lateness, and taken with the input.
        if (b !== 0) break;
        pump.settle();
        this.complain(pump.givenUp.wrong());
        break;
      case JournalCode.basalRate:
        pump.toldBasalNlPerDay = a;
        break;
      case JournalCode.fault:
        this.fault = a;
        pump.fail();
        break;
      case JournalCode.programEnded:
        pump.settle();
        this.complain(pump.untold.wrong(code, a));
        break;
      case JournalCode.orderRefused:
        if (a === EventKind.hold || a === EventKind.deadVolumeEmpty) this.complain(pump.untold.wrong(code, a));
        break;
      case JournalCode.started:
      case JournalCode.startRefused:
      case JournalCode.stopped:
      case JournalCode.held:
      case JournalCode.programmed:
      case JournalCode.confirmRefused:
      case JournalCode.refilled:
      case JournalCode.refillRefused:
      case JournalCode.residualMeasured:
      case JournalCode.primeAsked:
      case JournalCode.primeRefused:
      case JournalCode.deadVolumeEmpty:
        this.complain(pump.untold.wrong(code, a));
        break;
      default:
        break;
    }
  }
}

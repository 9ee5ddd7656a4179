import type { PumpConfig } from "../../src/config";
import { BolusEnd, BolusKind } from "../../src/delivery/bolus-run";
import { TherapyMode } from "../../src/delivery/therapy";
import type { Prescription } from "../../src/prescription/prescription";
import { JournalCode } from "../../src/record/journal";
import { AlarmKind } from "../../src/safety/alarm-kind";
import { BolusRules } from "./bolus-rules";
import { DaySchedule } from "./day-schedule";
import { ExpectedBolus } from "./expected-bolus";
import { ExpectedBoluses } from "./expected-boluses";
import { ExpectedProgram } from "./expected-program";
import { FluidLine } from "./fluid-line";
import type { Fluid } from "./fluid-line";
import { GivenUpStrokes } from "./given-up-strokes";
import { OrderedVolume } from "./ordered-volume";
import { RecordWait } from "./record-wait";
import { ReservoirBalance } from "./reservoir-balance";
import { StoppingAlarms } from "./stopping-alarms";
import { StrokeUnits } from "./stroke-units";
import { Untold } from "./untold";

/**
 * A pump as configuration, prescription and documentation say it should be, moment by moment: which basal, which boluses, what is owed. It
 * is told what happens, and when strokes come; what it finds wrong it complains of.
 */
export class ExpectedPump {
  program: ExpectedProgram | undefined;
  faulted = false;
  /** Strokes fill the line and reach nobody. */
  intoLine = false;
  /** Basal in force, in nL/day. */
  basalNlPerDay = 0;
  /** The basal that the pump told last. */
  toldBasalNlPerDay = 0;
  atMs: number;
  readonly units: StrokeUnits;
  readonly clock = new DaySchedule();
  readonly alarms: StoppingAlarms;
  readonly boluses: ExpectedBoluses;
  readonly rules: BolusRules;
  readonly ordered: OrderedVolume;
  readonly reservoir: ReservoirBalance;
  readonly line: FluidLine;
  readonly untold = new Untold();
  readonly givenUp = new GivenUpStrokes();
  /** Something has been in the line. */
  used = false;
  /** A stroke may wait for it. */
  readonly record = new RecordWait();

  constructor(
    readonly config: PumpConfig,
    reservoirNl: number,
    fluid: Fluid,
    atMs: number,
    private readonly complain: (what: string | undefined) => void,
  ) {
    this.units = new StrokeUnits(config);
    this.alarms = new StoppingAlarms(config);
    this.boluses = new ExpectedBoluses(config.maxRateNlPerDay);
    this.rules = new BolusRules(config, this.units.strokeRoundedUpNl());
    this.ordered = new OrderedVolume(config, atMs);
    this.reservoir = new ReservoirBalance(config, reservoirNl);
    this.line = new FluidLine(this.units, fluid);
    this.atMs = atMs;
  }

  get mode(): TherapyMode {
    return this.program?.mode ?? TherapyMode.stopped;
  }

  /** Lets time pass, and what changes by itself change. */
  passTo(atMs: number): void {
    while (this.atMs < atMs) {
      this.endInstant();
      const nextMs = Math.min(atMs, this.nextChangeMs());
      if (!this.ordered.passTo(nextMs) && !this.record.excuses(nextMs))
        this.complain("a stroke that was owed earlier has not come");
      this.atMs = nextMs;
      this.intoLine = this.boluses.square?.kind === BolusKind.priming;
      const hadDemand = this.boluses.demand !== undefined;
      this.ordered.addRest(this.boluses.complete(this.basalNlPerDay, nextMs));
      if (hadDemand && this.boluses.demand === undefined) this.rules.ended(nextMs);
      this.order();
    }
  }

  /** What changes at this instant after the strokes: the program's end, alarms by date, the basal. */
  settle(): void {
    if (this.faulted) return;
    const program = this.program;
    if (program !== undefined && program.mode !== TherapyMode.stopped && this.atMs >= program.endsAtMs)
      this.endProgram();
    this.endLastShot();
    this.alarms.serve(this.atMs);
    if (this.alarms.stop) {
      const isEmpty = this.alarms.hasCause(AlarmKind.emptyReservoir);
      this.endBoluses(isEmpty ? BolusEnd.reservoirEmpty : BolusEnd.alarm);
      this.endLastShot();
    } else this.program?.skipMissed(this.atMs);
    if (this.isStill()) this.giveUpWaiting();
    this.renewBasal();
  }

  /** A scheduled bolus that was due must have been told by now. */
  dueHasBegun(): void {
    this.settle();
    if (!this.scheduledIsDue()) return;
    this.complain("a scheduled bolus was due and has not begun");
    this.program?.skipMissed(this.atMs + 1);
  }

  /** True when a scheduled bolus has to begin, or give way, at this instant. */
  scheduledIsDue(): boolean {
    return this.runs() && (this.program?.nextBolusMs ?? Infinity) <= this.atMs;
  }

  /** True while therapy runs and nothing keeps the motor still. */
  runs(): boolean {
    return this.mode === TherapyMode.running && !this.alarms.stop && !this.faulted;
  }

  /** From now on therapy is in `mode`. */
  go(mode: TherapyMode): void {
    this.program?.go(mode, this.atMs);
    this.settle();
  }

  /** Ends boluses for good. */
  endBoluses(why: BolusEnd, which?: (kind: BolusKind) => boolean): void {
    const hadDemand = this.boluses.demand !== undefined;
    this.boluses.endAll(why, this.basalNlPerDay, this.atMs, which);
    if (hadDemand && this.boluses.demand === undefined) this.rules.ended(this.atMs);
    this.order();
  }

  /** Another prescription is in force. */
  takeOver(prescription: Prescription): void {
    const mode = this.mode;
    this.endBoluses(BolusEnd.programmed);
    this.program = new ExpectedProgram(prescription, this.program?.lastBolusMs);
    this.reservoir.setLow(prescription.lowNl);
    if (mode === TherapyMode.held && prescription.minimumNlPerDay === 0) this.untold.expect(JournalCode.stopped);
    else if (mode !== TherapyMode.stopped) this.program.go(mode, this.atMs);
    this.settle();
  }

  /** A bolus begins; returns how long it should take, in ms. */
  begin(kind: BolusKind, id: number, volumeNl: number, overMs: number): number {
    const bolus = new ExpectedBolus(kind, id, volumeNl, overMs, this.atMs);
    bolus.setRoom(BigInt(this.config.maxRateNlPerDay - this.basalNlPerDay), this.atMs);
    const lastsMs = (bolus.endMs ?? Infinity) - this.atMs;
    this.boluses.begin(bolus, this.basalNlPerDay, this.atMs);
    if (kind === BolusKind.demand) this.rules.granted(this.atMs);
    this.order();
    return lastsMs;
  }

  /** One stroke was given. Returns the mass of a drug that it carries, by the drug's place. */
  stroke(): (place: number) => bigint {
    if (!this.ordered.takeStroke()) this.complain("a stroke that was not owed yet");
    if (!this.reservoir.draw()) this.complain("drawn below the empty mark");
    this.used = true;
    const mass = this.line.push();
    if (this.reservoir.isEmpty()) this.alarms.set(AlarmKind.emptyReservoir, true, this.atMs);
    else if (this.reservoir.isLow())
      this.endBoluses(BolusEnd.reservoirLow, (kind) => kind === BolusKind.demand || kind === BolusKind.clinician);
    return mass;
  }

  /** The pump is in its safe state. */
  fail(): void {
    this.faulted = true;
    this.endBoluses(BolusEnd.fault);
    // Time may not have passed for the pump as it has here: it may have one to tell, or none.
    this.givenUp.add(0, this.ordered.giveUpWhole().atMost);
    this.basalNlPerDay = 0;
    this.alarms.set(AlarmKind.pumpFault, true, this.atMs);
    this.order();
  }

  /** Nobody came from `missedMs` to `atMs`: what fell due is given up for good, and the boluses end. */
  endLate(missedMs: number, atMs: number): void {
    this.record.unheardUntil(missedMs);
    this.passTo(missedMs);
    this.ordered.passTo(atMs);
    this.ordered.forfeit();
    this.boluses.passOver();
    this.atMs = atMs;
    this.endBoluses(BolusEnd.controlLate);
    this.program?.skipMissed(atMs);
    this.settle();
  }

  /** The pump tells the end of a bolus: what is wrong with that, or `undefined`. */
  wrongEnd(id: number, why: BolusEnd, orderedNl: number, kind: BolusKind): string | undefined {
    // A stroke that was given up ends the boluses too, and only the step driver knows of it.
    const isGivenUp = why === BolusEnd.controlLate && this.boluses.runs(id, kind);
    if (isGivenUp) this.endBoluses(why);
    else if (why !== BolusEnd.complete && why !== BolusEnd.reservoirLow) this.settle();
    if (why === BolusEnd.controlLate && kind === BolusKind.demand) this.rules.ended(this.atMs);
    return this.boluses.wrongEnd(id, why, orderedNl, kind);
  }

  /** Time goes on: all that had to be told has been. */
  endInstant(): void {
    this.dueHasBegun();
    this.complain(this.boluses.leftUntold());
    this.complain(this.untold.left());
    this.complain(this.givenUp.left());
    this.complain(this.alarms.wronglyTold());
    if (this.toldBasalNlPerDay === this.basalNlPerDay || this.faulted) return;
    this.complain(`a basal of ${this.toldBasalNlPerDay} nL/day was told, not ${this.basalNlPerDay}`);
    this.toldBasalNlPerDay = this.basalNlPerDay;
  }

  /** The basal makes up for old fluid in the line. */
  isBridging(): boolean {
    const p = this.program?.prescription;
    return p?.bridge === 1 && this.runs() && this.line.holdsOld && (this.line.bridged[p.primaryDrug] ?? 0) !== 0;
  }

  /** True while nothing is ordered: stopped without a prime, or an alarm keeps the motor still. */
  private isStill(): boolean {
    return this.alarms.stop || (this.mode === TherapyMode.stopped && this.boluses.square === undefined);
  }

  /** Nothing moves from now on: a stroke that waits for its record never comes, and the pump says so. No other can be owed. */
  private giveUpWaiting(): void {
    const { surely, atMost } = this.ordered.giveUpWhole();
    if (surely > 0 && !this.record.excuses(this.atMs))
      this.complain("a stroke that was due has not come before all stopped");
    this.givenUp.add(surely, atMost);
  }

  private endProgram(): void {
    this.endBoluses(BolusEnd.programEnded);
    this.program?.end();
    this.untold.expect(JournalCode.programEnded);
  }

  private endLastShot(): void {
    if (this.program?.lastShotBegun === true && this.boluses.square === undefined) this.endProgram();
  }

  private nextChangeMs(): number {
    const program = this.program;
    const coming: number[] = [this.boluses.nextEndMs(), this.alarms.nextMs()];
    if (program !== undefined && program.mode !== TherapyMode.stopped) coming.push(program.endsAtMs);
    if (program !== undefined && this.runs())
      coming.push(program.nextBolusMs, this.clock.nextStepMs(program.prescription, this.atMs));
    return Math.min(...coming.filter((ms) => ms > this.atMs));
  }

  private renewBasal(): void {
    const basal = this.rightBasal();
    if (basal !== this.basalNlPerDay) {
      this.basalNlPerDay = basal;
      this.boluses.setBasal(basal, this.atMs);
    }
    this.order();
  }

  private rightBasal(): number {
    const p = this.program?.prescription;
    if (p === undefined || this.alarms.stop || this.faulted) return 0;
    if (this.mode === TherapyMode.held) return p.minimumNlPerDay;
    if (!this.runs()) return 0;
    const rate = this.clock.rateNlPerDay(p, this.atMs);
    if (!this.isBridging()) return rate;
    // The dose that is ordered, over the concentration that comes out.
    const dose = BigInt(rate) * BigInt(p.concentrationNgPerUl[p.primaryDrug] ?? 0);
    return Math.min(this.config.maxRateNlPerDay, Number(dose / BigInt(this.line.bridged[p.primaryDrug] ?? 1)));
  }

  private order(): void {
    const rate = this.faulted ? 0n : BigInt(this.basalNlPerDay) + this.boluses.rateNlPerDay();
    if (rate > BigInt(this.config.maxRateNlPerDay)) this.complain("ordered above the maximum rate");
    this.ordered.setRate(rate);
  }
}

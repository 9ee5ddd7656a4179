import { AlarmKind } from "../../src/safety/alarm-kind";
import { BolusEnd, BolusKind } from "../../src/delivery/bolus-run";
import { TherapyMode } from "../../src/delivery/therapy";
import { Confirm, EventKind } from "../../src/events";
import { LARGE_CHANGE } from "../../src/prescription/prescription";
import type { Prescription } from "../../src/prescription/prescription";
import { JournalCode, StartRefusal } from "../../src/record/journal";
import type { ExpectedPump } from "./expected-pump";

/** A prescription that the pump has staged, with what it told of it. */
interface Staged {
  readonly prescription: Prescription;
  readonly digest: number;
  readonly softLimits: number;
  readonly largeChanges: number;
}

/** What the clinic orders, and whether the pump has to obey. */
export class ExpectedOrders {
  private draft: Prescription | undefined;
  private staged: Staged | undefined;

  constructor(private readonly pump: ExpectedPump) {}

  /** A prescription is handed over. */
  stage(draft: Prescription | undefined): void {
    this.draft = draft;
    this.staged = undefined;
  }

  /** The pump tells that it is staged: what is wrong with that, or `undefined`. */
  wrongStaged(digest: number, softLimits: number, largeChanges: number): string | undefined {
    if (this.draft === undefined) return "a prescription was staged that nobody handed over";
    this.staged = { prescription: this.draft, digest, softLimits, largeChanges };
    const right = changesBetween(this.pump.program?.prescription, this.draft);
    return right === largeChanges ? undefined : `${largeChanges} amounts change much, not ${right}`;
  }

  /** A prescription is confirmed. Returns it when it has to come into force. */
  confirm(digest: number, bits: number): Prescription | undefined {
    const { pump, staged } = this;
    const has = (bit: Confirm): boolean => (bits & bit) !== 0;
    const isRight =
      staged?.digest === digest &&
      (staged.softLimits === 0 || has(Confirm.softLimits)) &&
      (staged.largeChanges === 0 || has(Confirm.largeChanges)) &&
      (pump.mode === TherapyMode.stopped || this.fluidRefusal(staged.prescription) === 0);
    if (!isRight) {
      pump.untold.expect(JournalCode.confirmRefused);
      return undefined;
    }
    pump.untold.expect(JournalCode.programmed, digest);
    this.staged = undefined;
    pump.takeOver(staged.prescription);
    return staged.prescription;
  }

  /** Therapy shall begin, or go on after a hold. */
  start(): void {
    const { pump } = this;
    const refusal = this.startRefusal();
    if (refusal !== 0) {
      pump.untold.expect(JournalCode.startRefused, refusal);
      return;
    }
    pump.untold.expect(JournalCode.started);
    pump.go(TherapyMode.running);
  }

  /** Therapy, or a prime, shall end. */
  stop(): void {
    const { pump } = this;
    if (pump.mode === TherapyMode.stopped && pump.boluses.square === undefined) return;
    pump.untold.expect(JournalCode.stopped);
    pump.endBoluses(BolusEnd.stopped);
    pump.go(TherapyMode.stopped);
  }

  /** Therapy shall be held at the minimum rate. */
  hold(): void {
    const { pump } = this;
    if (pump.mode !== TherapyMode.running || pump.program?.prescription.minimumNlPerDay === 0) {
      pump.untold.expect(JournalCode.orderRefused, EventKind.hold);
      return;
    }
    pump.untold.expect(JournalCode.held);
    pump.endBoluses(BolusEnd.held);
    pump.go(TherapyMode.held);
  }

  private startRefusal(): number {
    const { pump } = this;
    const { program } = pump;
    if (pump.faulted) return StartRefusal.faultLatched;
    if (program === undefined) return StartRefusal.noPrescription;
    if (program.mode === TherapyMode.running) return StartRefusal.alreadyRunning;
    if (pump.reservoir.isEmpty()) return StartRefusal.reservoirEmpty;
    if (pump.alarms.stop || pump.alarms.isTold(AlarmKind.residualDiscrepancy)) return StartRefusal.alarmActive;
    const fluid = this.fluidRefusal(program.prescription);
    if (fluid !== 0) return fluid;
    if (program.hasEnded) return StartRefusal.programEnded;
    return pump.boluses.square?.kind === BolusKind.priming ? StartRefusal.priming : 0;
  }

  /** Why the fluid in reservoir and line cannot be given by `p`; 0: it can. */
  private fluidRefusal(p: Prescription): number {
    if (!this.isInReservoir(p)) return StartRefusal.otherDrugs;
    const { line, config } = this.pump;
    if (!line.holdsOld) return 0;
    const inLine = (place: number): bigint => BigInt(line.bridged[place] ?? 0);
    let rate = BigInt(Math.max(...p.stepNlPerDay.slice(0, p.steps)));
    if (p.bridge !== 0) {
      if (inLine(p.primaryDrug) === 0n) return StartRefusal.oldFluid;
      rate = (rate * BigInt(p.concentrationNgPerUl[p.primaryDrug] ?? 0)) / inLine(p.primaryDrug);
    }
    const bolusNl = BigInt(Math.max(p.bolusNl, p.scheduledNl));
    const isTooStrong = config.library.some(
      ({ hardHourNg, hardBolusNg }, place) =>
        rate * inLine(place) > BigInt(hardHourNg) * 24000n || bolusNl * inLine(place) > BigInt(hardBolusNg) * 1000n,
    );
    return isTooStrong ? StartRefusal.oldFluid : 0;
  }

  private isInReservoir(p: Prescription): boolean {
    return p.concentrationNgPerUl.every((ngPerUl, place) => ngPerUl === (this.pump.line.reservoir[place] ?? 0));
  }
}

// All numbers but the kind of program, the primary drug and the number of steps.
function amountsOf(p: Prescription): number[] {
  const lists = [...p.concentrationNgPerUl, ...p.stepStartMs, ...p.stepNlPerDay];
  const scheduled = [p.scheduledNl, p.scheduledMs, p.scheduledEveryMs, p.scheduledCount, p.endsAfterMs];
  const demand = [p.bolusNl, p.bolusMs, p.lockoutMs, p.mostPer24h, p.hoursFromMs, p.hoursToMs];
  const others = [p.minimumNlPerDay, p.windowMs, p.windowLimitNl, p.catheterNl, p.lowNl, p.refillDays, p.bridge];
  return [...lists, ...scheduled, ...demand, ...others];
}

function changesBetween(before: Prescription | undefined, after: Prescription): number {
  const old = before === undefined ? [] : amountsOf(before);
  return amountsOf(after).filter((amount, place) => {
    const was = old[place] ?? 0;
    return amount > LARGE_CHANGE * was || was > LARGE_CHANGE * amount;
  }).length;
}

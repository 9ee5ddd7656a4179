import { BolusKind } from "../../src/delivery/bolus-run";
import { BolusAnswer } from "../../src/delivery/judge-bolus";
import { TherapyMode } from "../../src/delivery/therapy";
import { JournalCode } from "../../src/record/journal";
import type { Request, RightAnswer } from "./bolus-rules";
import type { ExpectedPump } from "./expected-pump";
import type { ExpectedService } from "./expected-service";

/** Holds what the pump tells of boluses that begin, or may not, against what should be. */
export class ToldBoluses {
  /** What was asked for last and has not been answered. */
  request: Request | undefined;

  constructor(
    private readonly pump: ExpectedPump,
    private readonly service: ExpectedService,
    private readonly complain: (what: string | undefined) => void,
  ) {}

  /** A bolus began. */
  granted(id: number, volumeNl: number, durationMs: number, kind: BolusKind): void {
    const { pump } = this;
    if (kind === BolusKind.priming) {
      this.complain(pump.untold.wrong(JournalCode.bolusGranted, id));
      const rightMs = pump.begin(kind, id, volumeNl, this.service.primeMs(volumeNl));
      if (durationMs !== rightMs) this.complain(`a prime over ${durationMs} ms, not ${rightMs}`);
    } else if (kind === BolusKind.scheduled) this.scheduledBegan(volumeNl, durationMs);
    else this.requestGranted(id, volumeNl, durationMs, kind);
  }

  private scheduledBegan(volumeNl: number, durationMs: number): void {
    const { pump } = this;
    pump.settle();
    const p = pump.program?.prescription;
    if (p === undefined || !pump.scheduledIsDue() || pump.boluses.square !== undefined) {
      this.complain("a scheduled bolus began that was not due");
      return;
    }
    const rightMs = pump.begin(BolusKind.scheduled, 0, p.scheduledNl, p.scheduledMs);
    if (volumeNl !== p.scheduledNl || durationMs !== rightMs)
      this.complain(`a scheduled bolus of ${volumeNl} nL over ${durationMs} ms, not ${p.scheduledNl} over ${rightMs}`);
    pump.program?.passBolus(true);
  }

  /** A scheduled bolus gave way to the one that is under way. */
  skipped(): void {
    const { pump } = this;
    pump.settle();
    if (!pump.scheduledIsDue() || pump.boluses.square === undefined) this.complain("a scheduled bolus was left out");
    pump.program?.passBolus(false);
  }

  private requestGranted(id: number, volumeNl: number, durationMs: number, kind: BolusKind): void {
    const { pump, request } = this;
    this.request = undefined;
    if (request?.id !== id || request.kind !== kind || request.volumeNl !== volumeNl) {
      this.complain(`a bolus of ${volumeNl} nL that nobody asked for`);
      return;
    }
    const right = this.rightAnswer(request);
    if (right !== undefined) this.complain(`request ${id} granted, not denied as ${BolusAnswer[right.answer]}`);
    if (volumeNl >= pump.reservoir.usableNl()) this.complain("a bolus that takes the reservoir below its low mark");
    pump.rules.judged(id);
    const rightMs = pump.begin(kind, id, volumeNl, request.overMs);
    if (durationMs !== rightMs) this.complain(`a bolus over ${durationMs} ms, not ${rightMs}`);
  }

  /** A request was denied. */
  denied(id: number, answer: BolusAnswer, number: number): void {
    const { pump, request } = this;
    this.request = undefined;
    if (request?.id !== id) {
      this.complain(`request ${id} was denied and not asked`);
      return;
    }
    const right = this.rightAnswer(request);
    pump.rules.judged(id);
    const told = `request ${id} denied as ${BolusAnswer[answer]} (${number})`;
    if (right !== undefined) {
      if (answer !== right.answer || number !== right.number)
        this.complain(`${told}, not as ${BolusAnswer[right.answer]} (${right.number})`);
    } else if (answer !== BolusAnswer.wouldExceedWindow && answer !== BolusAnswer.reservoirLow)
      this.complain(`${told}, and only volumes could forbid it`);
  }

  /** The one right answer to a request, as far as it can be known without the volumes. */
  private rightAnswer(request: Request): RightAnswer {
    const { pump } = this;
    const { demand, square } = pump.boluses;
    const under = request.kind === BolusKind.demand ? demand : (demand ?? square);
    const standing = {
      running: pump.mode === TherapyMode.running,
      faulted: pump.faulted,
      forbidden: pump.alarms.forbid,
      busyWith: pump.isBridging() ? BolusKind.bridge : (under?.kind ?? BolusKind.none),
      strongest: (place: number) => pump.line.strongest(place),
    };
    return pump.rules.rightAnswer(request, pump.program?.prescription, pump.clock, standing, pump.atMs);
  }
}

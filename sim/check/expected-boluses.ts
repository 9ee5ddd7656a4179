import { BolusEnd, BolusKind } from "../../src/delivery/bolus-run";
import type { ExpectedBolus } from "./expected-bolus";

/** The end of a bolus that the pump has to tell at this very instant. */
interface UntoldEnd {
  readonly bolus: ExpectedBolus;
  readonly why: BolusEnd;
}

/** The two boluses that can be under way: the patient's, and a square one, which stands still meanwhile. */
export class ExpectedBoluses {
  demand: ExpectedBolus | undefined;
  square: ExpectedBolus | undefined;
  private untold: UntoldEnd[] = [];
  private untoldMoves: string[] = [];
  /** A suspension is told before the bolus that causes it. */
  private toldAhead: string[] = [];

  constructor(private readonly maxRateNlPerDay: number) {}

  /** True while bolus `id` of this kind is under way. */
  runs(id: number, kind: BolusKind): boolean {
    return [this.demand, this.square].some((bolus) => bolus?.id === id && bolus.kind === kind);
  }

  /** What both order now, in nL/day. */
  rateNlPerDay(): bigint {
    return (this.demand?.rateNlPerDay ?? 0n) + (this.square?.rateNlPerDay ?? 0n);
  }

  /** Next end, in ms; Infinity: none. */
  nextEndMs(): number {
    return Math.min(this.demand?.endMs ?? Infinity, this.square?.endMs ?? Infinity);
  }

  /** Basal is `basalNlPerDay` from `atMs` on, or what is under way has changed. */
  setBasal(basalNlPerDay: number, atMs: number): void {
    const room = BigInt(this.maxRateNlPerDay - basalNlPerDay);
    this.demand?.setRoom(room, atMs);
    this.square?.setRoom(room, atMs);
  }

  /** A bolus begins. It may not displace another of its place. */
  begin(bolus: ExpectedBolus, basalNlPerDay: number, atMs: number): void {
    bolus.setRoom(BigInt(this.maxRateNlPerDay - basalNlPerDay), atMs);
    if (bolus.kind === BolusKind.demand) {
      this.demand = bolus;
      if (this.square !== undefined) this.suspend(this.square, atMs);
    } else {
      this.square = bolus;
      if (this.demand !== undefined) this.suspend(bolus, atMs);
    }
    this.setBasal(basalNlPerDay, atMs);
  }

  /** Ends what comes to its end at `atMs`; returns the rest that is ordered with it, in nL/day times ms. */
  complete(basalNlPerDay: number, atMs: number): bigint {
    if (this.nextEndMs() > atMs) return 0n;
    let rest = 0n;
    for (const bolus of [this.square, this.demand]) {
      if (bolus?.endMs === undefined || bolus.endMs > atMs) continue;
      bolus.passTo(atMs);
      rest += bolus.left;
      bolus.left = 0n;
      this.remove(bolus, BolusEnd.complete, atMs);
    }
    this.setBasal(basalNlPerDay, atMs);
    return rest;
  }

  /** Ends every bolus for good; `which` may leave some out. */
  endAll(why: BolusEnd, basalNlPerDay: number, atMs: number, which: (kind: BolusKind) => boolean = () => true): void {
    for (const bolus of [this.demand, this.square]) {
      if (bolus === undefined || !which(bolus.kind)) continue;
      bolus.passTo(atMs);
      this.remove(bolus, why, atMs);
    }
    this.setBasal(basalNlPerDay, atMs);
  }

  /** The pump tells an end: what is wrong with it, or `undefined`. */
  wrongEnd(id: number, why: BolusEnd, orderedNl: number, kind: BolusKind): string | undefined {
    const place = this.untold.findIndex(({ bolus }) => bolus.id === id && bolus.kind === kind);
    const [end] = place < 0 ? [] : this.untold.splice(place, 1);
    if (end === undefined) return `bolus ${id} (${BolusKind[kind]}) ended (${BolusEnd[why]}) and should go on`;
    const right = end.bolus.orderedNl();
    // A controller that came late has not ordered all of it; only it knows how much.
    if (why === BolusEnd.controlLate)
      return orderedNl <= right ? undefined : `${orderedNl} nL were ordered, not ${right}`;
    if (why !== end.why) return `bolus ${id} ended as ${BolusEnd[why]}, not ${BolusEnd[end.why]}`;
    return orderedNl === right ? undefined : `bolus ${id} ended with ${orderedNl} nL ordered, not ${right}`;
  }

  /** The pump tells that a bolus was suspended or goes on. */
  tellMove(isSuspension: boolean, id: number, leftNl: number, kind: BolusKind): void {
    settleUp(moveOf(isSuspension, id, leftNl, kind), this.untoldMoves, this.toldAhead);
  }

  /** Nobody was there to serve this instant: nothing was suspended or went on at it. */
  passOver(): void {
    this.untoldMoves = [];
  }

  /** Time goes on: what the pump has not told, or told wrongly, or `undefined`. */
  leftUntold(): string | undefined {
    const [end] = this.untold;
    const [move] = this.untoldMoves;
    const [wrong] = this.toldAhead;
    this.untold = [];
    this.untoldMoves = [];
    this.toldAhead = [];
    if (end !== undefined) return `the end (${BolusEnd[end.why]}) of bolus ${end.bolus.id} was not told`;
    if (wrong !== undefined) return `wrongly told: ${wrong}`;
    return move === undefined ? undefined : `not told: ${move}`;
  }

  private remove(bolus: ExpectedBolus, why: BolusEnd, atMs: number): void {
    this.untold.push({ bolus, why });
    if (this.square === bolus) this.square = undefined;
    if (this.demand !== bolus) return;
    this.demand = undefined;
    // What ends all takes the suspended one next; otherwise it goes on.
    const goesOn =
      why === BolusEnd.complete || (why === BolusEnd.reservoirLow && this.square?.kind !== BolusKind.clinician);
    if (this.square?.suspended === true && goesOn) {
      this.square.suspend(false, atMs);
      this.moved(false, this.square);
    }
  }

  private suspend(bolus: ExpectedBolus, atMs: number): void {
    bolus.suspend(true, atMs);
    this.moved(true, bolus);
  }

  private moved(isSuspension: boolean, bolus: ExpectedBolus): void {
    settleUp(moveOf(isSuspension, bolus.id, bolus.leftNl(), bolus.kind), this.toldAhead, this.untoldMoves);
  }
}

/** Strikes `move` off one list, or notes it on the other. */
function settleUp(move: string, open: string[], other: string[]): void {
  const place = open.indexOf(move);
  if (place < 0) other.push(move);
  else open.splice(place, 1);
}

function moveOf(isSuspension: boolean, id: number, leftNl: number, kind: BolusKind): string {
  return `bolus ${id} (${BolusKind[kind]}) ${isSuspension ? "suspended" : "goes on"} with ${leftNl} nL left`;
}

import { BolusAnswer } from "../../src/delivery/judge-bolus";
import type { PumpConfig } from "../../src/config";
import type { Prescription } from "../../src/prescription/prescription";

const MS_PER_DAY = 86400000;

/** Time that a bolus must take: as prescribed, or longer where the maximum rate caps it; in ms. */
function bolusDurationMs(prescription: Prescription, config: PumpConfig): number {
  const left = BigInt(config.maxRateNlPerDay - prescription.basalNlPerDay);
  const volumeDay = BigInt(prescription.bolusNl) * BigInt(MS_PER_DAY);
  return Math.max(prescription.bolusMs, Number((volumeDay + left - 1n) / left));
}

/** A bolus that runs, as the checker knows it. */
export interface RunningBolus {
  readonly id: number;
  readonly startMs: number;
  readonly durationMs: number;
  readonly rateNlPerDay: number;
  /** Ordered at the end on top of the whole rate, in nL/day times ms. */
  readonly restNlMsPerDay: bigint;
}

/** The lockout and the count over 24 h, from a plain list of all boluses. */
export class BolusRules {
  private readonly grantedAtMs: number[] = [];
  private readonly grantedIds = new Set<number>();
  private lastEndMs: number | undefined;

  /** A bolus was granted: what is wrong with that, or `undefined`. */
  wrongGrant(id: number, p: Prescription, atMs: number): string | undefined {
    if (this.grantedIds.has(id)) return `request ${id} was granted twice`;
    if (this.lastEndMs !== undefined && atMs < this.lastEndMs + p.lockoutMs)
      return `granted ${this.lastEndMs + p.lockoutMs - atMs} ms before the lockout ends`;
    const recent = this.grantedAtMs.filter((at) => at > atMs - MS_PER_DAY).length;
    if (recent >= p.mostPer24h) return `granted although ${recent} of ${p.mostPer24h} lie in the last 24 h`;
    return undefined;
  }

  /** A bolus was denied for its lockout or count, until `untilMs`: what is wrong with that, or `undefined`. */
  wrongDenial(answer: BolusAnswer, untilMs: number, p: Prescription, atMs: number): string | undefined {
    let right: number | undefined;
    if (answer === BolusAnswer.lockedOut && this.lastEndMs !== undefined) right = this.lastEndMs + p.lockoutMs;
    const mostth = this.grantedAtMs.at(-p.mostPer24h);
    if (answer === BolusAnswer.maxPerDay && mostth !== undefined) right = mostth + MS_PER_DAY;
    if (answer !== BolusAnswer.lockedOut && answer !== BolusAnswer.maxPerDay) return undefined;
    if (right !== undefined && right === untilMs && atMs < right) return undefined;
    return `denied until ${untilMs} ms, while it should be ${right ?? "granted"}`;
  }

  /** Remembers a grant and works out what it orders. */
  begin(id: number, p: Prescription, config: PumpConfig, atMs: number): RunningBolus {
    this.grantedIds.add(id);
    this.grantedAtMs.push(atMs);
    const durationMs = bolusDurationMs(p, config);
    const volumeDay = BigInt(p.bolusNl) * BigInt(MS_PER_DAY);
    const rate = volumeDay / BigInt(durationMs);
    const restNlMsPerDay = volumeDay - rate * BigInt(durationMs);
    return { id, startMs: atMs, durationMs, rateNlPerDay: Number(rate), restNlMsPerDay };
  }

  /** The running bolus ended. */
  end(atMs: number): void {
    this.lastEndMs = atMs;
  }
}

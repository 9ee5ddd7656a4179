import type { PumpConfig } from "../../src/config";
import { PrimeRefusal, RefillRefusal } from "../../src/record/journal";
import type { Fluid } from "./fluid-line";

const PRIME_CONFIRM_MS = 600000;
const MOST_DRUGS = 4;

/** Where the pump stands when it is serviced. */
export interface ServiceStanding {
  /** Stopped, and no priming bolus under way. */
  readonly isStill: boolean;
  /** Dead volume of tubing and catheter, in nL; 0: not known. */
  readonly deadNl: number;
  /** A measured residual that differed too much has not been acknowledged. */
  readonly isOff: boolean;
  /** Something has been in the line before. */
  readonly isUsed: boolean;
  readonly fluid: Fluid;
  /** An alarm keeps the motor still. */
  readonly inhibited: boolean;
  /** What the reservoir holds above its low mark, in nL, rounded down. */
  readonly usableNl: number;
  readonly strokeNl: number;
}

/** Residual, refill and prime: what is taken and what is refused, and why. */
export class ServiceRules {
  private isMeasured: boolean;
  /** Dead volume without drug, in nL; Infinity: all of it. */
  private emptyNl = Infinity;
  private asked: { volumeNl: number; atMs: number } | undefined;

  constructor(
    private readonly config: PumpConfig,
    reservoirNl: number,
  ) {
    this.isMeasured = reservoirNl === 0;
  }

  /** Therapy runs: what was prepared for service is past. */
  therapyRuns(): void {
    this.isMeasured = false;
    this.emptyNl = 0;
    this.asked = undefined;
  }

  /** A residual is entered: why it is refused, 0: it is taken. */
  measure(volumeNl: number, now: ServiceStanding): number {
    const refusal = this.volumeRefusal(volumeNl, now);
    if (refusal === 0) this.isMeasured = true;
    return refusal;
  }

  /** The reservoir is filled: why that is refused, 0: it is taken. */
  fill(volumeNl: number, fluid: Fluid, now: ServiceStanding): number {
    let refusal = this.volumeRefusal(volumeNl, now);
    const isOther = fluid.some((ngPerUl, place) => ngPerUl !== now.fluid[place]);
    if (refusal === 0 && !this.isMeasured) refusal = RefillRefusal.notMeasured;
    if (refusal === 0 && now.isOff) refusal = RefillRefusal.discrepancy;
    if (refusal === 0 && !this.isInLibrary(fluid)) refusal = RefillRefusal.drugs;
    if (refusal === 0 && isOther && now.isUsed && now.deadNl === 0) refusal = RefillRefusal.deadVolumeUnknown;
    if (refusal === 0) this.isMeasured = false;
    return refusal;
  }

  /** A priming bolus is asked for: why it is refused, 0: it waits for its confirmation. */
  askPrime(volumeNl: number, now: ServiceStanding, atMs: number): number {
    const refusal = this.primeRefusal(volumeNl, now);
    if (refusal === 0) this.asked = { volumeNl, atMs };
    return refusal;
  }

  /** A priming bolus is confirmed: why it is refused, 0: it begins. */
  confirmPrime(volumeNl: number, now: ServiceStanding, atMs: number): number {
    const refusal = this.primeRefusal(volumeNl, now);
    if (refusal !== 0) return refusal;
    const asked = this.asked;
    if (asked?.volumeNl !== volumeNl || atMs - asked.atMs > PRIME_CONFIRM_MS) return PrimeRefusal.notConfirmed;
    this.asked = undefined;
    this.emptyNl = Math.min(this.emptyNl, now.deadNl) - volumeNl;
    return 0;
  }

  /** Tubing or catheter was changed. True: it is taken. */
  partChanged(volumeNl: number, now: ServiceStanding): boolean {
    if (!now.isStill || volumeNl < 1 || volumeNl > now.deadNl) return false;
    this.emptyNl = volumeNl;
    return true;
  }

  private volumeRefusal(volumeNl: number, now: ServiceStanding): number {
    if (!now.isStill) return RefillRefusal.notStopped;
    return volumeNl >= 0 && volumeNl <= this.config.capacityNl ? 0 : RefillRefusal.volume;
  }

  private primeRefusal(volumeNl: number, now: ServiceStanding): number {
    if (!now.isStill) return PrimeRefusal.notStopped;
    if (now.deadNl === 0) return PrimeRefusal.deadVolumeUnknown;
    const mostNl = this.emptyNl === Infinity ? now.deadNl : this.emptyNl;
    if (volumeNl < now.strokeNl || volumeNl > mostNl) return PrimeRefusal.aboveDeadVolume;
    return volumeNl >= now.usableNl || now.inhibited ? PrimeRefusal.alarmActive : 0;
  }

  private isInLibrary(fluid: Fluid): boolean {
    const places = fluid.flatMap((ngPerUl, place) => (ngPerUl === 0 ? [] : [place]));
    const allowed = places.every((place) => {
      const drug = this.config.library[place];
      const ngPerUl = fluid[place] ?? 0;
      return drug !== undefined && ngPerUl >= drug.minNgPerUl && ngPerUl <= drug.maxNgPerUl;
    });
    return allowed && places.length >= 1 && places.length <= MOST_DRUGS;
  }
}

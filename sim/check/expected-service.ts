import { TherapyMode } from "../../src/delivery/therapy";
import { EventKind } from "../../src/events";
import { JournalCode } from "../../src/record/journal";
import { AlarmKind } from "../../src/safety/alarm-kind";
import type { ExpectedPump } from "./expected-pump";
import type { Fluid } from "./fluid-line";
import { ServiceRules } from "./service-rules";
import type { ServiceStanding } from "./service-rules";

const MS_PER_DAY = 86400000n;

/** What is done at a stopped pump, and what the pump has to make of it. */
export class ExpectedService {
  private readonly rules: ServiceRules;

  constructor(
    private readonly pump: ExpectedPump,
    reservoirNl: number,
  ) {
    this.rules = new ServiceRules(pump.config, reservoirNl);
  }

  /** Therapy runs. */
  therapyRuns(): void {
    this.rules.therapyRuns();
  }

  /** The reservoir is filled. */
  fill(contentNl: number, fluid: Fluid): void {
    const { pump } = this;
    const refusal = this.rules.fill(contentNl, fluid, this.standing());
    if (refusal !== 0) {
      pump.untold.expect(JournalCode.refillRefused, refusal);
      return;
    }
    pump.untold.expect(JournalCode.refilled, contentNl);
    this.filled(contentNl, fluid);
  }

  /** One of the other inputs; those that are none of service are left alone. */
  input(kind: EventKind, count: number): void {
    const { pump, rules } = this;
    const now = this.standing();
    switch (kind) {
      case EventKind.measureResidual: {
        const refusal = rules.measure(count, now);
        if (refusal !== 0) pump.untold.expect(JournalCode.refillRefused, refusal);
        else {
          pump.untold.expect(JournalCode.residualMeasured, pump.reservoir.contentNl());
          pump.reservoir.fill(count);
          if (!pump.reservoir.isEmpty()) pump.alarms.set(AlarmKind.emptyReservoir, false, pump.atMs);
        }
        break;
      }
      case EventKind.prime: {
        const refusal = rules.askPrime(count, now, pump.atMs);
        if (refusal !== 0) pump.untold.expect(JournalCode.primeRefused, refusal);
        else pump.untold.expect(JournalCode.primeAsked, count);
        break;
      }
      case EventKind.confirmPrime: {
        const refusal = rules.confirmPrime(count, now, pump.atMs);
        if (refusal !== 0) pump.untold.expect(JournalCode.primeRefused, refusal);
        else pump.untold.expect(JournalCode.bolusGranted, 0);
        break;
      }
      case EventKind.deadVolumeEmpty:
        if (rules.partChanged(count, now)) {
          pump.untold.expect(JournalCode.deadVolumeEmpty, count);
          if (count === now.deadNl) pump.line.clear();
        } else pump.untold.expect(JournalCode.orderRefused, kind);
        break;
      default:
        break;
    }
  }

  /** How long a prime of `volumeNl` takes at the maximum rate, in ms. */
  primeMs(volumeNl: number): number {
    const rate = BigInt(this.pump.config.maxRateNlPerDay);
    return Number((BigInt(volumeNl) * MS_PER_DAY + rate - 1n) / rate);
  }

  private filled(contentNl: number, fluid: Fluid): void {
    const { pump } = this;
    const isOther = fluid.some((ngPerUl, place) => ngPerUl !== pump.line.reservoir[place]);
    if (isOther) pump.line.change(fluid, pump.used ? this.deadNl() : 0);
    pump.reservoir.fill(contentNl);
    if (pump.atMs !== 0) pump.used = true;
    if (!pump.reservoir.isEmpty()) pump.alarms.set(AlarmKind.emptyReservoir, false, pump.atMs);
  }

  /** Where the pump stands when it is serviced. */
  private standing(): ServiceStanding {
    const { pump } = this;
    return {
      isStill: pump.mode === TherapyMode.stopped && pump.boluses.square === undefined,
      deadNl: this.deadNl(),
      isOff: pump.alarms.isTold(AlarmKind.residualDiscrepancy),
      isUsed: pump.used,
      fluid: pump.line.reservoir,
      inhibited: pump.alarms.stop,
      usableNl: pump.reservoir.usableNl(),
      strokeNl: pump.units.strokeRoundedUpNl(),
    };
  }

  private deadNl(): number {
    const catheterNl = this.pump.program?.prescription.catheterNl ?? 0;
    return catheterNl === 0 || this.pump.config.tubingNl === 0 ? 0 : catheterNl + this.pump.config.tubingNl;
  }
}

import { LATEST_WALL_MS } from "../../src/clock";
import { BolusKind } from "../../src/delivery/bolus-run";
import { TherapyMode } from "../../src/delivery/therapy";
import { EventKind } from "../../src/events";
import type { Prescription } from "../../src/prescription/prescription";
import { JournalCode } from "../../src/record/journal";
import type { DoseLimit } from "./dose-limit";
import type { ExpectedOrders } from "./expected-orders";
import type { ExpectedPump } from "./expected-pump";
import type { ExpectedService } from "./expected-service";
import type { Fluid } from "./fluid-line";
import type { ToldBoluses } from "./told-boluses";

/** What comes with an input and does not pass the ports with it. */
export interface Handed {
  /** With `stage`. */
  readonly prescription?: Prescription | undefined;
  /** With `refill`. */
  readonly values?: Fluid | undefined;
}

/** The inputs as they were handed to the pump, brought to the part that has to know. */
export class HandedInputs {
  private readonly prescriptions: Prescription[] = [];
  private readonly fluids: Fluid[] = [];
  private refillNl = 0;

  constructor(
    private readonly pump: ExpectedPump,
    private readonly orders: ExpectedOrders,
    private readonly service: ExpectedService,
    private readonly boluses: ToldBoluses,
    private readonly limit: DoseLimit,
  ) {}

  /** What comes with the next `stage` or `refill`; in their order. */
  handed(what: Handed): void {
    if (what.prescription !== undefined) this.prescriptions.push(what.prescription);
    if (what.values !== undefined) this.fluids.push(what.values);
  }

  /** An input reaches the pump. */
  take(kind: number, id: number, count: number, detail: number, d: number): void {
    const { pump, orders, service } = this;
    // The deadlines of an instant come before its inputs.
    pump.dueHasBegun();
    switch (kind) {
      case EventKind.stage:
        orders.stage(this.prescriptions.shift());
        break;
      case EventKind.confirm: {
        const next = orders.confirm(id, detail);
        if (next !== undefined) this.limit.takeOver(next, pump.atMs);
        break;
      }
      case EventKind.start:
        orders.start();
        if (pump.mode === TherapyMode.running) service.therapyRuns();
        break;
      case EventKind.stop:
        orders.stop();
        break;
      case EventKind.hold:
        orders.hold();
        break;
      case EventKind.requestBolus: {
        const p = pump.program?.prescription;
        this.boluses.request = { id, kind: BolusKind.demand, volumeNl: p?.bolusNl ?? 0, overMs: p?.bolusMs ?? 1 };
        break;
      }
      case EventKind.clinicianBolus:
        this.boluses.request = { id, kind: BolusKind.clinician, volumeNl: count, overMs: detail };
        break;
      case JournalCode.inputsLost:
        // It came too late to be carried out.
        if (count === Number(EventKind.stage)) this.prescriptions.shift();
        if (count === Number(EventKind.refill)) this.fluids.shift();
        break;
      case EventKind.stored:
        pump.record.reported();
        break;
      case EventKind.acknowledge:
        pump.alarms.acknowledge();
        pump.settle();
        break;
      case EventKind.detected:
        pump.alarms.detected(detail, count !== 0, pump.atMs);
        pump.settle();
        break;
      case EventKind.reading:
        pump.alarms.read(detail, count, pump.atMs);
        pump.settle();
        break;
      case EventKind.setClock:
        if (count <= LATEST_WALL_MS) pump.clock.set(count, pump.atMs);
        pump.settle();
        break;
      case EventKind.clockLost:
        pump.clock.lose();
        pump.settle();
        break;
      case EventKind.refill:
        this.refillNl = count;
        break;
      case JournalCode.refillDrugs:
        service.fill(this.refillNl, this.fluids.shift() ?? [id, count, detail, d, 0, 0, 0, 0]);
        break;
      default:
        service.input(kind, count);
        break;
    }
  }
}

import { EventKind } from "../../../src/events";
import { prescriptionNumbers } from "../../../src/prescription/prescription";
import type { OrderOptions, OrderOutcome } from "../../../link/orders";
import type { PumpLink } from "../../../link/pump-link";
import { drugs } from "../../src/reference-pump";
import { DIGEST } from "./clinic-course";
import type { Give } from "./clinic-course";
import { QUICK_PRESCRIPTION, Stage } from "./staged-pump";

/** An order whose link or power is lost, and what there is to see of it. */
export interface Cut {
  readonly kind: EventKind;
  readonly stage: Stage;
  readonly give: Give;
  /** What must be so before. */
  readonly before?: (link: PumpLink) => Promise<OrderOutcome>;
  /** What it rests on is forgotten in a loss of power, as it should be: what is staged, a priming bolus that was asked for. Then it is refused. */
  readonly isVolatile?: boolean;
}

const order =
  (kind: EventKind, numbers: { id?: number; count?: number; detail?: number; values?: number[] } = {}): Give =>
  (link, options) =>
    link.order({ kind, ...numbers }, options);

const staged = (link: PumpLink, options?: OrderOptions): Promise<OrderOutcome> =>
  link.stage(prescriptionNumbers(QUICK_PRESCRIPTION), options);

/** Each order that is taken over the link, where it succeeds. */
export const CUTS: readonly Cut[] = [
  { kind: EventKind.stage, stage: Stage.keyed, give: staged },
  {
    kind: EventKind.confirm,
    stage: Stage.keyed,
    before: staged,
    give: order(EventKind.confirm, { id: DIGEST, detail: 3 }),
    isVolatile: true,
  },
  { kind: EventKind.start, stage: Stage.filled, give: order(EventKind.start) },
  { kind: EventKind.stop, stage: Stage.running, give: order(EventKind.stop) },
  { kind: EventKind.hold, stage: Stage.running, give: order(EventKind.hold) },
  { kind: EventKind.requestBolus, stage: Stage.running, give: order(EventKind.requestBolus) },
  {
    kind: EventKind.clinicianBolus,
    stage: Stage.running,
    give: order(EventKind.clinicianBolus, { count: 3000, detail: 60000 }),
  },
  { kind: EventKind.acknowledge, stage: Stage.running, give: order(EventKind.acknowledge) },
  { kind: EventKind.silence, stage: Stage.running, give: order(EventKind.silence) },
  { kind: EventKind.interrogate, stage: Stage.running, give: order(EventKind.interrogate) },
  { kind: EventKind.setClock, stage: Stage.running, give: order(EventKind.setClock, { count: 810000000000 }) },
  { kind: EventKind.measureResidual, stage: Stage.filled, give: order(EventKind.measureResidual, { count: 15000000 }) },
  {
    kind: EventKind.refill,
    stage: Stage.filled,
    before: order(EventKind.measureResidual, { count: 15000000 }),
    give: order(EventKind.refill, { count: 16000000, values: drugs(1000) }),
  },
  { kind: EventKind.tubeChanged, stage: Stage.filled, give: order(EventKind.tubeChanged) },
  { kind: EventKind.deadVolumeEmpty, stage: Stage.filled, give: order(EventKind.deadVolumeEmpty, { count: 30000 }) },
  {
    kind: EventKind.prime,
    stage: Stage.filled,
    before: order(EventKind.deadVolumeEmpty, { count: 30000 }),
    give: order(EventKind.prime, { count: 3000 }),
  },
  {
    kind: EventKind.confirmPrime,
    stage: Stage.filled,
    before: async (link) => {
      await link.order({ kind: EventKind.deadVolumeEmpty, count: 30000 });
      return link.order({ kind: EventKind.prime, count: 3000 });
    },
    give: order(EventKind.confirmPrime, { count: 3000 }),
    isVolatile: true,
  },
];

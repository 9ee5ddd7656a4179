import { BolusAnswer } from "../../../src/delivery/judge-bolus";
import { Confirm, EventKind } from "../../../src/events";
import { prescriptionNumbers } from "../../../src/prescription/prescription";
import { ConfirmRefusal, JournalCode, PrimeRefusal, RefillRefusal, StartRefusal } from "../../../src/record/journal";
import { AlarmKind } from "../../../src/safety/alarm-kind";
import { ServiceStatus } from "../../../src/service/protocol";
import type { OrderOptions, OrderOutcome, PumpOrder } from "../../../link/orders";
import type { PumpLink } from "../../../link/pump-link";
import { plainInput } from "../../../sim/engines/engine";
import { digestOfPrescription, drugs } from "../../src/reference-pump";
import { QUICK_PRESCRIPTION } from "./staged-pump";
import type { ImagePump } from "./image-pump";

/** The digest of the prescription that the course confirms. */
export const DIGEST = digestOfPrescription(QUICK_PRESCRIPTION);

/** An order for `link`, or for the same command id once more. */
export type Give = (link: PumpLink, options?: OrderOptions) => Promise<OrderOutcome>;

/** One order of a clinician and what comes of it. */
export interface Step {
  readonly kind: EventKind;
  readonly give: Give;
  /** What the journal says about it; a refusal with its first numbers. */
  readonly says?: readonly [code: JournalCode, ...numbers: number[]];
  /** The service does not pass it on. */
  readonly notTaken?: ServiceStatus;
  /** What happens before. */
  readonly before?: (image: ImagePump) => Promise<void> | void;
}

function order(
  kind: EventKind,
  numbers: Omit<PumpOrder, "kind">,
  ...says: [code: JournalCode, ...numbers: number[]]
): Step {
  return { kind, give: (link, options) => link.order({ kind, ...numbers }, options), says };
}

/** An order that changes something of which the journal has nothing more to say than the order itself. */
function silent(kind: EventKind): Step {
  return { kind, give: (link, options) => link.order({ kind }, options) };
}

function stage(
  prescription: Parameters<typeof prescriptionNumbers>[0],
  ...says: [code: JournalCode, ...numbers: number[]]
): Step {
  return {
    kind: EventKind.stage,
    give: (link, options) => link.stage(prescriptionNumbers(prescription), options),
    says,
  };
}

function occlusion(isThere: boolean): NonNullable<Step["before"]> {
  return (image) =>
    image.pump.give(plainInput(EventKind.detected, { count: isThere ? 1 : 0, detail: AlarmKind.occlusion }));
}

const SPOILT = { ...QUICK_PRESCRIPTION, windowLimitNl: 1000000000 };
const REFILL = { detail: 9999, values: drugs(1000) };

/** Requests for a bolus are numbered from 2: whoever set the key held the button. From a pump that has its key and nothing else to one that is stopped again: each order with its success and its refusals. */
export const CLINIC_COURSE: readonly Step[] = [
  order(EventKind.start, {}, JournalCode.startRefused, StartRefusal.noPrescription),
  order(EventKind.hold, {}, JournalCode.orderRefused, EventKind.hold, StartRefusal.noMinimumRate),
  order(EventKind.requestBolus, {}, JournalCode.bolusDenied, 2, BolusAnswer.stopped),
  order(EventKind.clinicianBolus, { count: 3000, detail: 60000 }, JournalCode.bolusDenied, 3, BolusAnswer.stopped),
  order(EventKind.prime, { count: 3000 }, JournalCode.primeRefused, PrimeRefusal.deadVolumeUnknown),
  stage(SPOILT, JournalCode.stageRefused, digestOfPrescription(SPOILT)),
  {
    kind: EventKind.stage,
    give: (link, options) => link.order({ kind: EventKind.stage, id: 1 }, options),
    notTaken: ServiceStatus.digest,
  },
  order(EventKind.confirm, { id: DIGEST, detail: 3 }, JournalCode.confirmRefused, ConfirmRefusal.otherDigest),
  stage(QUICK_PRESCRIPTION, JournalCode.staged, DIGEST),
  order(EventKind.confirm, { id: DIGEST + 1, detail: 3 }, JournalCode.confirmRefused, ConfirmRefusal.otherDigest),
  order(EventKind.confirm, { id: DIGEST }, JournalCode.confirmRefused, ConfirmRefusal.largeChanges),
  order(EventKind.confirm, { id: DIGEST, detail: Confirm.largeChanges }, JournalCode.programmed, DIGEST),
  order(EventKind.start, {}, JournalCode.startRefused, StartRefusal.reservoirEmpty),
  order(EventKind.measureResidual, { count: 1e12 }, JournalCode.refillRefused, RefillRefusal.volume),
  order(EventKind.measureResidual, { count: 0 }, JournalCode.residualMeasured, 0, 0),
  order(EventKind.refill, { ...REFILL, count: 1e12 }, JournalCode.refillRefused, RefillRefusal.volume),
  order(EventKind.refill, { count: 15000000, values: drugs(0) }, JournalCode.refillRefused, RefillRefusal.drugs),
  order(EventKind.refill, { ...REFILL, count: 15000000, values: drugs(2000) }, JournalCode.refilled, 15000000, 9999),
  order(EventKind.refill, { ...REFILL, count: 14000000 }, JournalCode.refillRefused, RefillRefusal.notMeasured),
  order(EventKind.start, {}, JournalCode.startRefused, StartRefusal.otherDrugs),
  order(EventKind.measureResidual, { count: 15000000 }, JournalCode.residualMeasured, 15000000, 15000000),
  order(EventKind.refill, { ...REFILL, count: 15000000 }, JournalCode.refilled, 15000000, 9999),
  order(EventKind.tubeChanged, {}, JournalCode.tubeChanged),
  order(EventKind.deadVolumeEmpty, { count: 1e12 }, JournalCode.orderRefused, EventKind.deadVolumeEmpty, 1e12),
  order(EventKind.deadVolumeEmpty, { count: 350000 }, JournalCode.deadVolumeEmpty, 350000),
  order(EventKind.prime, { count: 400000 }, JournalCode.primeRefused, PrimeRefusal.aboveDeadVolume, 350000),
  order(EventKind.confirmPrime, { count: 3000 }, JournalCode.primeRefused, PrimeRefusal.notConfirmed, 350000),
  order(EventKind.prime, { count: 3000 }, JournalCode.primeAsked, 3000),
  order(EventKind.confirmPrime, { count: 3000 }, JournalCode.bolusGranted, 0, 3000),
  order(EventKind.start, {}, JournalCode.startRefused, StartRefusal.priming),
  order(EventKind.stop, {}, JournalCode.bolusEnded),
  order(EventKind.setClock, { count: 1e15 }, JournalCode.orderRefused, EventKind.setClock, 1e15),
  order(EventKind.setClock, { count: 800000000000 }, JournalCode.clockSet, 800000000000),
  {
    ...order(EventKind.start, {}, JournalCode.startRefused, StartRefusal.alarmActive),
    before: occlusion(true),
  },
  silent(EventKind.silence),
  {
    ...order(EventKind.acknowledge, {}, JournalCode.alarmCleared, AlarmKind.occlusion),
    before: occlusion(false),
  },
  order(EventKind.start, {}, JournalCode.started),
  order(EventKind.start, {}, JournalCode.startRefused, StartRefusal.alreadyRunning),
  order(EventKind.requestBolus, {}, JournalCode.bolusGranted, 4, 3000),
  order(EventKind.requestBolus, {}, JournalCode.bolusDenied, 5, BolusAnswer.busy),
  order(EventKind.tubeChanged, {}, JournalCode.orderRefused, EventKind.tubeChanged),
  order(EventKind.measureResidual, { count: 0 }, JournalCode.refillRefused, RefillRefusal.notStopped),
  order(EventKind.refill, { ...REFILL, count: 1 }, JournalCode.refillRefused, RefillRefusal.notStopped),
  order(EventKind.prime, { count: 3000 }, JournalCode.primeRefused, PrimeRefusal.notStopped),
  order(EventKind.confirmPrime, { count: 3000 }, JournalCode.primeRefused, PrimeRefusal.notStopped),
  {
    ...order(EventKind.requestBolus, {}, JournalCode.bolusDenied, 6, BolusAnswer.lockedOut),
    before: (image) => image.time.pause(900000),
  },
  order(EventKind.clinicianBolus, { count: 1e12, detail: 60000 }, JournalCode.bolusDenied, 7, BolusAnswer.aboveLimit),
  order(EventKind.clinicianBolus, { count: 3000, detail: 600000 }, JournalCode.bolusGranted, 8, 3000, 600000),
  order(EventKind.interrogate, {}, JournalCode.interrogated),
  order(EventKind.hold, {}, JournalCode.held),
  order(EventKind.start, {}, JournalCode.started),
  order(EventKind.stop, {}, JournalCode.stopped),
];

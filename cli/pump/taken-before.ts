import { EventKind } from "../../src/events";
import { JournalCode } from "../../src/record/journal";
import { ReportRow } from "../../src/record/report-row";
import { TherapyMode } from "../../src/delivery/therapy";
import type { PumpLink } from "../../link/pump-link";

/** What the journal says of an order: that it was carried out, and that it was refused. */
interface Told {
  readonly done: JournalCode;
  readonly refused: JournalCode;
}

// Boluses are not among them: the patient's button gives and is denied them too.
const TOLD: Partial<Record<EventKind, Told>> = {
  [EventKind.start]: { done: JournalCode.started, refused: JournalCode.startRefused },
  [EventKind.hold]: { done: JournalCode.held, refused: JournalCode.orderRefused },
  [EventKind.confirm]: { done: JournalCode.programmed, refused: JournalCode.confirmRefused },
  [EventKind.measureResidual]: { done: JournalCode.residualMeasured, refused: JournalCode.refillRefused },
  [EventKind.refill]: { done: JournalCode.refilled, refused: JournalCode.refillRefused },
  [EventKind.prime]: { done: JournalCode.primeAsked, refused: JournalCode.primeRefused },
  [EventKind.deadVolumeEmpty]: { done: JournalCode.deadVolumeEmpty, refused: JournalCode.orderRefused },
  [EventKind.tubeChanged]: { done: JournalCode.tubeChanged, refused: JournalCode.orderRefused },
};

/** Orders that are never refused. */
const ALWAYS_DONE: ReadonlySet<EventKind> = new Set([EventKind.acknowledge, EventKind.silence, EventKind.setClock]);

/**
 * Whether the last order that the pump has taken was carried out; `undefined`: nothing tells. It was the last, so the newest entry about its kind is about it; of a
 * pump that was started anew since there is none. Rejects with LinkLost.
 */
export async function wasDone(link: PumpLink, kind: EventKind): Promise<boolean | undefined> {
  if (ALWAYS_DONE.has(kind)) return true;
  if (kind === EventKind.stop) return (await link.state()).mode === Number(TherapyMode.stopped);
  const told = TOLD[kind];
  if (told === undefined) return undefined;
  const events = (await link.report()).filter(({ code }) => code === Number(ReportRow.event));
  // Newest first.
  const newest = events.find(({ b }) => b === Number(told.done) || b === Number(told.refused));
  return newest === undefined ? undefined : newest.b === Number(told.done);
}

import { SealedKind, ServiceStatus } from "../src/service/protocol";
import { BadAnswer } from "./link-errors";
import { readLogEntries } from "./log-entries";
import type { LogEntry, LogRing } from "./log-entries";
import type { SealedLine } from "./sealed-line";

/** A page of the journal that the pump's memory keeps. */
export interface LogPage {
  /** Entries that the ring has taken since the memory was blank. */
  readonly taken: number;
  readonly entries: readonly LogEntry[];
}

/**
 * Reads a ring of the journal from entry `from` on, to the last that it had when this began; pages come in order, and no entry twice. Rejects with LinkLost or
 * BadAnswer. Returns a status other than done when the memory does not answer, or there is none.
 */
export async function readLog(
  line: SealedLine,
  ring: LogRing,
  from: number,
  onPage: (page: LogPage) => void,
): Promise<ServiceStatus> {
  let next = from;
  let end = Infinity;
  while (next < end) {
    const body = new Uint8Array(8);
    body[0] = ring;
    new DataView(body.buffer).setUint32(4, next, true);
    const { status, body: page } = await line.throughout(() => line.ask(SealedKind.log, body));
    if (status !== ServiceStatus.done) return status;
    if (page.length < 8) throw new BadAnswer("a page of the pump's journal cannot be read");
    const view = new DataView(page.buffer, page.byteOffset, page.length);
    const taken = view.getUint32(0, true);
    end = Math.min(end, taken);
    const entries = readLogEntries(page.subarray(8), view.getUint32(4, true)).filter(({ number }) => number < end);
    onPage({ taken, entries });
    const last = entries[entries.length - 1];
    if (last === undefined || last.number < next) break;
    next = last.number + 1;
  }
  return ServiceStatus.done;
}

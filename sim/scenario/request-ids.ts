import type { Document, KeyPath } from "../../config/document";
import type { DoText, EventText } from "./event-schema";
import type { Moment } from "./moment";
import { unknownRequest } from "./names";

/** One event with its repeats spelled out, before requests have their ids. */
export interface SpelledEvent {
  readonly path: KeyPath;
  readonly event: EventText;
  readonly times: readonly Moment[];
}

/** The ids of the requests of each event, one for each repeat. */
export type RequestIds = ReadonlyMap<EventText, readonly number[]>;

/** A patient's or a clinician's request for a bolus. */
type RequestText = Extract<DoText, { do: "requestBolus" | "clinicianBolus" }>;

function isRequest(event: EventText): event is RequestText {
  return "do" in event && (event.do === "requestBolus" || event.do === "clinicianBolus");
}

/** What the n-th repeat (from 0) of a request or an interrogation is called; `undefined` for what has no name. */
export function nameOf(event: EventText, n: number): string | undefined {
  if (!("as" in event) || event.as === undefined) return undefined;
  return event.every === undefined ? event.as : `${event.as}${n + 1}`;
}

/**
 * Numbers the requests from 1 in the file's order, repeats included, so that one scenario always gives the same ids; patients' and
 * clinicians' share one series. A request with `sameIdAs` takes none of its own. Throws `BadInput` for a name that is given twice or that nothing has.
 */
export function idsOfRequests(document: Document, spelled: readonly SpelledEvent[]): RequestIds {
  const ids = new Map<EventText, readonly number[]>();
  refuseDoubleNames(document, spelled);
  const requests = spelled.filter(({ event }) => isRequest(event));
  const named = new Set(requests.flatMap(({ event, times }) => times.flatMap((_, n) => nameOf(event, n) ?? [])));
  const own = new Map<string, number>();
  let last = 0;
  for (const { event, times } of spelled) {
    if (!isRequest(event) || event.sameIdAs !== undefined) continue;
    const mine = times.map(() => ++last);
    ids.set(event, mine);
    mine.forEach((id, n) => {
      const name = nameOf(event, n);
      if (name !== undefined) own.set(name, id);
    });
  }
  for (const { event, times, path } of spelled) {
    if (!isRequest(event) || event.sameIdAs === undefined) continue;
    const id = own.get(event.sameIdAs);
    if (id === undefined)
      throw document.refuse(
        [...path, "sameIdAs"],
        named.has(event.sameIdAs)
          ? `${event.sameIdAs} has no id of its own; name the request whose id it carries`
          : unknownRequest(event.sameIdAs, [...named]),
      );
    ids.set(
      event,
      times.map(() => id),
    );
  }
  return ids;
}

function refuseDoubleNames(document: Document, spelled: readonly SpelledEvent[]): void {
  const lines = new Map<string, number>();
  for (const { event, times, path } of spelled) {
    times.forEach((_, n) => {
      const name = nameOf(event, n);
      if (name === undefined) return;
      const line = lines.get(name);
      if (line !== undefined)
        throw document.refuse([...path, "as"], `something is called ${name} already, in line ${line}`);
      lines.set(name, document.lineOf(path));
    });
  }
}

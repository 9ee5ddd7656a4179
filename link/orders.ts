import type { EventKind } from "../src/events";
import { JournalCode } from "../src/record/journal";
import { NUMBERS_IN_DRAFT, SealedKind, ServiceStatus } from "../src/service/protocol";
import { unpackEntries } from "./entries";
import type { Entry } from "./entries";
import { BadAnswer, LinkLost } from "./link-errors";
import { MOST_REOPENINGS } from "./sealed-line";
import type { SealedLine } from "./sealed-line";

/** An order for the pump; what its numbers mean its EventKind says. */
export interface PumpOrder {
  readonly kind: EventKind;
  readonly id?: number;
  readonly count?: number;
  readonly detail?: number;
  /** At most eight: the concentrations of a refill. */
  readonly values?: readonly number[];
}

/** What became of an order. */
export type OrderOutcome =
  /** The pump has judged it now: `entries` are what its journal says about it, a refusal with its numbers among them. */
  | {
      readonly kind: "taken";
      readonly commandId: number;
      /** What it changed is durable; otherwise a cut of the power may undo it. */
      readonly isStored: boolean;
      readonly entries: readonly Entry[];
    }
  /** It was carried out before the link was lost, once; what became of it stands in the pump's report. */
  | { readonly kind: "takenBefore"; readonly commandId: number }
  /** It was carried out once or not at all: another client has given orders meanwhile, and the pump's report tells. */
  | { readonly kind: "overtaken"; readonly commandId: number }
  /** The service did not pass it on to the pump: nothing has changed. */
  | { readonly kind: "notTaken"; readonly commandId: number; readonly status: ServiceStatus }
  /** The pump was busy and may still take it; under the same command id it can be asked again. */
  | { readonly kind: "pending"; readonly commandId: number };

/** How an order is sent. */
export interface OrderOptions {
  /** The command id of an order that was sent before and not answered: tells what became of it, and does it if it was not done. */
  readonly commandId?: number | undefined;
  /** Done before the order in each session: `undefined`: the session has ended; a status other than done: the order is not sent. */
  readonly prepare?: (() => Promise<ServiceStatus | undefined>) | undefined;
  /** Told the command id before it is sent: whoever is interrupted meanwhile can name it. */
  readonly told?: ((commandId: number) => void) | undefined;
}

/** A command id is higher than the highest by up to so much: two clients that begin with the same one do not take the same next. */
const ID_SPREAD = 65536;

/** An order that the pump has not taken in time is asked again so many times. */
const MOST_PENDING = 3;

/** Sends the numbers of a prescription, in as many frames as they take; `undefined`: the session has ended in the middle of it. */
export async function sendDraft(line: SealedLine, numbers: readonly number[]): Promise<ServiceStatus | undefined> {
  for (let place = 0; place < numbers.length; place += NUMBERS_IN_DRAFT) {
    const part = numbers.slice(place, place + NUMBERS_IN_DRAFT);
    const body = new Uint8Array(8 + 8 * part.length);
    body[0] = place;
    body[1] = part.length;
    const view = new DataView(body.buffer);
    for (const [index, number] of part.entries()) view.setFloat64(8 + 8 * index, number, true);
    const answer = await line.ask(SealedKind.draft, body);
    if (answer?.status !== ServiceStatus.done) return answer?.status;
  }
  return ServiceStatus.done;
}

/** Sends an order. Rejects with {@link LinkLost}, which names it, when its answer never came. */
export async function sendOrder(
  line: SealedLine,
  random: (count: number) => Uint8Array,
  order: PumpOrder,
  options: OrderOptions = {},
): Promise<OrderOutcome> {
  let commandId = options.commandId ?? newId(line, random);
  let wasSent = options.commandId !== undefined;
  let reopened = 0;
  let pending = 0;
  try {
    for (;;) {
      options.told?.(commandId);
      const ready = options.prepare === undefined ? ServiceStatus.done : await options.prepare();
      if (ready !== undefined && ready !== ServiceStatus.done) return { kind: "notTaken", commandId, status: ready };
      const answer = ready === undefined ? undefined : await line.ask(SealedKind.order, orderBody(order, commandId));
      if (answer === undefined) {
        if (ready !== undefined) wasSent = true;
        if (reopened++ === MOST_REOPENINGS)
          throw new LinkLost("the session ends again and again: is another client at work?");
        await line.reopen();
        continue;
      }
      const { status, body } = answer;
      if (status === ServiceStatus.notServed) {
        wasSent = true;
        if (++pending > MOST_PENDING) return { kind: "pending", commandId };
        continue;
      }
      if (status === ServiceStatus.digest && reopened++ < MOST_REOPENINGS) continue;
      if (body.length < 2) return { kind: "notTaken", commandId, status };
      const entries = unpackEntries(body.subarray(2));
      if (entries === undefined) throw new BadAnswer("the pump's answer to an order cannot be read");
      line.highestCommandId = Math.max(line.highestCommandId, commandId);
      if (!isRepeated(entries, order, commandId)) return { kind: "taken", commandId, isStored: body[0] === 1, entries };
      await line.refreshHighestId();
      if (wasSent) return { kind: line.highestCommandId === commandId ? "takenBefore" : "overtaken", commandId };
      // Nobody has sent it under this id: another client has taken a higher one since. It was not carried out.
      commandId = newId(line, random);
    }
  } catch (error) {
    if (error instanceof LinkLost) throw new LinkLost(error.message, { order: order.kind, commandId });
    throw error;
  }
}

function newId(line: SealedLine, random: (count: number) => Uint8Array): number {
  const [low = 0, high = 0] = random(2);
  const id = line.highestCommandId + 1 + low + ((high * 256) % ID_SPREAD);
  if (!Number.isSafeInteger(id)) throw new BadAnswer(`no command id is left above ${line.highestCommandId}`);
  return id;
}

function isRepeated(entries: readonly Entry[], order: PumpOrder, commandId: number): boolean {
  return entries.some(
    ({ code, a, b }) => code === Number(JournalCode.commandRepeated) && a === Number(order.kind) && b === commandId,
  );
}

function orderBody({ kind, id = 0, count = 0, detail = 0, values = [] }: PumpOrder, commandId: number): Uint8Array {
  const body = new Uint8Array(8 + 8 * (4 + values.length));
  const view = new DataView(body.buffer);
  body[0] = kind;
  for (const [place, number] of [commandId, id, count, detail, ...values].entries())
    view.setFloat64(8 + 8 * place, number, true);
  return body;
}

const REFUSALS: ReadonlySet<number> = new Set([
  JournalCode.startRefused,
  JournalCode.bolusDenied,
  JournalCode.stageRefused,
  JournalCode.confirmRefused,
  JournalCode.refillRefused,
  JournalCode.primeRefused,
  JournalCode.orderRefused,
]);

/** The entry by which the pump refuses an order, with its numbers; `undefined`: it was carried out. */
export function refusalIn(entries: readonly Entry[]): Entry | undefined {
  return entries.find(({ code }) => REFUSALS.has(code));
}

import { EventKind } from "../events";
import { MOST_LIBRARY_DRUGS } from "../config";
import { digestOf } from "../prescription/digest";
import { PRESCRIPTION_FIELDS } from "../prescription/prescription";
import type { Inbox } from "../inbox";
import type { Pump } from "../pump";
import { isWhole, NEVER_MS } from "../units";
import { awaitOrder } from "./order-watch";
import type { OrderWatch } from "./order-watch";
import type { PacketBytes } from "./packet-bytes";
import { FRAME_HEAD_BYTES, MAC_BYTES, MOST_PACKET_BYTES, NUMBERS_IN_DRAFT, ServiceStatus } from "./protocol";

/** The orders that are taken over the link, one bit an EventKind. Readings, detections and reports are a board's own. */
const TAKEN =
  2 ** EventKind.stage +
  2 ** EventKind.start +
  2 ** EventKind.stop +
  2 ** EventKind.requestBolus +
  2 ** EventKind.acknowledge +
  2 ** EventKind.refill +
  2 ** EventKind.confirm +
  2 ** EventKind.hold +
  2 ** EventKind.clinicianBolus +
  2 ** EventKind.measureResidual +
  2 ** EventKind.prime +
  2 ** EventKind.confirmPrime +
  2 ** EventKind.silence +
  2 ** EventKind.setClock +
  2 ** EventKind.deadVolumeEmpty +
  2 ** EventKind.tubeChanged +
  2 ** EventKind.interrogate;

// A command id is higher than the highest by this at most: one order with the last id there is would leave none for ever.
const MOST_ID_STEP = 16777216;

// Where an order's numbers lie: command id, id, count, detail, values.
const NUMBERS_AT = FRAME_HEAD_BYTES + 8;
const VALUES_AT = NUMBERS_AT + 32;

/** Takes an order out of a sealed frame and puts it into the inbox; `watch` then waits for it. Returns why it is not taken. */
export function takeOrder(
  pump: Pump,
  inbox: Inbox,
  watch: OrderWatch,
  frame: PacketBytes,
  nowMs: number,
): ServiceStatus {
  const end = frame.length - MAC_BYTES;
  const values = (end - VALUES_AT) / 8;
  if (!isWhole(values, 0, MOST_LIBRARY_DRUGS)) return ServiceStatus.malformed;
  for (let at = NUMBERS_AT; at < end; at += 8)
    if (!isWhole(frame.getAt(at, "f64"), 0, NEVER_MS)) return ServiceStatus.malformed;
  const kind = frame.getAt(FRAME_HEAD_BYTES, "u8");
  const commandId = frame.getAt(NUMBERS_AT, "f64");
  const id = frame.getAt(NUMBERS_AT + 8, "f64");
  if (!isWhole(commandId, 1, pump.orders.highestCommandId + MOST_ID_STEP)) return ServiceStatus.malformed;
  if (!isWhole(kind, 1, 30)) return ServiceStatus.notAllowed;
  if ((TAKEN & (1 << kind)) === 0) return ServiceStatus.notAllowed;
  if (kind === EventKind.stage) if (digestOf(pump.draft) !== id) return ServiceStatus.digest;
  const event = inbox.slotFor(kind, nowMs);
  event.commandId = commandId;
  event.id = id;
  event.count = frame.getAt(NUMBERS_AT + 16, "f64");
  event.detail = frame.getAt(NUMBERS_AT + 24, "f64");
  switch (kind) {
    case EventKind.requestBolus:
    case EventKind.clinicianBolus:
      // The pump numbers its requests itself.
      event.id = 0;
      break;
    case EventKind.setClock:
      event.detail = 0;
      break;
    case EventKind.interrogate:
      event.count = 1;
      break;
    case EventKind.refill:
      for (let i = 0; i < MOST_LIBRARY_DRUGS; i++) {
        event.values[i] = 0;
        if (i < values) event.values[i] = frame.getAt(VALUES_AT + 8 * i, "f64");
      }
      break;
    default:
  }
  awaitOrder(watch, kind, commandId, FRAME_HEAD_BYTES + 2, MOST_PACKET_BYTES - MAC_BYTES);
  return ServiceStatus.done;
}

/** Takes some numbers of a prescription out of a sealed frame into the pump's draft. Returns why they are not taken. */
export function takeDraft(draft: number[], frame: PacketBytes): ServiceStatus {
  const end = frame.length - MAC_BYTES;
  if (end < NUMBERS_AT) return ServiceStatus.malformed;
  const first = frame.getAt(FRAME_HEAD_BYTES, "u8");
  const count = frame.getAt(FRAME_HEAD_BYTES + 1, "u8");
  if (count > NUMBERS_IN_DRAFT) return ServiceStatus.malformed;
  if (first + count > PRESCRIPTION_FIELDS) return ServiceStatus.malformed;
  if (end !== NUMBERS_AT + 8 * count) return ServiceStatus.malformed;
  for (let i = 0; i < count; i++)
    if (!isWhole(frame.getAt(NUMBERS_AT + 8 * i, "f64"), 0, NEVER_MS)) return ServiceStatus.malformed;
  for (let i = 0; i < count; i++) draft[first + i] = frame.getAt(NUMBERS_AT + 8 * i, "f64");
  return ServiceStatus.done;
}

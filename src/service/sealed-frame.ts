import { LEDGER_WORDS } from "../record/memory-map";
import { breathe } from "../breath";
import { ENTRY_WORDS, ringEntries, ringPlace } from "../record/event-log";
import { REPORT_PARTS, reportPart } from "../record/report";
import { wholeQuotient } from "../units";
import { beginPacking, isFull } from "./entry-packer";
import type { PacketBytes } from "./packet-bytes";
import {
  AccessKind,
  Direction,
  ENTRIES_IN_PAGE,
  FRAME_HEAD_BYTES,
  KEY_BYTES,
  MAC_BYTES,
  MOST_PACKET_BYTES,
  REPORT_END,
  SealedKind,
  ServiceStatus,
} from "./protocol";
import { takeNewKey, writeSecurity } from "./security-record";
import { closeSession } from "./session-gate";
import { takeDraft, takeOrder } from "./sealed-request";
import { Doing, noteAccess, sealAnswer, sealStatus, ServiceNeed, writeAccess } from "./service-parts";
import type { ServiceParts } from "./service-parts";

// Where a cursor of a report splits: the part above, the rows of it that were told below.
const CURSOR_PART = 256;
const ENTRIES_AT = FRAME_HEAD_BYTES + 2;

/** Bytes of an answer before a page of the journal: frame head, entries taken in all, number of the first one here. */
export const PAGE_AT = FRAME_HEAD_BYTES + 8;

/** Serves a frame of the session. */
export function serveFrame(parts: ServiceParts, frame: PacketBytes, nowMs: number): ServiceNeed {
  const gate = parts.gate;
  const kind = frame.getAt(4, "u8");
  gate.counter = frame.getAt(0, "u32");
  parts.sealedLength = 0;
  parts.watch.answer.blitAt(0, frame, 0, FRAME_HEAD_BYTES);
  // What the body has to be like; an order and a draft have a look of their own.
  let bytes = 0;
  if (kind === SealedKind.report) bytes = 4;
  if (kind === SealedKind.log) bytes = 8;
  if (kind === SealedKind.rotate) bytes = KEY_BYTES;
  if (kind > SealedKind.draft)
    if (frame.length !== FRAME_HEAD_BYTES + bytes + MAC_BYTES) return sealStatus(parts, ServiceStatus.malformed);
  let status = ServiceStatus.done;
  let mask = frame;
  switch (kind) {
    case SealedKind.order:
      status = takeOrder(parts.pump, parts.inbox, parts.watch, frame, nowMs);
      if (status !== ServiceStatus.done) break;
      parts.doing = Doing.ordering;
      return ServiceNeed.served;
    case SealedKind.draft:
      status = takeDraft(parts.pump.draft, frame);
      break;
    case SealedKind.report:
      return sealAnswer(parts, ServiceStatus.done, packRows(parts, frame.getAt(FRAME_HEAD_BYTES, "u16"), nowMs));
    case SealedKind.log:
      return findPage(parts, frame);
    case SealedKind.rotate:
      // The new key comes under a mask that only who has the session's key can make.
      mask = parts.cipher.mac(gate.sessionKey, Direction.newKey, frame, 4);
      for (let i = 0; i < KEY_BYTES; i++)
        frame.setAt(FRAME_HEAD_BYTES + i, "u8", frame.getAt(FRAME_HEAD_BYTES + i, "u8") ^ mask.getAt(i, "u8"));
      breathe();
      takeNewKey(parts.security, frame, FRAME_HEAD_BYTES);
      noteAccess(parts, AccessKind.keyRotated, 0, nowMs);
      // Both slots: the one that is not in force would still hold the old key.
      writeSecurity(parts.security, parts.store);
      breathe();
      return writeAccess(parts, Doing.rotating);
    case SealedKind.close: {
      const need = sealStatus(parts, ServiceStatus.done);
      closeSession(gate);
      return need;
    }
    case SealedKind.ping:
      // Under seal: whoever believes the register can be told a number by anyone on the bus.
      parts.watch.answer.setAt(FRAME_HEAD_BYTES, "f64", parts.pump.orders.highestCommandId);
      return sealAnswer(parts, ServiceStatus.done, FRAME_HEAD_BYTES + 8);
    default:
      status = ServiceStatus.malformed;
  }
  return sealStatus(parts, status);
}

/** The order has been handed to the pump, or what it changed is durable; `isMet`: in time. */
export function goOnWithOrder(parts: ServiceParts, isMet: boolean): ServiceNeed {
  const watch = parts.watch;
  const keeper = parts.pump.keeper;
  if (watch.awaited !== 0) {
    watch.awaited = 0;
    return sealStatus(parts, ServiceStatus.notServed);
  }
  if (isMet)
    if (!isDurable(parts)) {
      parts.doing = Doing.ordering;
      return ServiceNeed.durable;
    }
  // What comes now is not about the order, and the answer may have to be sent again.
  watch.isOpen = false;
  let status = ServiceStatus.done;
  if (!isMet) status = ServiceStatus.notStored;
  if (keeper.hasFailed) status = ServiceStatus.notStored;
  if (keeper.isBlocked) status = ServiceStatus.notStored;
  watch.answer.setAt(FRAME_HEAD_BYTES, "u16", +(status === ServiceStatus.done));
  return sealAnswer(parts, status, watch.packer.place);
}

/** What the pump was told is in the memory, or was lost on the way there. */
export function isDurable(parts: ServiceParts): boolean {
  const keeper = parts.pump.keeper;
  if (keeper.isBlocked) return true;
  if (keeper.writing) return keeper.hasFailed;
  return !parts.pump.delivery.unsaved;
}

/** Packs rows of an interrogation from `cursor` on; returns where they end. */
function packRows(parts: ServiceParts, cursor: number, nowMs: number): number {
  const watch = parts.watch;
  const packer = watch.packer;
  let part = Math.floor(cursor / CURSOR_PART);
  beginPacking(packer, ENTRIES_AT, MOST_PACKET_BYTES - MAC_BYTES, cursor - part * CURSOR_PART);
  while (part < REPORT_PARTS) {
    reportPart(parts.pump, part, packer, nowMs);
    if (isFull(packer)) break;
    packer.count = 0;
    packer.skips = 0;
    part++;
  }
  let next = REPORT_END;
  if (part < REPORT_PARTS) next = part * CURSOR_PART + packer.count;
  watch.answer.setAt(FRAME_HEAD_BYTES, "u16", next);
  return packer.place;
}

/** Finds the page of the journal that begins with the entry that is asked for, or with the oldest that is still there. It ends where the ring does. */
function findPage(parts: ServiceParts, frame: PacketBytes): ServiceNeed {
  const capacityWords = parts.store.capacityWords;
  const answer = parts.watch.answer;
  const log = parts.pump.eventLog;
  const isFaults = frame.getAt(FRAME_HEAD_BYTES, "u8") !== 0;
  if (capacityWords <= LEDGER_WORDS) return sealStatus(parts, ServiceStatus.noMemory);
  let ring = log.events;
  if (isFaults) ring = log.faults;
  const total = ring.count;
  const entries = ringEntries(isFaults, capacityWords);
  const first = Math.max(frame.getAt(FRAME_HEAD_BYTES + 4, "u32"), total - entries);
  const at = first - wholeQuotient(first, entries) * entries;
  const count = Math.min(Math.min(ENTRIES_IN_PAGE, total - first), entries - at);
  answer.setAt(FRAME_HEAD_BYTES, "u32", total);
  answer.setAt(FRAME_HEAD_BYTES + 4, "u32", first);
  if (count <= 0) return sealAnswer(parts, ServiceStatus.done, PAGE_AT);
  parts.pagePlace = ringPlace(isFaults, capacityWords) + at * ENTRY_WORDS;
  parts.pageWords = count * ENTRY_WORDS;
  parts.doing = Doing.paging;
  return ServiceNeed.page;
}

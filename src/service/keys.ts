import { breathe } from "../breath";
import { EventKind } from "../events";
import { LEDGER_WORDS } from "../record/memory-map";
import { SCRATCH } from "../scratch";
import { sameBytes } from "./packet-bytes";
import type { PacketBytes } from "./packet-bytes";
import { awaitOrder } from "./order-watch";
import {
  AccessKind,
  ERASE_KEY,
  ERASE_MEMORY,
  FRAME_HEAD_BYTES,
  HELD_MS,
  KEY_BYTES,
  MOST_PACKET_BYTES,
  ServiceStatus,
} from "./protocol";
import { isDurable } from "./sealed-frame";
import { Doing, lookAtAccess, noteAccess, sayPlainly, ServiceNeed, writeAccess } from "./service-parts";
import { dropKey, takeNewKey, writeSecurity } from "./security-record";
import { closeSession, NO_TIME } from "./session-gate";
import type { ServiceParts } from "./service-parts";

/** Words that are erased in one go. */
const ERASED_WORDS = 64;

/** The device's first key: by whoever holds its button. */
export function takeKey(parts: ServiceParts, packet: PacketBytes, heldMs: number, nowMs: number): ServiceNeed {
  lookAtAccess(parts, nowMs);
  let status = ServiceStatus.done;
  if (packet.length !== KEY_BYTES) status = ServiceStatus.malformed;
  else if (parts.hasKey) status = ServiceStatus.keyIsSet;
  else if (heldMs < HELD_MS) status = ServiceStatus.buttonNotHeld;
  else if (parts.store.capacityWords <= LEDGER_WORDS) status = ServiceStatus.noMemory;
  // A memory that holds something else is not touched before somebody erases it.
  else if (parts.pump.keeper.isBlocked) status = ServiceStatus.noMemory;
  if (status !== ServiceStatus.done) return sayPlainly(parts, status, 1);
  takeNewKey(parts.security, packet, 0);
  parts.security.attempts = 0;
  noteAccess(parts, AccessKind.keySet, 0, nowMs);
  return writeAccess(parts, Doing.changingKey);
}

/** Ends therapy and erases the key, or erases a memory that this pump cannot use: by whoever holds the button. */
export function takeReset(parts: ServiceParts, packet: PacketBytes, heldMs: number, nowMs: number): ServiceNeed {
  const inbox = parts.inbox;
  const keeper = parts.pump.keeper;
  const erasesMemory = isText(parts, packet, ERASE_MEMORY);
  let status = ServiceStatus.done;
  if (heldMs < HELD_MS) status = ServiceStatus.buttonNotHeld;
  // A ledger that counts is never erased.
  else if (erasesMemory) {
    if (!keeper.isBlocked) status = ServiceStatus.notAllowed;
  } else if (!isText(parts, packet, ERASE_KEY)) status = ServiceStatus.malformed;
  // Of a memory that holds something else nothing is touched but a key that is there.
  else if (keeper.isBlocked) if (!parts.security.hasKey) status = ServiceStatus.noMemory;
  if (status !== ServiceStatus.done) return sayPlainly(parts, status, 1);
  if (erasesMemory) {
    parts.erasedWords = 0;
    return erase(parts);
  }
  inbox.add(EventKind.stop, nowMs, 0, 0, 0);
  inbox.add(EventKind.withdraw, nowMs, 0, 0, 0);
  closeSession(parts.gate);
  parts.gate.askedMs = NO_TIME;
  awaitOrder(parts.watch, EventKind.withdraw, 0, FRAME_HEAD_BYTES, MOST_PACKET_BYTES);
  parts.doing = Doing.withdrawing;
  return ServiceNeed.served;
}

/** The prescription is out of force, or that is durable; `isMet`: in time. Then the key goes: a cut of the power between the two leaves no therapy that runs without a key. */
export function goOnWithReset(parts: ServiceParts, isMet: boolean, nowMs: number): ServiceNeed {
  const security = parts.security;
  const watch = parts.watch;
  if (watch.awaited !== 0) {
    watch.awaited = 0;
    return sayPlainly(parts, ServiceStatus.notServed, 1);
  }
  if (isMet)
    if (!isDurable(parts)) {
      parts.doing = Doing.withdrawing;
      return ServiceNeed.durable;
    }
  dropKey(security);
  security.attempts = 0;
  noteAccess(parts, AccessKind.keyErased, 0, nowMs);
  // Both slots: the one that is not in force would still hold the key.
  writeSecurity(security, parts.store);
  breathe();
  return writeAccess(parts, Doing.changingKey);
}

/**
 * Erases the next words of the memory, the last ones first: what says that the rest is not to be trusted lies at its beginning. All of them: the program is
 * started anew.
 */
export function erase(parts: ServiceParts): ServiceNeed {
  const left = LEDGER_WORDS - parts.erasedWords;
  if (left <= 0) {
    parts.mustRestart = true;
    return sayPlainly(parts, ServiceStatus.done, 1);
  }
  const count = Math.min(ERASED_WORDS, left);
  for (let i = 0; i < count; i++) SCRATCH[i] = 0;
  parts.store.write(left - count, SCRATCH, count);
  parts.erasedWords = parts.erasedWords + count;
  parts.doing = Doing.erasingMemory;
  return ServiceNeed.memory;
}

function isText(parts: ServiceParts, packet: PacketBytes, text: string): boolean {
  if (packet.length !== text.length) return false;
  const wanted = parts.cipher.zeroBytes(text.length);
  wanted.blitAt(0, text, 0, text.length);
  return sameBytes(packet, 0, wanted, text.length);
}

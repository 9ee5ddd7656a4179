import { EventKind } from "../events";
import type { Inbox } from "../inbox";
import type { Pump } from "../pump";
import type { Store } from "../record/store";
import type { OrderWatch } from "./order-watch";
import type { Cipher, PacketBytes } from "./packet-bytes";
import { Direction, FRAME_HEAD_BYTES, FREE_ATTEMPTS, LONGEST_WAIT_MS, MAC_BYTES, ServiceStatus } from "./protocol";
import type { AccessKind } from "./protocol";
import { MOST_REGISTER_NUMBERS } from "./registers";
import type { AccessState } from "./registers";
import { writeSecurity } from "./security-record";
import type { SecurityRecord } from "./security-record";
import { hasSession, SessionGate } from "./session-gate";

/** What has to happen before the service goes on. */
export enum ServiceNeed {
  /** Nothing: the packet is done with, and no answer is due. */
  nothing = 0,
  /** The first `length` bytes of `reply` are the report to the command: to be sent. */
  send = 1,
  /** The store has to have written all that it was given. */
  memory = 2,
  /** The pump has to have been handed the order: `watch.isServed`. */
  served = 3,
  /** What it changed has to be durable: `isDurable`. */
  durable = 4,
  /** `pageWords` words have to be read from the memory. */
  page = 5,
}

/** What is under way until a need is met. */
export enum Doing {
  nothing = 0,
  opening = 1,
  attempting = 2,
  entering = 3,
  ordering = 4,
  paging = 5,
  rotating = 6,
  erasingMemory = 7,
  /** A key was set or erased. */
  changingKey = 8,
  /** The prescription is taken out of force before the key is erased. */
  withdrawing = 9,
}

/** What the parts of the service work on. */
export class ServiceParts implements AccessState {
  /** The packet that is being served. */
  packet: PacketBytes;
  /** What is to be sent, as many bytes as `length`. */
  reply: PacketBytes;
  length = 0;
  /** Length of the last sealed answer, for a frame that comes again; 0: there is none. */
  sealedLength = 0;
  doing = Doing.nothing;
  hasKey = false;
  hasSession = false;
  waitMs = 0;
  /** Words that were erased so far. */
  erasedWords = 0;
  /** The memory was erased: the program has to be started anew. */
  mustRestart = false;
  /** The words of the memory that `ServiceNeed.page` asks for: the first of them, and how many. */
  pagePlace = 0;
  pageWords = 0;
  readonly gate: SessionGate;
  /** Unsealed reports. */
  readonly plain: PacketBytes;

  /** `security`: what the memory was found to hold; read before the pump was made, which needs the room. */
  constructor(
    readonly pump: Pump,
    readonly inbox: Inbox,
    readonly store: Store,
    readonly watch: OrderWatch,
    readonly cipher: Cipher,
    readonly security: SecurityRecord,
  ) {
    this.gate = new SessionGate(pump.config, security, cipher, pump.nowMs);
    this.plain = cipher.zeroBytes(8 * MOST_REGISTER_NUMBERS);
    this.reply = this.plain;
    this.packet = this.plain;
  }
}

/** Finds who has access now. */
export function lookAtAccess(parts: ServiceParts, nowMs: number): void {
  parts.hasKey = parts.security.hasKey;
  parts.hasSession = hasSession(parts.gate, nowMs);
  // After so many failed attempts the next one has to wait, twice as long after each.
  const over = parts.security.attempts - FREE_ATTEMPTS;
  parts.waitMs = 0;
  if (over >= 0)
    parts.waitMs = Math.max(0, parts.gate.lastAttemptMs + Math.min(LONGEST_WAIT_MS, 1000 * 2 ** over) - nowMs);
}

/** The answer is `length` bytes long, head and body: it is sealed and sent. */
export function sealAnswer(parts: ServiceParts, status: ServiceStatus, length: number): ServiceNeed {
  const answer = parts.watch.answer;
  answer.setAt(5, "u8", status);
  const mac = parts.cipher.mac(parts.gate.sessionKey, Direction.toClient, answer, length);
  answer.blitAt(length, mac, 0, MAC_BYTES);
  parts.sealedLength = length + MAC_BYTES;
  return resend(parts);
}

/** The last sealed answer is sent, if there is one. */
export function resend(parts: ServiceParts): ServiceNeed {
  parts.reply = parts.watch.answer;
  parts.length = parts.sealedLength;
  if (parts.length === 0) return ServiceNeed.nothing;
  return ServiceNeed.send;
}

/** The answer has no body. */
export function sealStatus(parts: ServiceParts, status: ServiceStatus): ServiceNeed {
  return sealAnswer(parts, status, FRAME_HEAD_BYTES);
}

/** A report without a seal: the status in its first byte. */
export function sayPlainly(parts: ServiceParts, status: ServiceStatus, length: number): ServiceNeed {
  const plain = parts.plain;
  plain.setAt(0, "u8", status);
  parts.reply = plain;
  parts.length = length;
  return ServiceNeed.send;
}

/** Says without a seal that there is no session: a hint, since anybody could say so. */
export function hintNoSession(parts: ServiceParts): ServiceNeed {
  const plain = parts.plain;
  plain.blitAt(0, parts.packet, 0, 4);
  plain.setAt(4, "u32", ServiceStatus.noSession * 256);
  parts.reply = plain;
  parts.length = FRAME_HEAD_BYTES;
  return ServiceNeed.send;
}

/** The record of access is written; `doing` goes on when it is in the memory. */
export function writeAccess(parts: ServiceParts, doing: Doing): ServiceNeed {
  writeSecurity(parts.security, parts.store);
  parts.doing = doing;
  return ServiceNeed.memory;
}

/** Puts what was done about access into the pump's journal. */
export function noteAccess(parts: ServiceParts, kind: AccessKind, count: number, nowMs: number): void {
  parts.inbox.add(EventKind.access, nowMs, 0, count, kind);
}

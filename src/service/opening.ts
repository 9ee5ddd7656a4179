import type { PacketBytes } from "./packet-bytes";
import {
  AccessKind,
  CLIENT_NONCE_BYTES,
  FRAME_HEAD_BYTES,
  MAC_BYTES,
  OPEN_REPORT_BYTES,
  OPENING_MS,
  PROTOCOL,
  ServiceStatus,
} from "./protocol";
import { serveFrame } from "./sealed-frame";
import {
  Doing,
  hintNoSession,
  lookAtAccess,
  noteAccess,
  resend,
  sayPlainly,
  ServiceNeed,
  writeAccess,
} from "./service-parts";
import { attempt, challenge, isOfSession } from "./session-gate";
import type { ServiceParts } from "./service-parts";

/** A client asks for a session. */
export function takeOpen(parts: ServiceParts, packet: PacketBytes, nowMs: number): ServiceNeed {
  lookAtAccess(parts, nowMs);
  const plain = parts.plain;
  plain.fillAt(0, OPEN_REPORT_BYTES, 0);
  plain.setAt(1, "u8", PROTOCOL);
  plain.setAt(2, "u16", Math.ceil(parts.waitMs / 1000));
  let status = ServiceStatus.done;
  if (packet.length !== 1 + CLIENT_NONCE_BYTES) status = ServiceStatus.malformed;
  else if (packet.getAt(0, "u8") !== PROTOCOL) status = ServiceStatus.version;
  else if (!parts.hasKey) status = ServiceStatus.noKey;
  else if (parts.waitMs !== 0) status = ServiceStatus.wait;
  if (status !== ServiceStatus.done) return sayPlainly(parts, status, OPEN_REPORT_BYTES);
  if (parts.gate.hasCountedStart) return giveNonce(parts, true, nowMs);
  // Nonces are fresh by this count, whatever the board's random bytes are worth.
  parts.security.starts++;
  return writeAccess(parts, Doing.opening);
}

/** The start is counted, or the memory does not answer. */
export function giveNonce(parts: ServiceParts, isCounted: boolean, nowMs: number): ServiceNeed {
  if (!isCounted) return sayPlainly(parts, ServiceStatus.notStored, OPEN_REPORT_BYTES);
  parts.gate.hasCountedStart = true;
  challenge(parts.gate, parts.packet, 1, parts.plain, 4, nowMs);
  return sayPlainly(parts, ServiceStatus.done, OPEN_REPORT_BYTES);
}

/** A sealed frame has come: of the session, once more, the first of another one, or of none. */
export function takeSealed(parts: ServiceParts, frame: PacketBytes, nowMs: number): ServiceNeed {
  const gate = parts.gate;
  if (frame.length < FRAME_HEAD_BYTES + MAC_BYTES) return ServiceNeed.nothing;
  if (isOfSession(gate, frame, nowMs)) {
    // The same frame once more: its answer was lost.
    if (frame.getAt(0, "u32") === gate.counter) return resend(parts);
    return serveFrame(parts, frame, nowMs);
  }
  // A frame of a session that another client has ended comes here, too, and would use up that one's nonce.
  if (frame.getAt(0, "u32") === 1 && nowMs - gate.askedMs <= OPENING_MS) {
    // Counted before it is looked at: who cuts the power right behind a wrong one gains nothing.
    parts.security.attempts++;
    return writeAccess(parts, Doing.attempting);
  }
  if (gate.isOpen) return ServiceNeed.nothing;
  return hintNoSession(parts);
}

/** The attempt is counted, or the memory does not answer. */
export function goOnWithAttempt(parts: ServiceParts, isCounted: boolean, nowMs: number): ServiceNeed {
  const gate = parts.gate;
  const security = parts.security;
  if (!isCounted) return hintNoSession(parts);
  if (!attempt(gate, parts.packet, nowMs)) {
    noteAccess(parts, AccessKind.attemptFailed, security.attempts, nowMs);
    return hintNoSession(parts);
  }
  security.attempts = 0;
  noteAccess(parts, AccessKind.sessionOpened, security.starts, nowMs);
  return writeAccess(parts, Doing.entering);
}

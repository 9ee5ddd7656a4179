import type { PumpConfig } from "../config";
import { sameBytes } from "./packet-bytes";
import type { Cipher, PacketBytes } from "./packet-bytes";
import {
  CLIENT_NONCE_BYTES,
  DEVICE_NONCE_BYTES,
  Direction,
  IDLE_MS,
  KEY_BYTES,
  LONGEST_WAIT_MS,
  MAC_BYTES,
  OPENING_MS,
  PROTOCOL,
  SESSION_LABEL,
  SESSION_LABEL_BYTES,
  SESSION_SEED_BYTES,
} from "./protocol";
import { readKey } from "./security-record";
import type { SecurityRecord } from "./security-record";

// Where the parts of a session's seed lie.
const CLIENT_AT = SESSION_LABEL_BYTES + 1;
const DEVICE_AT = CLIENT_AT + CLIENT_NONCE_BYTES;
const SERIAL_AT = DEVICE_AT + DEVICE_NONCE_BYTES;
/** Before any start, in core time: a nonce that was asked for then is good no more. */
export const NO_TIME = -LONGEST_WAIT_MS - OPENING_MS;

/**
 * Who is in: one session at a time, opened by challenge and response with the device's key. It judges frames and seals answers; it does
 * not know what they say.
 */
export class SessionGate {
  /** Counter of the last frame that was taken; 0: none of this session. */
  counter = 0;
  /** A session is open, unless it has been idle for too long. */
  isOpen = false;
  /** This start of the program is counted. */
  hasCountedStart = false;
  openings = 0;
  heardMs = NO_TIME;
  lastAttemptMs: number;
  askedMs = NO_TIME;
  readonly seed: PacketBytes;
  readonly sessionKey: PacketBytes;

  /** `nowMs`: core time of the start; after failed attempts the wait begins anew with it. */
  constructor(
    config: PumpConfig,
    readonly security: SecurityRecord,
    readonly cipher: Cipher,
    nowMs: number,
  ) {
    this.lastAttemptMs = nowMs;
    const seed = cipher.zeroBytes(SESSION_SEED_BYTES);
    seed.blitAt(0, SESSION_LABEL, 0, SESSION_LABEL_BYTES);
    seed.setAt(SESSION_LABEL_BYTES, "u8", PROTOCOL);
    seed.setAt(SERIAL_AT, "f64", config.serial);
    this.seed = seed;
    this.sessionKey = cipher.zeroBytes(KEY_BYTES);
  }
}

/** A client asks for a session; `packet` brings its nonce at `place`. The device's goes to `to` at `at`, and is good for one attempt. */
export function challenge(
  gate: SessionGate,
  packet: PacketBytes,
  place: number,
  to: PacketBytes,
  at: number,
  nowMs: number,
): void {
  const seed = gate.seed;
  const random = gate.cipher.zeroBytes(DEVICE_NONCE_BYTES - 8);
  gate.openings = gate.openings + 1;
  gate.cipher.fillRandom(random);
  seed.blitAt(CLIENT_AT, packet, place, CLIENT_NONCE_BYTES);
  seed.setAt(DEVICE_AT, "u32", gate.security.starts);
  seed.setAt(DEVICE_AT + 4, "u32", gate.openings);
  seed.blitAt(DEVICE_AT + 8, random, 0, DEVICE_NONCE_BYTES - 8);
  to.blitAt(at, seed, DEVICE_AT, DEVICE_NONCE_BYTES);
  gate.askedMs = nowMs;
}

/** A session is open, and has not been idle for too long. */
export function hasSession(gate: SessionGate, nowMs: number): boolean {
  if (nowMs - gate.heardMs > IDLE_MS) gate.isOpen = false;
  return gate.isOpen;
}

/** The frame is of the open session: sealed with its key, and not older than the last one. Only one that was never heard keeps the session open. */
export function isOfSession(gate: SessionGate, frame: PacketBytes, nowMs: number): boolean {
  if (!hasSession(gate, nowMs)) return false;
  if (!isSealed(gate, frame, gate.sessionKey)) return false;
  const counter = frame.getAt(0, "u32");
  if (counter > gate.counter) gate.heardMs = nowMs;
  return counter >= gate.counter;
}

/**
 * The one attempt behind a challenge: true when `frame`, one with counter 1, is sealed with the key of the session that was asked for, which is open from then
 * on, and another one no more.
 */
export function attempt(gate: SessionGate, frame: PacketBytes, nowMs: number): boolean {
  const cipher = gate.cipher;
  const key = cipher.zeroBytes(KEY_BYTES);
  gate.askedMs = NO_TIME;
  gate.lastAttemptMs = nowMs;
  readKey(gate.security, key);
  const sessionKey = cipher.mac(key, Direction.none, gate.seed, SESSION_SEED_BYTES);
  key.fillAt(0, KEY_BYTES, 0);
  if (!isSealed(gate, frame, sessionKey)) return false;
  gate.sessionKey.blitAt(0, sessionKey, 0, KEY_BYTES);
  gate.isOpen = true;
  gate.counter = 0;
  gate.heardMs = nowMs;
  return true;
}

/** Ends the session. A nonce stays good: it may have been given to another client, who waits with it for this end. */
export function closeSession(gate: SessionGate): void {
  gate.isOpen = false;
  gate.sessionKey.fillAt(0, KEY_BYTES, 0);
}

function isSealed(gate: SessionGate, frame: PacketBytes, key: PacketBytes): boolean {
  const count = frame.length - MAC_BYTES;
  const mac = gate.cipher.mac(key, Direction.toPump, frame, count);
  return sameBytes(frame, count, mac, MAC_BYTES);
}

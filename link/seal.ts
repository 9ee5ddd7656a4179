import {
  Direction,
  FRAME_HEAD_BYTES,
  MAC_BYTES,
  PROTOCOL,
  SESSION_LABEL,
  SESSION_SEED_BYTES,
} from "../src/service/protocol";

/** HMAC-SHA256 (RFC 2104, FIPS 180-4): 32 bytes. */
export type Hmac = (key: Uint8Array, data: Uint8Array) => Promise<Uint8Array>;

/** That of the Web Crypto API, which a page has as well as Node. */
export async function webHmac(key: Uint8Array, data: Uint8Array): Promise<Uint8Array> {
  const { subtle } = globalThis.crypto;
  const imported = await subtle.importKey("raw", Uint8Array.from(key), { name: "HMAC", hash: "SHA-256" }, false, [
    "sign",
  ]);
  return new Uint8Array(await subtle.sign("HMAC", imported, Uint8Array.from(data)));
}

/** The key of a session: made of the device's key, what client and device added, and the pump's serial number. */
export function sessionKeyOf(
  hmac: Hmac,
  key: Uint8Array,
  clientNonce: Uint8Array,
  deviceNonce: Uint8Array,
  serial: number,
): Promise<Uint8Array> {
  const seed = new Uint8Array(SESSION_SEED_BYTES);
  const label = new TextEncoder().encode(SESSION_LABEL);
  seed.set(label);
  seed[label.length] = PROTOCOL;
  seed.set(clientNonce, label.length + 1);
  seed.set(deviceNonce, label.length + 1 + clientNonce.length);
  new DataView(seed.buffer).setFloat64(SESSION_SEED_BYTES - 8, serial, true);
  return hmac(key, seed);
}

async function macOf(hmac: Hmac, sessionKey: Uint8Array, direction: Direction, frame: Uint8Array): Promise<Uint8Array> {
  const data = new Uint8Array(1 + frame.length);
  data[0] = direction;
  data.set(frame, 1);
  return (await hmac(sessionKey, data)).subarray(0, MAC_BYTES);
}

/** A frame of a session: counter, kind, body, and the MAC over them. */
export async function sealedFrame(
  hmac: Hmac,
  sessionKey: Uint8Array,
  direction: Direction.toPump | Direction.toClient,
  head: { readonly counter: number; readonly kind: number; readonly status?: number },
  body: Uint8Array,
): Promise<Uint8Array> {
  const frame = new Uint8Array(FRAME_HEAD_BYTES + body.length + MAC_BYTES);
  new DataView(frame.buffer).setUint32(0, head.counter, true);
  frame[4] = head.kind;
  frame[5] = head.status ?? 0;
  frame.set(body, FRAME_HEAD_BYTES);
  const end = frame.length - MAC_BYTES;
  frame.set(await macOf(hmac, sessionKey, direction, frame.subarray(0, end)), end);
  return frame;
}

/** Whether the MAC at the end of `frame` is the right one. */
export async function isSealed(
  hmac: Hmac,
  sessionKey: Uint8Array,
  direction: Direction.toPump | Direction.toClient,
  frame: Uint8Array,
): Promise<boolean> {
  const end = frame.length - MAC_BYTES;
  if (end < FRAME_HEAD_BYTES) return false;
  const mac = await macOf(hmac, sessionKey, direction, frame.subarray(0, end));
  let difference = 0;
  for (let i = 0; i < MAC_BYTES; i++) difference |= (mac[i] ?? 0) ^ (frame[end + i] ?? 0);
  return difference === 0;
}

/** A new key as it crosses the link: nobody who only listens learns it. */
export async function maskedKey(
  hmac: Hmac,
  sessionKey: Uint8Array,
  counter: number,
  newKey: Uint8Array,
): Promise<Uint8Array> {
  const data = new Uint8Array(5);
  data[0] = Direction.newKey;
  new DataView(data.buffer).setUint32(1, counter, true);
  const mask = await hmac(sessionKey, data);
  return newKey.map((byte, i) => byte ^ (mask[i] ?? 0));
}

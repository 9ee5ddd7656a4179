/** Bytes of a Jacdac frame before its first packet. */
export const FRAME_HEADER_BYTES = 12;
/** Bytes of a packet before what it carries. */
export const PACKET_HEADER_BYTES = 4;

/** Most bytes that one packet carries. */
export const MOST_PAYLOAD_BYTES = 236;

/** Most bytes of a frame with its header. */
export const MOST_FRAME_BYTES = FRAME_HEADER_BYTES + PACKET_HEADER_BYTES + MOST_PAYLOAD_BYTES;

/** Flag of a frame whose packets are commands. */
export const FLAG_COMMAND = 1;
/** Index of the simulator's own service on the program's server device, as in `boards/service`; the pump's has 1. */
export const HOST_SERVICE_INDEX = 2;
const CONTROL_SERVICE = 0;
const ANNOUNCE_COMMAND = 0;

/** CRC-16/CCITT as Jacdac uses it (polynomial 0x1021, start 0xffff), over the bytes after the CRC itself. */
export function crc16(bytes: Uint8Array): number {
  let crc = 0xffff;
  for (const byte of bytes) {
    let x = (crc >> 8) ^ byte;
    x ^= x >> 4;
    crc = ((crc << 8) ^ (x << 12) ^ (x << 5) ^ x) & 0xffff;
  }
  return crc;
}

function frame(device: Uint8Array, flags: number, service: number, command: number, payload: Uint8Array): Uint8Array {
  if (payload.length > MOST_PAYLOAD_BYTES) throw new RangeError(`a packet carries ${MOST_PAYLOAD_BYTES} bytes`);
  const padded = (payload.length + 3) & ~3;
  const bytes = new Uint8Array(FRAME_HEADER_BYTES + PACKET_HEADER_BYTES + padded);
  const view = new DataView(bytes.buffer);
  bytes[2] = PACKET_HEADER_BYTES + padded;
  bytes[3] = flags;
  bytes.set(device, 4);
  bytes[12] = payload.length;
  bytes[13] = service;
  view.setUint16(14, command, true);
  bytes.set(payload, FRAME_HEADER_BYTES + PACKET_HEADER_BYTES);
  view.setUint16(0, crc16(bytes.subarray(2)), true);
  return bytes;
}

/**
 * The announcement of a device with services of these classes, the first of which has index 1. The runtime ignores commands to a device
 * that has not been announced, so the host announces the program's own server device in its place.
 */
export function announceFrame(device: Uint8Array, ...serviceClasses: number[]): Uint8Array {
  const payload = new Uint8Array(4 + 4 * serviceClasses.length);
  const view = new DataView(payload.buffer);
  // Restart counter at its end and the bit that says "supports acknowledgements".
  view.setUint32(0, 0x10f, true);
  serviceClasses.forEach((serviceClass, index) => view.setUint32(4 + 4 * index, serviceClass, true));
  return frame(device, 0, CONTROL_SERVICE, ANNOUNCE_COMMAND, payload);
}

/** A command to a service of a device; without one that service of the pump's which its simulator talks to. */
export function commandFrame(
  device: Uint8Array,
  command: number,
  payload: Uint8Array,
  service = HOST_SERVICE_INDEX,
): Uint8Array {
  return frame(device, FLAG_COMMAND, service, command, payload);
}

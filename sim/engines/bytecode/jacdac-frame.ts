/** Bytes of a Jacdac frame before its first packet. */
const FRAME_HEADER_BYTES = 12;
const PACKET_HEADER_BYTES = 4;

/** Most bytes that one packet carries. */
export const MOST_PAYLOAD_BYTES = 236;

const FLAG_COMMAND = 1;
const CONTROL_SERVICE = 0;
const ANNOUNCE_COMMAND = 0;

/** CRC-16/CCITT as Jacdac uses it (polynomial 0x1021, start 0xffff), over the bytes after the CRC itself. */
function crc16(bytes: Uint8Array): number {
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
 * The announcement of a device with one service. The runtime ignores commands to a device that has not been announced, so the host
 * announces the program's own server device in its place.
 */
export function announceFrame(device: Uint8Array, serviceClass: number): Uint8Array {
  const payload = new Uint8Array(8);
  const view = new DataView(payload.buffer);
  // Restart counter at its end and the bit that says "supports acknowledgements".
  view.setUint32(0, 0x10f, true);
  view.setUint32(4, serviceClass, true);
  return frame(device, 0, CONTROL_SERVICE, ANNOUNCE_COMMAND, payload);
}

/** A command to service 1 of a device. */
export function commandFrame(device: Uint8Array, command: number, payload: Uint8Array): Uint8Array {
  return frame(device, FLAG_COMMAND, 1, command, payload);
}

import {
  crc16,
  FLAG_COMMAND,
  FRAME_HEADER_BYTES,
  HOST_SERVICE_INDEX,
  MOST_FRAME_BYTES,
  PACKET_HEADER_BYTES,
} from "./jacdac-frame";

/**
 * `bytes` are one frame that a bus may carry: its length is what its header says, its first packet lies within it, and its CRC holds. The
 * runtime itself judges the CRC only, and those packets that follow the first; a first one that is longer than its frame would overwrite
 * what lies behind it.
 */
export function isFrame(bytes: Uint8Array): boolean {
  if (bytes.length < FRAME_HEADER_BYTES + PACKET_HEADER_BYTES || bytes.length > MOST_FRAME_BYTES) return false;
  if (bytes.length !== FRAME_HEADER_BYTES + (bytes[2] ?? 0)) return false;
  if (bytes.length < FRAME_HEADER_BYTES + PACKET_HEADER_BYTES + (bytes[FRAME_HEADER_BYTES] ?? 0)) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return view.getUint16(0, true) === crc16(bytes.subarray(2));
}

/**
 * A frame from outside asks something of the service by which the simulator hands its program what is simulated: configuration, inputs,
 * button. No board has that service, so nobody but the simulator may talk to it.
 */
export function isForSimulator(frame: Uint8Array, device: Uint8Array): boolean {
  if (((frame[3] ?? 0) & FLAG_COMMAND) === 0) return false;
  for (let i = 0; i < device.length; i++) if (frame[4 + i] !== device[i]) return false;
  return serviceIndices(frame).includes(HOST_SERVICE_INDEX);
}

/**
 * The service of each packet of a frame, found just as the runtime finds them (`jd_shift_frame` of jacdac-c's jd_util.c): it moves each packet
 * to the front of the frame and puts a mark with the place of the next one behind it.
 */
function serviceIndices(frame: Uint8Array): number[] {
  const data = new Uint8Array(MOST_FRAME_BYTES);
  data.set(frame.subarray(FRAME_HEADER_BYTES));
  const size = frame.length - FRAME_HEADER_BYTES;
  const at = (place: number): number => data[place] ?? 0;
  const indices = [at(1)];
  for (;;) {
    const end = at(0) + PACKET_HEADER_BYTES;
    if (aligned(end) >= size) return indices;
    const next = at(end) === 0xff ? at(end + 1) : aligned(end);
    if (next >= size || next < end) return indices;
    const bytes = at(next) + PACKET_HEADER_BYTES;
    if (next + bytes > size) return indices;
    data.copyWithin(0, next, next + aligned(bytes));
    data[bytes] = 0xff;
    data[bytes + 1] = next + aligned(bytes);
    indices.push(at(1));
  }
}

function aligned(bytes: number): number {
  return (bytes + 3) & ~3;
}

import { MOST_PACKET_BYTES } from "../src/service/protocol";
import { crc16 } from "./crc16";
import { deviceIdAt, deviceIdBytes } from "./device-id";
import type { DeviceId } from "./device-id";

/** Bytes of a frame before its first packet: CRC, length, flags, device. */
const FRAME_HEAD_BYTES = 12;
/** Bytes of a packet before its payload: length, service, command. */
const PACKET_HEAD_BYTES = 4;

/** Most bytes of a frame. */
export const MOST_FRAME_BYTES = FRAME_HEAD_BYTES + PACKET_HEAD_BYTES + MOST_PACKET_BYTES;

const FLAG_COMMAND = 0x01;
const FLAG_BROADCAST = 0x04;
const FLAG_LOOPBACK = 0x40;
/** Of a later version of Jacdac, with another layout. */
const FLAG_NEXT_VERSION = 0x80;

/** Service index of every device's control service. */
export const CONTROL_SERVICE = 0;
/** Command and report of the control service by which a device says which services it has. */
export const ANNOUNCE = 0;

/** One packet of a frame. */
export interface Packet {
  /** Whom a command is for; from whom a report comes. */
  readonly device: DeviceId;
  readonly isCommand: boolean;
  /** True: `device` is a class of services, and the command is for all of them. */
  readonly isBroadcast: boolean;
  /** Service index, 0 to 63. */
  readonly service: number;
  /** Service command, u16. */
  readonly command: number;
  /** At most 236 bytes, a view into the frame. */
  readonly payload: Uint8Array;
}

/** Whether `frame` is a whole frame with the right checksum. Bytes behind it do not matter. */
export function isFrame(frame: Uint8Array): boolean {
  const end = FRAME_HEAD_BYTES + (frame[2] ?? 0);
  if (frame.length < end || end > MOST_FRAME_BYTES) return false;
  return crc16(frame, 2, end) === (frame[0] ?? 0) + (frame[1] ?? 0) * 256;
}

/**
 * The packets of a frame, in order. None when it is cut, longer than a frame can be, of a later version, or when its checksum is wrong; what does not fit into
 * it at its end is left out. Takes any bytes and never throws.
 */
export function packetsIn(frame: Uint8Array): Packet[] {
  const packets: Packet[] = [];
  const flags = frame[3] ?? 0;
  if ((flags & FLAG_NEXT_VERSION) !== 0 || !isFrame(frame)) return packets;
  const end = FRAME_HEAD_BYTES + (frame[2] ?? 0);
  const device = deviceIdAt(frame, 4);
  let at = FRAME_HEAD_BYTES;
  while (at + PACKET_HEAD_BYTES <= end) {
    const first = at + PACKET_HEAD_BYTES;
    const last = first + (frame[at] ?? 0);
    if (last > end) break;
    packets.push({
      device,
      isCommand: (flags & FLAG_COMMAND) !== 0,
      isBroadcast: (flags & FLAG_BROADCAST) !== 0,
      service: (frame[at + 1] ?? 0) & 0x3f,
      command: (frame[at + 2] ?? 0) + (frame[at + 3] ?? 0) * 256,
      payload: frame.subarray(first, last),
    });
    at = (last + 3) & ~3;
  }
  return packets;
}

function frameOf(device: Uint8Array, flags: number, service: number, command: number, payload: Uint8Array): Uint8Array {
  if (payload.length > MOST_PACKET_BYTES)
    throw new RangeError(`a packet carries ${MOST_PACKET_BYTES} bytes, not ${payload.length}`);
  const size = PACKET_HEAD_BYTES + ((payload.length + 3) & ~3);
  const bytes = new Uint8Array(FRAME_HEAD_BYTES + size);
  bytes[2] = size;
  bytes[3] = flags;
  bytes.set(device, 4);
  bytes[12] = payload.length;
  bytes[13] = service;
  bytes[14] = command & 0xff;
  bytes[15] = command >> 8;
  bytes.set(payload, FRAME_HEAD_BYTES + PACKET_HEAD_BYTES);
  const crc = crc16(bytes, 2, bytes.length);
  bytes[0] = crc & 0xff;
  bytes[1] = crc >> 8;
  return bytes;
}

/** A frame with one command to a service of `device`. Throws a RangeError for a payload of more than 236 bytes. */
export function commandFrame(device: DeviceId, service: number, command: number, payload: Uint8Array): Uint8Array {
  return frameOf(deviceIdBytes(device), FLAG_COMMAND, service, command, payload);
}

/** A frame with one report of a service of `device`. Throws as {@link commandFrame} does. */
export function reportFrame(device: DeviceId, service: number, command: number, payload: Uint8Array): Uint8Array {
  return frameOf(deviceIdBytes(device), 0, service, command, payload);
}

/** A frame with a command without payload to every service of a class; `isLocal`: it is not passed on by the bridge that gets it. */
export function broadcastFrame(serviceClass: number, command: number, isLocal: boolean): Uint8Array {
  // The upper half marks it as no device's id (JD_DEVICE_IDENTIFIER_BROADCAST_MARK); service index of a broadcast.
  const target = new Uint8Array(8).fill(0xaa);
  new DataView(target.buffer).setUint32(0, serviceClass, true);
  const flags = FLAG_COMMAND | FLAG_BROADCAST | (isLocal ? FLAG_LOOPBACK : 0);
  return frameOf(target, flags, 0x3d, command, new Uint8Array(0));
}

/**
 * The announcement of a device with services of these classes, at indices from 1 on. The runtime drops commands to a device that was not announced in the last 2 s,
 * so who talks to a pump announces its program's device in its place.
 */
export function announceFrame(device: DeviceId, classes: readonly number[]): Uint8Array {
  const payload = new Uint8Array(4 + 4 * classes.length);
  const view = new DataView(payload.buffer);
  // The restart counter at its end, and the bit for "supports acknowledgements".
  view.setUint32(0, 0x10f, true);
  for (const [index, serviceClass] of classes.entries()) view.setUint32(4 + 4 * index, serviceClass, true);
  return reportFrame(device, CONTROL_SERVICE, ANNOUNCE, payload);
}

/** The classes of the services that a packet announces, from index 1 on; `undefined`: it announces nothing. */
export function announcedClasses(packet: Packet): number[] | undefined {
  const { payload } = packet;
  if (packet.isCommand || packet.isBroadcast || packet.service !== CONTROL_SERVICE || packet.command !== ANNOUNCE)
    return undefined;
  if (payload.length < 4) return undefined;
  const view = new DataView(payload.buffer, payload.byteOffset, payload.length);
  const classes: number[] = [];
  for (let at = 4; at + 4 <= payload.length; at += 4) classes.push(view.getUint32(at, true));
  return classes;
}

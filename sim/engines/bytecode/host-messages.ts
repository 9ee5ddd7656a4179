import { configNumbers } from "../../../config/pump-config";
import { prescriptionNumbers } from "../../../src/prescription/prescription";
import type { Prescription } from "../../../src/prescription/prescription";
import { recordNames } from "../../../src/record/state-record";
import { HostCode, HostPacket, RECORD_BYTES, RECORD_TIME, WRITE_BYTES } from "../../../src/simulation/host-protocol";
import type { EngineInput } from "../engine";
import type { ProgramStart } from "../program";
import { MOST_PAYLOAD_BYTES } from "./jacdac-frame";

/** One record of a message from the program: see `src/simulation/host-protocol`. */
export interface HostRecord {
  readonly code: number;
  /** Core time in ms. */
  readonly atMs: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
}

/** The records of a message, in order; what is left over at its end is no record. */
export function* recordsOf(data: DataView): Generator<HostRecord> {
  for (let at = 0; at + RECORD_BYTES <= data.byteLength; at += RECORD_BYTES) {
    const field = (index: number): number => data.getFloat64(at + RECORD_TIME + 8 * index, true);
    yield { code: data.getUint32(at, true), atMs: field(0), a: field(1), b: field(2), c: field(3), d: field(4) };
  }
}

/** A write to the memory. */
export interface MemoryWrite {
  readonly place: number;
  readonly words: readonly number[];
}

/** The write that a message tells of; `undefined`: it holds something else. */
export function writeIn(data: DataView): MemoryWrite | undefined {
  if (data.byteLength < WRITE_BYTES || data.byteLength % 4 !== 0) return undefined;
  if (data.getUint32(0, true) !== Number(HostCode.memory)) return undefined;
  const words: number[] = [];
  for (let at = WRITE_BYTES; at < data.byteLength; at += 4) words.push(data.getUint32(at, true));
  return { place: data.getUint32(4, true), words };
}

/** The packets that make the program's pump. */
export function bootPackets({ config, record, image, capacityWords }: ProgramStart): Uint8Array[] {
  const numbers = recordNames().map((name) => record[name]);
  return [
    ...listPackets(HostPacket.config, configNumbers(config)),
    ...listPackets(HostPacket.record, [...numbers, ...record.drugs]),
    ...imagePackets(image),
    doubles([HostPacket.configured, capacityWords]),
  ];
}

/** The packets that bring the ledger's words, those with something in them. */
function imagePackets(image: readonly number[]): Uint8Array[] {
  return listPackets(HostPacket.memory, image).filter((packet) => {
    return new Float64Array(packet.buffer).subarray(2).some((word) => word !== 0);
  });
}

/** The packets that bring the prescription of the next `stage`. */
export function draftPackets(prescription: Prescription): Uint8Array[] {
  return listPackets(HostPacket.draft, prescriptionNumbers(prescription));
}

/** The packet that hands the program an input, under its time in ms of core time. */
export function eventPacket(input: EngineInput, atMs: number): Uint8Array {
  const { kind, id, count, detail, commandId = 0 } = input;
  return doubles([kind, atMs, id, count, detail, commandId, ...(input.values ?? [])]);
}

/** The packets that bring words of the memory that the program asked for; the first lies at `place`. */
export function pagePackets(place: number, words: readonly number[]): Uint8Array[] {
  const packets: Uint8Array[] = [];
  for (let first = 0; first < words.length; first += WORDS_IN_PAGE) {
    const some = words.slice(first, first + WORDS_IN_PAGE);
    const head = doubles([HostPacket.page, place + first]);
    const packet = new Uint8Array(head.length + 4 * some.length);
    packet.set(head);
    const view = new DataView(packet.buffer);
    some.forEach((word, index) => view.setUint32(head.length + 4 * index, word, true));
    packets.push(packet);
  }
  return packets;
}

/** The packet that tells since when the button is held, in ms of core time; NEVER_MS: it is up. */
export function heldPacket(sinceMs: number): Uint8Array {
  return doubles([HostPacket.held, sinceMs]);
}

/** Words of the memory in a packet beside its kind and the place of the first. */
const WORDS_IN_PAGE = Math.floor((MOST_PAYLOAD_BYTES - 2 * Float64Array.BYTES_PER_ELEMENT) / 4);

/** Numbers in a packet beside its kind and the place of the first. */
const NUMBERS_IN_PACKET = Math.floor(MOST_PAYLOAD_BYTES / Float64Array.BYTES_PER_ELEMENT) - 2;

function listPackets(kind: HostPacket, numbers: readonly number[]): Uint8Array[] {
  const packets: Uint8Array[] = [];
  for (let place = 0; place < numbers.length; place += NUMBERS_IN_PACKET)
    packets.push(doubles([kind, place, ...numbers.slice(place, place + NUMBERS_IN_PACKET)]));
  return packets;
}

function doubles(values: readonly number[]): Uint8Array {
  return new Uint8Array(Float64Array.from(values).buffer);
}

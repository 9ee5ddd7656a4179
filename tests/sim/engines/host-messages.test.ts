import { prescriptionNumbers } from "../../../src/prescription/prescription";
import { expect, test } from "vitest";
import { MOST_PAYLOAD_BYTES } from "../../../sim/engines/bytecode/jacdac-frame";
import {
  bootPackets,
  draftPackets,
  eventPacket,
  heldPacket,
  pagePackets,
} from "../../../sim/engines/bytecode/host-messages";
import { plainInput } from "../../../sim/engines/engine";
import { configNames, drugNames, MOST_LIBRARY_DRUGS, readConfig } from "../../../src/config";
import { configNumbers } from "../../../config/pump-config";
import type { PumpConfig } from "../../../src/config";
import { EventKind } from "../../../src/events";
import { LEDGER_WORDS } from "../../../src/record/memory-map";
import { recordNames, StateRecord } from "../../../src/record/state-record";
import { HostPacket } from "../../../src/simulation/host-protocol";
import { drugs, prescribed, REFERENCE_PUMP } from "../../src/reference-pump";

/** A configuration whose numbers are all different, so that none can be taken for another. */
function numbered(): PumpConfig {
  const numbers = Array.from(
    { length: configNames().length + MOST_LIBRARY_DRUGS * drugNames().length },
    (_, place) => place + 1,
  );
  return readConfig(numbers);
}

/** The lists that packets bring, put together as the program does. */
function listsOf(packets: readonly Uint8Array[]): Map<number, number[]> {
  const lists = new Map<number, number[]>();
  for (const packet of packets) {
    expect(packet.length).toBeLessThanOrEqual(MOST_PAYLOAD_BYTES);
    const [kind = 0, place = 0, ...numbers] = new Float64Array(packet.buffer);
    const list = lists.get(kind) ?? [];
    numbers.forEach((value, index) => (list[place + index] = value));
    lists.set(kind, list);
  }
  return lists;
}

test("a configuration crosses with its whole library", () => {
  expect(readConfig(configNumbers(numbered()))).toEqual(numbered());
  expect(readConfig(configNumbers(REFERENCE_PUMP))).toEqual(REFERENCE_PUMP);
});

test("what a pump is made of crosses in packets that fit, the last of which says that all is there", () => {
  const record = new StateRecord();
  const names = recordNames();
  names.forEach((name, place) => (record[name] = place + 100));
  drugs(7, 8, 9).forEach((ngPerUl, place) => (record.drugs[place] = ngPerUl));
  const packets = bootPackets({ config: numbered(), record, image: [], capacityWords: 8192 });
  const lists = listsOf(packets);
  expect(readConfig(lists.get(HostPacket.config) ?? [])).toEqual(numbered());
  expect(lists.get(HostPacket.record)).toEqual([...names.map((name) => record[name]), ...record.drugs]);
  expect(lists.has(HostPacket.memory)).toBe(false);
  expect([...new Float64Array(packets.at(-1)?.buffer ?? new ArrayBuffer(0))]).toEqual([HostPacket.configured, 8192]);
});

test("of a memory crosses what is not blank", () => {
  const image = Array.from({ length: LEDGER_WORDS }, (_, word) => (word === 1000 ? 4294967295 : 0));
  const start = { config: numbered(), record: new StateRecord(), capacityWords: 8192 };
  const packets = bootPackets({ ...start, image });
  const list = listsOf(packets).get(HostPacket.memory) ?? [];
  expect(list.findIndex((word) => word === 4294967295)).toBe(1000);
  expect(packets.length - bootPackets({ ...start, image: [] }).length).toBe(1);
});

test("a prescription crosses in packets that fit, and the widest input in one", () => {
  const prescription = prescribed();
  expect(listsOf(draftPackets(prescription)).get(HostPacket.draft)).toEqual(prescriptionNumbers(prescription));
  const values = prescription.concentrationNgPerUl;
  const packet = eventPacket(plainInput(EventKind.refill, { id: 1, count: 2, detail: 3, commandId: 5, values }), 4);
  expect([...new Float64Array(packet.buffer)]).toEqual([EventKind.refill, 4, 1, 2, 3, 5, ...values]);
  expect(packet.length).toBeLessThanOrEqual(MOST_PAYLOAD_BYTES);
});

test("words of the memory cross in pages that fit and come in order, and so does the button", () => {
  const words = Array.from({ length: 130 }, (_, i) => 4294967295 - i);
  const packets = pagePackets(7, words);
  const crossed: number[] = [];
  for (const packet of packets) {
    expect(packet.length).toBeLessThanOrEqual(MOST_PAYLOAD_BYTES);
    const view = new DataView(packet.buffer);
    expect(view.getFloat64(0, true)).toBe(HostPacket.page);
    expect(view.getFloat64(8, true)).toBe(7 + crossed.length);
    for (let at = 16; at < packet.length; at += 4) crossed.push(view.getUint32(at, true));
  }
  expect(crossed).toEqual(words);
  expect([...new Float64Array(heldPacket(123).buffer)]).toEqual([HostPacket.held, 123]);
});

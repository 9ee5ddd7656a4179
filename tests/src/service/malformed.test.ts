import { describe, expect, test } from "vitest";
import { EventKind } from "../../../src/events";
import { PRESCRIPTION_FIELDS } from "../../../src/prescription/prescription";
import { ringEntries, ringPlace } from "../../../src/record/event-log";
import {
  GET_REGISTER,
  MOST_PACKET_BYTES,
  Register,
  SealedKind,
  ServiceCommand,
  ServiceStatus,
} from "../../../src/service/protocol";
import { draftBody, f64, joined, orderBody } from "./key-holder";
import { expectStatus, NO_NUMBERS, opened } from "./attacked-pump";
import { stateOf } from "./served-pump";

describe("commands of every length", () => {
  const commands = [
    ServiceCommand.open,
    ServiceCommand.sealed,
    ServiceCommand.setKey,
    ServiceCommand.reset,
    0,
    0x84,
    0xffff,
  ];

  test.each(commands)("command %i: nothing changes, and no byte beyond its end is looked at (SEC-013)", (command) => {
    const { served } = opened();
    const before = stateOf(served.pump);
    const memory = served.memory.contents();
    for (let length = 0; length <= MOST_PACKET_BYTES; length++)
      for (const fill of [0, 1, 0x7f, 0xff]) served.ask(command, new Uint8Array(length).fill(fill));
    expect(stateOf(served.turn().pump)).toBe(before);
    expect(Buffer.compare(served.memory.contents(), memory)).toBe(0);
  });

  test("registers are read whatever is sent along, and there are six (SEC-013)", () => {
    const { served } = opened();
    const before = stateOf(served.pump);
    const bytes: number[] = [];
    for (let register = 0; register <= 0xfff; register++) {
      const length = register % (MOST_PACKET_BYTES + 1);
      const report = served.ask(GET_REGISTER + register, new Uint8Array(length).fill(0xff));
      if (report !== undefined) bytes.push(register, report.length);
    }
    expect(bytes).toEqual([
      ...[Register.identity, 48, Register.state, 72, Register.alarms, 32],
      ...[Register.residual, 32, Register.rate, 16, Register.totals, 32],
    ]);
    expect(stateOf(served.pump)).toBe(before);
  });
});

describe("sealed frames of every length", () => {
  test.each([0, 2, 3, 4, 5, 6, 7, 8, 9, 127, 255])(
    "kind %i: one length is right, and all others are malformed (SEC-013)",
    (kind) => {
      const { clinician } = opened();
      const right = new Map([
        [SealedKind.draft, 8],
        [SealedKind.report, 4],
        [SealedKind.log, 8],
        [SealedKind.rotate, 32],
        [SealedKind.close, 0],
        [SealedKind.ping, 0],
      ]).get(kind);
      for (let length = 0; length <= MOST_PACKET_BYTES - 24; length++)
        if (length !== right) expectStatus(clinician, kind, new Uint8Array(length), ServiceStatus.malformed);
      if (right !== undefined) expect(clinician.send(kind, new Uint8Array(right))).toBe(ServiceStatus.done);
    },
  );

  test("an order has four to twelve numbers, and nothing beside them (SEC-013)", () => {
    const { served, clinician } = opened();
    for (let length = 0; length <= MOST_PACKET_BYTES - 24; length++) {
      const values = (length - 40) / 8;
      const body = orderBody(EventKind.silence, served.pump.orders.highestCommandId + 1, ...Array<number>(40).fill(0));
      if (Number.isInteger(values) && values >= 0 && values <= 8)
        expect(clinician.send(SealedKind.order, body.slice(0, length)), `${length} bytes`).toBe(ServiceStatus.done);
      else expectStatus(clinician, SealedKind.order, body.slice(0, length), ServiceStatus.malformed);
    }
  });

  test("a cursor or an entry number of any size is answered, and changes nothing (SEC-013)", () => {
    const { served, clinician } = opened();
    served.pass(3600000);
    expect(clinician.open()).toBe(true);
    const answers = new Set<number>();
    for (let cursor = 0; cursor <= 65535; cursor += 251) {
      const before = stateOf(served.pump);
      expect(clinician.send(SealedKind.report, Uint8Array.of(cursor & 255, cursor >> 8, 0, 0))).toBe(
        ServiceStatus.done,
      );
      expect(stateOf(served.pump)).toBe(before);
      answers.add(clinician.body.length);
    }
    expect(answers.size).toBeGreaterThan(1);
    for (const ring of [0, 1, 255])
      for (const first of [0, 1, 2, 15, 16, 17, 2 ** 31, 2 ** 32 - 1]) {
        const from = new Uint8Array(4);
        new DataView(from.buffer).setUint32(0, first, true);
        expect(clinician.send(SealedKind.log, joined([ring, 0, 0, 0], from))).toBe(ServiceStatus.done);
        const taken = new DataView(clinician.body.buffer).getUint32(0, true);
        expect(clinician.body.length).toBe(8 + 12 * Math.max(0, Math.min(16, taken - first)));
      }
  });
});

describe("the journal", () => {
  test("is read from the oldest entry that is still there, whatever entry is asked for (SEC-013)", () => {
    const { served, clinician } = opened();
    const words = served.memory.capacityWords;
    const entries = ringEntries(false, words);
    while (served.pump.eventLog.events.count <= entries + 100) {
      served.loop.inbox.add(EventKind.access, served.nowMs, 0, 0, 0);
      served.turn();
    }
    const total = served.pump.eventLog.events.count;
    for (const asked of [0, 1, 99, 101, total - entries]) {
      const from = new Uint8Array(4);
      new DataView(from.buffer).setUint32(0, asked, true);
      expect(clinician.send(SealedKind.log, joined([0, 0, 0, 0], from))).toBe(ServiceStatus.done);
      const view = new DataView(clinician.body.buffer);
      expect([view.getUint32(0, true), view.getUint32(4, true)]).toEqual([total, total - entries]);
      // It ends where the ring does.
      const place = ringPlace(false, words) + 3 * ((total - entries) % entries);
      expect([...new Uint32Array(clinician.body.slice(8).buffer)]).toEqual(
        served.memory.words(place, (clinician.body.length - 8) / 4),
      );
    }
  });
});

describe("parts of a prescription", () => {
  test("lie within it, 25 numbers at most, all of them whole, or none is taken (SEC-013)", () => {
    const { clinician } = opened();
    for (let first = 0; first <= 255; first += first < 66 ? 1 : 9)
      for (const count of [0, 1, 25, 26, 255]) {
        const body = joined([first, count, 0, 0, 0, 0, 0, 0], f64(...Array<number>(Math.min(count, 25)).fill(3)));
        const fits = count <= 25 && first + count <= PRESCRIPTION_FIELDS;
        if (fits) expect(clinician.send(SealedKind.draft, body)).toBe(ServiceStatus.done);
        else expectStatus(clinician, SealedKind.draft, body, ServiceStatus.malformed);
      }
    for (const number of NO_NUMBERS)
      for (const at of [0, 12, 24]) {
        const numbers = Array<number>(25).fill(7);
        numbers[at] = number;
        expectStatus(clinician, SealedKind.draft, draftBody(0, numbers), ServiceStatus.malformed);
      }
  });
});

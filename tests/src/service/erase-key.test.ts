import { describe, expect, test } from "vitest";
import { TherapyMode } from "../../../src/delivery/therapy";
import { EventKind } from "../../../src/events";
import { JournalCode, StartRefusal } from "../../../src/record/journal";
import { LEDGER_PLACE, LEDGER_WORDS } from "../../../src/record/memory-map";
import { AccessKind, HELD_MS, SealedKind, ServiceCommand, ServiceStatus } from "../../../src/service/protocol";
import { digestOfPrescription, REFERENCE_PRESCRIPTION } from "../reference-pump";
import { KEY, KeyHolder, OTHER_KEY } from "./key-holder";
import { ERASE_KEY, ERASE_MEMORY, expectUnheard, running, tracesOf } from "./keyed-pump";
import { PowerLost, ServedPump } from "./served-pump";

describe("erasing the key", () => {
  test.each([0, HELD_MS - 1])("does nothing while the button has been held for %i ms (SEC-006)", (heldMs) => {
    const { served, clinician } = running();
    served.heldMs = heldMs;
    expectUnheard(served, ServiceCommand.reset, ERASE_KEY, ServiceStatus.buttonNotHeld);
    expectUnheard(served, ServiceCommand.reset, ERASE_MEMORY, ServiceStatus.buttonNotHeld);
    expect(clinician.open()).toBe(true);
  });

  test("wants its own words: any other text does nothing, and a ledger that counts is never erased (SEC-006)", () => {
    const { served } = running();
    served.heldMs = HELD_MS;
    for (let length = 0; length <= 236; length++)
      expectUnheard(served, ServiceCommand.reset, new Uint8Array(length).fill(101), ServiceStatus.malformed);
    for (let at = 0; at < ERASE_KEY.length; at++) {
      const other = ERASE_KEY.slice();
      other[at] = (other[at] ?? 0) ^ 0x20;
      expectUnheard(served, ServiceCommand.reset, other, ServiceStatus.malformed);
    }
    expectUnheard(served, ServiceCommand.reset, ERASE_MEMORY, ServiceStatus.notAllowed);
  });

  test("stops therapy, takes the prescription out of force, leaves no byte of the key, and keeps the ledger (SEC-006)", () => {
    const { served, clinician } = running();
    expect(clinician.open()).toBe(true);
    expect(tracesOf(KEY, served.memory.contents())).toHaveLength(8);
    served.heldMs = HELD_MS;
    const strokes = served.pump.delivery.totalStrokes;
    expect(served.ask(ServiceCommand.reset, ERASE_KEY)).toEqual(Uint8Array.of(ServiceStatus.done));
    served.heldMs = 0;
    expect(tracesOf(KEY, served.memory.contents())).toEqual([]);
    served.pass(10);
    expect(served.told(JournalCode.stopped)).toHaveLength(1);
    expect(served.told(JournalCode.withdrawn)).toHaveLength(1);
    expect(served.told(JournalCode.access).at(-1)?.[0]).toBe(AccessKind.keyErased);
    expect(clinician.send(SealedKind.ping)).toBeUndefined();
    expect(clinician.challenge()).toBe(ServiceStatus.noKey);
    for (let start = 0; start < 2; start++) {
      expect(served.pump.delivery.totalStrokes).toBe(strokes);
      expect(served.pump.therapy.mode).toBe(TherapyMode.stopped);
      served.loop.inbox.add(EventKind.start, served.nowMs, 0, 0, 0);
      served.turn();
      expect(served.told(JournalCode.startRefused)).toEqual([[StartRefusal.noPrescription, 0, 0, 0]]);
      served.cut();
      expect(clinician.challenge()).toBe(ServiceStatus.noKey);
    }
  });

  test("cut at any byte of any write leaves no therapy that runs without a key, and repeats to the end (SEC-006)", () => {
    const base = running().served.memory.contents();
    let withKey = 0;
    for (let write = 1; ; write++) {
      for (let bytes = 0; bytes < 120; bytes += 7) {
        const served = new ServedPump({ memory: base });
        const strokes = served.pump.delivery.totalStrokes;
        served.pass(1000).heldMs = HELD_MS;
        served.memory.tear = { write, bytes };
        const erase = (): unknown => served.ask(ServiceCommand.reset, ERASE_KEY)?.[0];
        try {
          expect(erase()).toBe(ServiceStatus.done);
          served.pass(1000);
          expect(write).toBeGreaterThan(6);
          expect(withKey).toBeGreaterThan(0);
          return;
        } catch (error) {
          if (!(error instanceof PowerLost)) throw error;
        }
        served.boot();
        const { therapy, delivery } = served.pump;
        const hasKey = served.service.security.hasKey;
        withKey += +hasKey;
        expect(therapy.mode === TherapyMode.running && !hasKey, `write ${write}, byte ${bytes}`).toBe(false);
        expect(delivery.totalStrokes).toBeGreaterThanOrEqual(strokes);
        expect(erase()).toBe(ServiceStatus.done);
        expect(tracesOf(KEY, served.memory.contents())).toEqual([]);
        expect(served.cut().pump.therapy.mode).toBe(TherapyMode.stopped);
      }
    }
  });

  test("is done on a pump that has none, too: therapy ends (SEC-006)", () => {
    const served = new ServedPump().begin();
    served.heldMs = HELD_MS;
    expect(served.ask(ServiceCommand.reset, ERASE_KEY)).toEqual(Uint8Array.of(ServiceStatus.done));
    expect(served.pump.therapy.mode).toBe(TherapyMode.stopped);
  });

  test("takes the key out of a memory that must not be written to otherwise (SEC-006)", () => {
    const memory = running().served.memory.contents();
    memory.fill(0x5a, 4 * LEDGER_PLACE, 4 * LEDGER_WORDS);
    const blocked = new ServedPump({ memory });
    expect([blocked.pump.keeper.isBlocked, blocked.service.security.hasKey]).toEqual([true, true]);
    blocked.heldMs = HELD_MS;
    expect(blocked.ask(ServiceCommand.reset, ERASE_KEY)).toEqual(Uint8Array.of(ServiceStatus.done));
    const left = blocked.memory.contents();
    expect(tracesOf(KEY, left)).toEqual([]);
    expect(Buffer.compare(left.subarray(4 * LEDGER_PLACE), memory.subarray(4 * LEDGER_PLACE))).toBe(0);
  });

  test("is not done while the pump does not take notice, and the key stays (SEC-006)", () => {
    const { served, clinician } = running();
    served.heldMs = HELD_MS;
    served.isDeaf = true;
    expect(served.ask(ServiceCommand.reset, ERASE_KEY)).toEqual(Uint8Array.of(ServiceStatus.notServed));
    expect(served.service.security.hasKey).toBe(true);
    served.isDeaf = false;
    served.heldMs = 0;
    served.turn();
    expect(clinician.open()).toBe(true);
  });

  test("takes the nonce along that was given before: nobody gets in with a key of zeros (SEC-032)", () => {
    const { served } = running();
    const intruder = new KeyHolder(served, new Uint8Array(32));
    expect(intruder.challenge()).toBe(ServiceStatus.done);
    served.heldMs = HELD_MS;
    expect(served.ask(ServiceCommand.reset, ERASE_KEY)).toEqual(Uint8Array.of(ServiceStatus.done));
    served.heldMs = 0;
    expect(intruder.send(SealedKind.ping)).toBeUndefined();
    expect([served.service.gate.isOpen, served.service.security.attempts]).toEqual([false, 0]);
  });

  test("the same prescription needs its own confirmation under the next key (SEC-006)", () => {
    const { served } = running();
    served.heldMs = HELD_MS;
    served.ask(ServiceCommand.reset, ERASE_KEY);
    const next = new KeyHolder(served, OTHER_KEY);
    expect(next.setKey()).toBe(ServiceStatus.done);
    expect(next.open()).toBe(true);
    expect(next.order(EventKind.confirm, { id: digestOfPrescription(REFERENCE_PRESCRIPTION), detail: 3 })).toBe(0);
    next.order(EventKind.start);
    expect(served.pump.therapy.mode).toBe(TherapyMode.stopped);
    expect(served.told(JournalCode.confirmRefused)).toHaveLength(1);
  });
});

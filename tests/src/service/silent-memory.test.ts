import { describe, expect, test } from "vitest";
import { TherapyMode } from "../../../src/delivery/therapy";
import { EventKind } from "../../../src/events";
import { LogRing } from "../../../link/log-entries";
import { JournalCode } from "../../../src/record/journal";
import { LEDGER_WORDS } from "../../../src/record/memory-map";
import { AlarmKind } from "../../../src/safety/alarm-kind";
import { DURABLE_MS, HELD_MS, SealedKind, ServiceCommand, ServiceStatus } from "../../../src/service/protocol";
import { proceed, takePacket } from "../../../src/service/pump-service";
import { ServiceNeed } from "../../../src/service/service-parts";
import { bytesOf } from "../../link/node-cipher";
import { expectStatus, opened } from "./attacked-pump";
import { KEY, KeyHolder, openQuestion, orderBody, OTHER_KEY } from "./key-holder";
import { ERASE_KEY, ERASE_MEMORY, expectUnheard } from "./keyed-pump";
import { ServedPump } from "./served-pump";
import { StrictBytes } from "./strict-bytes";

/** A packet comes; returns what has to happen first. */
function begin(served: ServedPump, command: number, payload: Uint8Array): ServiceNeed {
  return takePacket(served.service, command, new StrictBytes(payload), served.heldMs, served.nowMs);
}

/** What was needed has happened, or not in time; returns what has to happen next. */
function goOn(served: ServedPump, isMet: boolean): ServiceNeed {
  return proceed(served.service, isMet, served.nowMs, []);
}

/** The memory does not answer in time; returns the report that goes out then. */
function unanswered(served: ServedPump): Uint8Array {
  expect(goOn(served, false)).toBe(ServiceNeed.send);
  return bytesOf(served.service.reply).slice(0, served.service.length);
}

describe("of a memory that does not answer it is said that nothing is stored", () => {
  test("when a key is set (SEC-035)", () => {
    const served = new ServedPump();
    served.heldMs = HELD_MS;
    expect(begin(served, ServiceCommand.setKey, KEY)).toBe(ServiceNeed.memory);
    expect(unanswered(served)).toEqual(Uint8Array.of(ServiceStatus.notStored));
  });

  test("when a session is asked for: no nonce is given, until the start is counted (SEC-035)", () => {
    const { served } = opened();
    served.cut();
    for (let question = 0; question < 2; question++) {
      expect(begin(served, ServiceCommand.open, openQuestion(new Uint8Array(16)))).toBe(ServiceNeed.memory);
      expect(unanswered(served)).toEqual(Uint8Array.from({ length: 28 }, (_, i) => [10, 1][i] ?? 0));
    }
    expect(new KeyHolder(served).open()).toBe(true);
  });

  test("when a session is opened: an attempt that is not counted is none (SEC-035)", () => {
    const { served } = opened();
    const clinician = new KeyHolder(served.cut());
    clinician.challenge();
    expect(begin(served, ServiceCommand.sealed, clinician.seal(1, SealedKind.ping))).toBe(ServiceNeed.memory);
    expect(unanswered(served)).toEqual(Uint8Array.of(1, 0, 0, 0, 0, ServiceStatus.noSession, 0, 0));
    expect(served.service.gate.isOpen).toBe(false);
    expect(clinician.send(SealedKind.ping)).toBe(ServiceStatus.done);
  });

  test("when the key is changed, the journal is read, or an order is not durable (SEC-035)", () => {
    const { served, clinician } = opened();
    const send = (kind: number, body: Uint8Array): ServiceNeed => {
      clinician.frame = clinician.seal(++clinician.counter, kind, body);
      return begin(served, ServiceCommand.sealed, clinician.frame);
    };
    expect(send(SealedKind.log, new Uint8Array(8))).toBe(ServiceNeed.page);
    const page = unanswered(served);
    // Nothing of a page that was not read.
    expect([clinician.read(page), page.length]).toEqual([ServiceStatus.notStored, 24]);
    expect(send(SealedKind.order, orderBody(EventKind.stop, 1, 0, 0, 0))).toBe(ServiceNeed.served);
    served.turn();
    expect(goOn(served, true)).toBe(ServiceNeed.durable);
    const answer = unanswered(served);
    expect([clinician.read(answer), answer[8]]).toEqual([ServiceStatus.notStored, 0]);
    expect(send(SealedKind.rotate, OTHER_KEY)).toBe(ServiceNeed.memory);
    expect(clinician.read(unanswered(served))).toBe(ServiceStatus.notStored);
  });

  test("when an order's record is not reported: that is told as soon as the pump knows (SEC-035)", () => {
    const { served, clinician } = opened();
    served.service.store.commit = () => undefined;
    const { nowMs } = served;
    expect(clinician.order(EventKind.silence)).toBe(ServiceStatus.notStored);
    expect(clinician.body[0]).toBe(0);
    expect(served.told(JournalCode.alarmRaised)).toEqual([[AlarmKind.memoryFault, 0, 0, 0]]);
    expect(served.nowMs - nowMs).toBeLessThan(DURABLE_MS);
  });

  test("when the key is erased, which goes behind the prescription all the same (SEC-035)", () => {
    const { served } = opened();
    served.heldMs = HELD_MS;
    expect(begin(served, ServiceCommand.reset, ERASE_KEY)).toBe(ServiceNeed.served);
    served.turn();
    // Out of force, but not durably: the key stays until it is, or until that has taken too long.
    expect(goOn(served, true)).toBe(ServiceNeed.durable);
    expect([served.pump.therapy.mode, served.service.security.hasKey]).toEqual([TherapyMode.stopped, true]);
    expect(goOn(served, false)).toBe(ServiceNeed.memory);
    expect(served.service.security.hasKey).toBe(false);
    expect(unanswered(served)).toEqual(Uint8Array.of(ServiceStatus.notStored));
  });

  test("when the memory is erased, and the program is not started anew (SEC-035)", () => {
    const served = new ServedPump({ memory: new Uint8Array(32768).fill(0x5a) });
    served.heldMs = HELD_MS;
    expect(begin(served, ServiceCommand.reset, ERASE_MEMORY)).toBe(ServiceNeed.memory);
    expect(unanswered(served)).toEqual(Uint8Array.of(ServiceStatus.notStored));
    expect(served.service.mustRestart).toBe(false);
  });
});

describe("a memory that has room for the ledger and no more", () => {
  test("takes no key (SEC-036)", () => {
    const served = new ServedPump({ capacityBytes: 4 * LEDGER_WORDS });
    served.heldMs = HELD_MS;
    expectUnheard(served, ServiceCommand.setKey, KEY, ServiceStatus.noMemory);
  });

  test("has no journal to be read (SEC-036)", () => {
    const memory = opened()
      .served.memory.contents()
      .slice(0, 4 * LEDGER_WORDS);
    const clinician = new KeyHolder(new ServedPump({ memory, capacityBytes: memory.length }));
    expect(clinician.open()).toBe(true);
    for (const ring of [LogRing.events, LogRing.faults])
      expectStatus(clinician, SealedKind.log, Uint8Array.of(ring, 0, 0, 0, 0, 0, 0, 0), ServiceStatus.noMemory);
  });
});

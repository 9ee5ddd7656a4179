import { describe, expect, test } from "vitest";
import { TherapyMode } from "../../../src/delivery/therapy";
import { EventKind } from "../../../src/events";
import { IDLE_MS, OPENING_MS, SealedKind, ServiceCommand, ServiceStatus } from "../../../src/service/protocol";
import { takePacket } from "../../../src/service/pump-service";
import { ServiceNeed } from "../../../src/service/service-parts";
import { expectFailedAttempt, expectRefused, opened, STOP } from "./attacked-pump";
import { f64, KEY, KeyHolder, OTHER_KEY, openQuestion, orderBody } from "./key-holder";
import { ServedPump, stateOf } from "./served-pump";
import { StrictBytes } from "./strict-bytes";

describe("who opens a session", () => {
  test("with a wrong key, or a key with one bit turned over, has none (SEC-001)", () => {
    const { served } = opened();
    served.service.gate.isOpen = false;
    const near = KEY.slice();
    near[31] = (near[31] ?? 0) ^ 1;
    for (const [index, key] of [OTHER_KEY, near].entries()) {
      const intruder = new KeyHolder(served, key);
      expect(intruder.challenge()).toBe(ServiceStatus.done);
      expectFailedAttempt(served, intruder.seal(1, SealedKind.order, STOP), index + 1);
    }
  });

  test.each([0, 2, 3, 4294967295])("begins with counter 1 and not with %i (SEC-001)", (counter) => {
    const { served, clinician } = opened();
    clinician.send(SealedKind.close);
    clinician.challenge();
    // Such a frame comes from a session that has ended: it is no attempt, and leaves the nonce to whom it was given.
    expectRefused(served, clinician.seal(counter, SealedKind.ping));
    expect(clinician.send(SealedKind.ping)).toBe(ServiceStatus.done);
  });

  test("has one attempt with a nonce, and 30 s for it (SEC-001)", () => {
    const { served, clinician } = opened();
    clinician.send(SealedKind.close);
    clinician.challenge();
    const right = clinician.seal(1, SealedKind.ping);
    expectFailedAttempt(served, right.slice().fill(0, -16), 1);
    expectRefused(served, right);
    clinician.challenge();
    served.pass(OPENING_MS + 1);
    expectRefused(served, clinician.seal(1, SealedKind.ping));
    clinician.challenge();
    served.pass(OPENING_MS);
    expect(clinician.send(SealedKind.ping)).toBe(ServiceStatus.done);
  });

  test("has its nonce still when another client closes its session in between, and not when the key is erased (SEC-001)", () => {
    const { served, clinician } = opened();
    const newcomer = new KeyHolder(served, KEY, new Uint8Array(16).fill(9));
    newcomer.challenge();
    expect(clinician.send(SealedKind.close)).toBe(ServiceStatus.done);
    expect(newcomer.send(SealedKind.ping)).toBe(ServiceStatus.done);
    newcomer.challenge();
    served.heldMs = 3000;
    expect(served.ask(ServiceCommand.reset, new TextEncoder().encode("erase key"))?.[0]).toBe(ServiceStatus.done);
    expectRefused(served, newcomer.seal(1, SealedKind.ping));
  });

  test.each([0, 2, 3, 127, 255])(
    "and speaks version %i is refused and told which is spoken here (SEC-001)",
    (version) => {
      const { served } = opened();
      const before = stateOf(served.pump);
      const report = served.ask(ServiceCommand.open, openQuestion(new Uint8Array(16), version));
      expect(report?.slice(0, 2)).toEqual(Uint8Array.of(ServiceStatus.version, 1));
      expect(report?.slice(2).every((byte) => byte === 0)).toBe(true);
      expect(stateOf(served.pump)).toBe(before);
    },
  );

  test("is told a nonce of 16 bytes of chance behind the counts, and two pumps with the same counts tell two (SEC-031)", () => {
    const [one, other] = [1, 2].map((pump) => {
      let drawn = 0;
      const served = new ServedPump({ random: () => ((17 * pump + 31 * drawn++) % 256) / 256 });
      const clinician = new KeyHolder(served);
      clinician.setKey();
      clinician.challenge();
      clinician.challenge();
      return clinician;
    });
    if (one === undefined || other === undefined) throw new Error("two pumps");
    // Starts that were asked for a session, openings since the start.
    const counts = [1, 0, 0, 0, 2, 0, 0, 0];
    const chance = (pump: number) => Array.from({ length: 16 }, (_, i) => (17 * pump + 31 * (16 + i)) % 256);
    expect([...(one.report?.subarray(4) ?? [])]).toEqual([...counts, ...chance(1)]);
    expect([...(other.report?.subarray(4) ?? [])]).toEqual([...counts, ...chance(2)]);
    // So what one of them was sent is worth nothing at the other, whatever the client draws.
    expectFailedAttempt(other.served, one.seal(1, SealedKind.ping), 1);
  });

  test("and made the session's key for another version, serial number or label has none (SEC-001)", () => {
    const { served, clinician } = opened();
    clinician.send(SealedKind.close);
    const other = new KeyHolder(new ServedPump({ config: { ...served.config, serial: 1002 } }));
    other.setKey();
    clinician.challenge();
    other.challenge();
    // Two pumps with one key, and the same nonces: the serial number tells them apart.
    expect(other.report?.slice(12)).toEqual(clinician.report?.slice(12));
    expect(other.sessionKey).not.toEqual(clinician.sessionKey);
    expectFailedAttempt(served, other.seal(1, SealedKind.ping), 1);
  });
});

describe("a session", () => {
  test("ends for good after 3 min without a frame, and not before (SEC-004)", () => {
    const { served, clinician } = opened();
    for (let ping = 0; ping < 2; ping++) {
      served.pass(IDLE_MS);
      expect(clinician.send(SealedKind.ping)).toBe(ServiceStatus.done);
    }
    served.pass(IDLE_MS + 1);
    expectRefused(served, clinician.seal(4, SealedKind.order, STOP));
  });

  test("says nothing to a frame that is not of it, while it is open; a pump without one says so (LNK-042)", () => {
    const { served, clinician } = opened();
    const other = new KeyHolder(served, OTHER_KEY);
    const stranger = other.seal(0x01020304, SealedKind.order, STOP);
    expect(served.ask(ServiceCommand.sealed, stranger)).toBeUndefined();
    clinician.send(SealedKind.close);
    // It has the counter of the frame that it is about, and its status; all else is 0.
    expect(served.ask(ServiceCommand.sealed, stranger)).toEqual(
      Uint8Array.of(4, 3, 2, 1, 0, ServiceStatus.noSession, 0, 0),
    );
  });

  test("has no answer to send again while a frame is still being served (LNK-042)", () => {
    const { served, clinician } = opened();
    served.isDeaf = true;
    const frame = new StrictBytes(clinician.seal(2, SealedKind.order, STOP));
    const come = () => takePacket(served.service, ServiceCommand.sealed, frame, 0, served.nowMs);
    expect(come()).toBe(ServiceNeed.served);
    expect(come()).toBe(ServiceNeed.nothing);
  });

  test("tells the highest command id to who pings (LNK-042)", () => {
    const { clinician } = opened();
    clinician.order(EventKind.silence);
    clinician.send(SealedKind.order, orderBody(EventKind.silence, 123456, 0, 0, 0));
    expect(clinician.send(SealedKind.ping)).toBe(ServiceStatus.done);
    expect(clinician.body).toEqual(f64(123456));
  });

  test("ends when another one is opened, and not while that is only tried (SEC-004)", () => {
    const { served, clinician } = opened();
    const nonce = new Uint8Array(16).fill(9);
    const intruder = new KeyHolder(served, OTHER_KEY, nonce);
    intruder.challenge();
    expect(clinician.send(SealedKind.ping)).toBe(ServiceStatus.done);
    served.ask(ServiceCommand.sealed, intruder.seal(1, SealedKind.ping));
    expect(clinician.send(SealedKind.ping)).toBe(ServiceStatus.done);
    const second = new KeyHolder(served, KEY, nonce);
    expect(second.open()).toBe(true);
    expectRefused(served, clinician.seal(4, SealedKind.order, STOP));
    expect(second.order(EventKind.stop)).toBe(ServiceStatus.done);
  });

  test("ends with the power, and leaves therapy as it is (SEC-004)", () => {
    const { served, clinician } = opened();
    served.cut();
    expect(served.pump.therapy.mode).toBe(TherapyMode.running);
    expectRefused(served, clinician.seal(2, SealedKind.order, STOP));
  });
});

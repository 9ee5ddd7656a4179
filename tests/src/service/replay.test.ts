import { describe, expect, test } from "vitest";
import { TherapyMode } from "../../../src/delivery/therapy";
import { EventKind } from "../../../src/events";
import { JournalCode } from "../../../src/record/journal";
import { IDLE_MS, SealedKind, ServiceCommand, ServiceStatus } from "../../../src/service/protocol";
import { expectFailedAttempt, expectRefused, opened, STOP } from "./attacked-pump";
import { KeyHolder, OTHER_KEY, orderBody } from "./key-holder";
import { stateOf } from "./served-pump";

describe("a frame that was heard before", () => {
  test("the last one of the session has its answer once more, byte for byte, and no effect (SEC-002)", () => {
    const { served, clinician } = opened();
    expect(clinician.order(EventKind.requestBolus)).toBe(ServiceStatus.done);
    const { frame, answer } = clinician;
    for (let again = 0; again < 20; again++) {
      const before = stateOf(served.pump);
      expect(served.ask(ServiceCommand.sealed, frame)).toEqual(answer);
      expect(stateOf(served.pump)).toBe(before);
      served.pass(5000);
    }
  });

  test("the answer to an order that was carried out before is not written over by what happens next (SEC-002)", () => {
    const { served, clinician } = opened();
    clinician.order(EventKind.acknowledge);
    const { commandId } = clinician;
    expect(clinician.send(SealedKind.order, orderBody(EventKind.acknowledge, commandId, 0, 0, 0))).toBe(0);
    const { frame, answer } = clinician;
    // Entries of the pump's own, without an input before them.
    served.watch.write(JournalCode.alarmRaised, served.nowMs, 3, 4, 5, 6);
    expect(served.ask(ServiceCommand.sealed, frame)).toEqual(answer);
  });

  test("all earlier ones, in any order, are refused (SEC-002)", () => {
    const { served, clinician } = opened();
    const frames = [clinician.frame];
    clinician.order(EventKind.requestBolus);
    frames.push(clinician.frame);
    clinician.send(SealedKind.ping);
    frames.push(clinician.frame);
    clinician.order(EventKind.acknowledge);
    for (const frame of [...frames, ...frames.reverse()]) expectRefused(served, frame);
  });

  test("is refused in the next session, with the same nonces of the client (SEC-002)", () => {
    const { served, clinician } = opened();
    const frames = [clinician.frame];
    clinician.order(EventKind.stop);
    frames.push(clinician.frame);
    expect(clinician.open()).toBe(true);
    for (const frame of frames) expectRefused(served, frame);
  });

  test.each([0, 1, 5])(
    "a whole handshake is refused after a restart whose board draws the same random bytes, %i openings later (SEC-003)",
    (openings) => {
      const { served, clinician } = opened();
      const greeting = clinician.frame;
      const handshake = clinician.report;
      clinician.order(EventKind.stop);
      const stop = clinician.frame;
      served.cut().begin();
      const intruder = new KeyHolder(served, OTHER_KEY);
      for (let i = 0; i < openings; i++) intruder.challenge();
      // The client's nonce is heard as easily as all else.
      expect(intruder.challenge()).toBe(ServiceStatus.done);
      expect(intruder.report).not.toEqual(handshake);
      expect(intruder.report?.slice(12)).toEqual(handshake?.slice(12));
      expectFailedAttempt(served, greeting, 1);
      expectRefused(served, stop);
      expect(served.pump.therapy.mode).toBe(TherapyMode.running);
    },
  );

  test("no nonce comes twice in ten starts with the same random bytes, also where the power fails in the first opening (SEC-003)", () => {
    const { served, clinician } = opened();
    const nonces = new Set<string>();
    for (let start = 0; start < 10; start++) {
      served.cut();
      if (start % 2 === 1) {
        served.memory.tear = { write: 1, bytes: 8 * start };
        expect(() => clinician.challenge()).toThrow("power");
        served.boot();
      }
      for (let i = 0; i < 3; i++) {
        expect(clinician.challenge()).toBe(ServiceStatus.done);
        nonces.add(String(clinician.report?.slice(4)));
      }
    }
    expect(nonces.size).toBe(30);
  });

  test("does not keep a session open: a frame that was held back is none after 3 min (SEC-002)", () => {
    const { served, clinician } = opened();
    const early = clinician.frame;
    clinician.send(SealedKind.ping);
    const last = clinician.frame;
    const heldBack = clinician.seal(3, SealedKind.order, STOP);
    for (let ms = 0; ms <= IDLE_MS; ms += 60000) {
      served.ask(ServiceCommand.sealed, early);
      served.ask(ServiceCommand.sealed, last);
      served.pass(60001);
    }
    expectRefused(served, heldBack);
    expect(served.pump.therapy.mode).toBe(TherapyMode.running);
  });
});

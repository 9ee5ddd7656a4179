import { describe, expect, test } from "vitest";
import { HELD_MS, SealedKind, ServiceCommand, ServiceStatus } from "../../../src/service/protocol";
import { KEY, KeyHolder, OTHER_KEY } from "./key-holder";
import { expectUnheard, running } from "./keyed-pump";
import { PowerLost, ServedPump } from "./served-pump";

describe("the first key", () => {
  test.each([0, 1, HELD_MS - 1])("is not set while the button has been held for %i ms (SEC-005)", (heldMs) => {
    const served = new ServedPump();
    served.heldMs = heldMs;
    expectUnheard(served, ServiceCommand.setKey, KEY, ServiceStatus.buttonNotHeld);
    expect(new KeyHolder(served).challenge()).toBe(ServiceStatus.noKey);
  });

  test("is set once: held or not, no second one takes its place (SEC-005)", () => {
    const { served, clinician } = running();
    for (const heldMs of [0, HELD_MS, 1e9]) {
      served.heldMs = heldMs;
      expectUnheard(served, ServiceCommand.setKey, OTHER_KEY, ServiceStatus.keyIsSet);
    }
    served.heldMs = 0;
    expect(clinician.open()).toBe(true);
  });

  test("of any other length than 32 bytes is none (SEC-005)", () => {
    const served = new ServedPump();
    served.heldMs = HELD_MS;
    for (let length = 0; length <= 236; length++)
      if (length !== 32) expectUnheard(served, ServiceCommand.setKey, new Uint8Array(length), ServiceStatus.malformed);
  });

  test("torn at any byte by the power is there or not: nothing between (SEC-005)", () => {
    for (let bytes = 0; ; bytes += 1) {
      const served = new ServedPump();
      const clinician = new KeyHolder(served);
      served.memory.tear = { write: 1, bytes };
      expect(() => clinician.setKey()).toThrow(PowerLost);
      served.heldMs = 0;
      served.boot();
      const status = clinician.challenge();
      if (status === ServiceStatus.done) {
        expect(clinician.send(SealedKind.ping)).toBe(ServiceStatus.done);
        expect(bytes).toBeGreaterThan(100);
        return;
      }
      expect(status, `${bytes} bytes`).toBe(ServiceStatus.noKey);
    }
  });
});

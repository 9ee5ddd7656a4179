import { describe, expect, test } from "vitest";
import { TherapyMode } from "../../../src/delivery/therapy";
import { SealedKind, ServiceCommand, ServiceStatus } from "../../../src/service/protocol";
import { sameBytes } from "../../../src/service/packet-bytes";
import { NodeBytes } from "../../link/node-cipher";
import { expectRefused, opened, STOP } from "./attacked-pump";
import { KEY, KeyHolder } from "./key-holder";
import { ServedPump } from "./served-pump";

const KINDS = Array.from({ length: 10 }, (_, kind) => kind);

describe("without a session", () => {
  test.each(KINDS)("a frame of kind %i does nothing and says nothing (SEC-001)", (kind) => {
    const { served, clinician } = opened();
    expect(clinician.send(SealedKind.close)).toBe(ServiceStatus.done);
    // The session's own key, and what a closed session leaves behind.
    for (const sessionKey of [clinician.sessionKey, new Uint8Array(32), KEY])
      for (const counter of [0, 1, 2, 3, 4294967295])
        for (const body of [new Uint8Array(0), new Uint8Array(4), new Uint8Array(8), new Uint8Array(32), STOP]) {
          clinician.sessionKey = sessionKey;
          expectRefused(served, clinician.seal(counter, kind, body));
        }
  });

  test("before any key is set nobody opens one, and no frame is an attempt (SEC-001)", () => {
    const served = new ServedPump();
    const intruder = new KeyHolder(served, new Uint8Array(32));
    expect(intruder.challenge()).toBe(ServiceStatus.noKey);
    expectRefused(served, intruder.seal(1, SealedKind.ping));
  });
});

describe("a frame that is not the session's", () => {
  test("with any one bit turned over is none, and the next right one is taken (SEC-001)", () => {
    const { served, clinician } = opened();
    const frame = clinician.seal(2, SealedKind.order, STOP);
    for (let bit = 0; bit < 8 * frame.length; bit++) {
      const forged = frame.slice();
      forged[bit >> 3] = (forged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expectRefused(served, forged);
    }
    expect(served.pump.therapy.mode).toBe(TherapyMode.running);
    expect(served.ask(ServiceCommand.sealed, frame)?.[5]).toBe(ServiceStatus.done);
    expect(served.pump.therapy.mode).toBe(TherapyMode.stopped);
  });

  test("sealed as an answer, with a guessed MAC, or cut short is none (SEC-001)", () => {
    const { served, clinician } = opened();
    // The pump's own answer, sent back to it.
    clinician.send(SealedKind.ping);
    expectRefused(served, clinician.answer ?? new Uint8Array(0));
    const frame = clinician.seal(3, SealedKind.order, STOP);
    for (let length = 0; length < frame.length; length++) expectRefused(served, frame.slice(0, length));
    for (let guess = 0; guess < 256; guess++) expectRefused(served, frame.slice().fill(guess, -16));
  });

  test("every byte of a MAC is looked at, wherever it differs (SEC-001)", () => {
    const looked: number[] = [];
    const right = new NodeBytes(new Uint8Array(16));
    const watched = new Proxy(right, {
      get: (target, name) =>
        name === "getAt"
          ? (place: number, format: "u8") => {
              looked.push(place);
              return target.getAt(place, format);
            }
          : (Reflect.get(target, name) as unknown),
    });
    for (let at = -1; at < 16; at++) {
      const other = new Uint8Array(16);
      if (at >= 0) other[at] = 0x80;
      looked.length = 0;
      expect(sameBytes(watched, 0, new NodeBytes(other), 16)).toBe(at < 0);
      expect(looked).toEqual(Array.from({ length: 16 }, (_, place) => place));
    }
  });
});

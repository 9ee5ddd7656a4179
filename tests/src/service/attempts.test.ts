import { describe, expect, test } from "vitest";
import { TherapyMode } from "../../../src/delivery/therapy";
import { JournalCode } from "../../../src/record/journal";
import {
  AccessKind,
  FREE_ATTEMPTS,
  LONGEST_WAIT_MS,
  Register,
  GET_REGISTER,
  SealedKind,
  ServiceCommand,
  ServiceStatus,
} from "../../../src/service/protocol";
import { KEY, KeyHolder, OTHER_KEY } from "./key-holder";
import { PowerLost, ServedPump } from "./served-pump";

/** The wait behind so many failed attempts: 2^(n-3) s from the third on, at most 300 s. */
function waitBehind(attempts: number): number {
  return attempts < FREE_ATTEMPTS ? 0 : Math.min(LONGEST_WAIT_MS, 1000 * 2 ** (attempts - FREE_ATTEMPTS));
}

/** A pump with a key whose therapy runs. */
function withKey(): ServedPump {
  const served = new ServedPump();
  expect(new KeyHolder(served).setKey()).toBe(ServiceStatus.done);
  return served.begin();
}

/** Lets the wait pass that the pump asks for, and tries a wrong key. */
function tryWrongKey(served: ServedPump): void {
  const intruder = new KeyHolder(served, OTHER_KEY);
  served.pass(toldWaitMs(served));
  expect(intruder.challenge()).toBe(ServiceStatus.done);
  expect(intruder.send(SealedKind.ping)).toBeUndefined();
  served.turn();
}

/** What the register says of the wait, in ms. */
function toldWaitMs(served: ServedPump): number {
  const report = served.ask(GET_REGISTER + Register.state, new Uint8Array(0));
  if (report === undefined) throw new Error("no state");
  return new DataView(report.buffer).getFloat64(64, true);
}

describe("wrong keys", () => {
  test("cost 2^(n-3) s from the third on, at most 300 s, to the millisecond, and each is in the journal (SEC-009)", () => {
    const served = withKey();
    const intruder = new KeyHolder(served, OTHER_KEY);
    for (let attempts = 1; attempts <= 14; attempts++) {
      tryWrongKey(served);
      const waitMs = waitBehind(attempts);
      expect(toldWaitMs(served)).toBe(waitMs);
      if (waitMs === 0) continue;
      expect(intruder.challenge()).toBe(ServiceStatus.wait);
      expect(new DataView(intruder.report?.buffer ?? new ArrayBuffer(4)).getUint16(2, true)).toBe(waitMs / 1000);
      served.pass(waitMs - 1);
      expect(intruder.challenge()).toBe(ServiceStatus.wait);
    }
    expect(served.told(JournalCode.access).filter(([kind]) => kind === Number(AccessKind.attemptFailed))).toEqual(
      Array.from({ length: 14 }, (_, i) => [AccessKind.attemptFailed, i + 1, 0, 0]),
    );
    served.pass(1);
    expect(new KeyHolder(served).open()).toBe(true);
    expect(served.cut().service.security.attempts).toBe(0);
  });

  test("the right key has to wait like any other, and asking makes the wait no longer (SEC-009)", () => {
    const served = withKey();
    for (let i = 0; i < 6; i++) tryWrongKey(served);
    for (let ms = 0; ms < 8000; ms += 100) {
      expect(new KeyHolder(served).challenge()).toBe(ServiceStatus.wait);
      served.pass(100);
    }
    expect(new KeyHolder(served).open()).toBe(true);
  });

  test("a wait begins anew with each start: the power gives nothing back (SEC-009)", () => {
    const served = withKey();
    for (let i = 0; i < 8; i++) tryWrongKey(served);
    for (let start = 0; start < 5; start++) {
      served.pass(31000).cut();
      expect(toldWaitMs(served)).toBe(32000);
    }
    served.pass(32000);
    expect(new KeyHolder(served).open()).toBe(true);
  });

  test("cut at any byte of any write behind an attempt, no answer was given that is not counted (SEC-009)", () => {
    const first = withKey();
    tryWrongKey(first);
    tryWrongKey(first);
    const base = first.memory.contents();
    let counted = 0;
    for (const write of [1, 2, 3, 4])
      for (let bytes = 0; bytes < 116; bytes += 3) {
        const served = new ServedPump({ memory: base });
        const intruder = new KeyHolder(served, OTHER_KEY);
        expect(intruder.challenge()).toBe(ServiceStatus.done);
        served.memory.tear = { write, bytes };
        let answer: Uint8Array | undefined;
        try {
          answer = served.ask(ServiceCommand.sealed, intruder.seal(1, SealedKind.ping));
          served.turn();
        } catch (error) {
          if (!(error instanceof PowerLost)) throw error;
        }
        const { attempts } = served.boot().service.security;
        if (answer !== undefined) expect(attempts, `write ${write}, byte ${bytes}`).toBe(3);
        else expect(attempts).toBeGreaterThanOrEqual(2);
        counted += +(attempts === 3);
        expect(toldWaitMs(served)).toBe(waitBehind(attempts));
        expect(served.service.security.hasKey).toBe(true);
      }
    expect(counted).toBeGreaterThan(20);
  });

  test("a right key whose session the power cuts off costs at most what it had cost before (SEC-009)", () => {
    const served = withKey();
    tryWrongKey(served);
    served.memory.tear = { write: 3, bytes: 4 };
    expect(() => new KeyHolder(served).open()).toThrow(PowerLost);
    expect(served.boot().service.security.attempts).toBeLessThanOrEqual(2);
    expect(new KeyHolder(served).open()).toBe(true);
  });
});

describe("a storm of resets", () => {
  test("of twenty, each in an attempt: the wait is never shorter, and therapy stays stopped from the fourth on (SEC-010)", () => {
    const served = withKey();
    let attempts = 0;
    const modes: TherapyMode[] = [];
    for (let reset = 1; reset <= 20; reset++) {
      tryWrongKey(served);
      attempts++;
      expect(toldWaitMs(served)).toBe(waitBehind(attempts));
      // Without waiting: the power is cut as soon as the answer is there.
      served.cut();
      expect(toldWaitMs(served)).toBe(waitBehind(attempts));
      modes.push(served.pump.therapy.mode);
    }
    expect(modes.slice(0, 3)).toEqual(Array(3).fill(TherapyMode.running));
    expect(modes.slice(3)).toEqual(Array(17).fill(TherapyMode.stopped));
    served.pass(LONGEST_WAIT_MS);
    expect(new KeyHolder(served, KEY).open()).toBe(true);
  });
});

describe("another image", () => {
  test("finds the prescription out of force, the counts going on and the key where it was (SEC-012)", () => {
    const served = withKey();
    served.pass(3600000);
    const { totalStrokes } = served.pump.delivery;
    served.boot({ ...served.config, program: 77 });
    expect(served.pump.therapy.mode).toBe(TherapyMode.stopped);
    expect(served.pump.delivery.totalStrokes).toBeGreaterThanOrEqual(totalStrokes);
    served.strokesMs = [];
    served.pass(7200000);
    expect(served.strokesMs).toEqual([]);
    expect(new KeyHolder(served).open()).toBe(true);
    // The first image again: still out of force.
    served.boot();
    expect(served.pump.therapy.mode).toBe(TherapyMode.stopped);
    expect(served.pump.orders.programmedAtMs).toBe(-1);
  });
});

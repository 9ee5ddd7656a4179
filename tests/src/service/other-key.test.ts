import { describe, expect, test } from "vitest";
import { TherapyMode } from "../../../src/delivery/therapy";
import { SealedKind, ServiceCommand, ServiceStatus } from "../../../src/service/protocol";
import { KEY, KeyHolder, OTHER_KEY } from "./key-holder";
import { running, tracesOf } from "./keyed-pump";
import { PowerLost, ServedPump } from "./served-pump";

describe("another key", () => {
  test("takes the old one's place in both slots, and never crosses the link as it is (SEC-008)", () => {
    const { served, clinician } = running();
    clinician.open();
    expect(clinician.rotate(OTHER_KEY)).toBe(ServiceStatus.done);
    const said = Buffer.concat([clinician.frame, clinician.answer ?? new Uint8Array(0)]);
    for (let at = 0; at < 32; at += 4) expect(said.indexOf(OTHER_KEY.slice(at, at + 4))).toBe(-1);
    const memory = served.memory.contents();
    expect(tracesOf(KEY, memory)).toEqual([]);
    expect(tracesOf(OTHER_KEY, memory)).toHaveLength(8);
    // The session stays; the old key opens no other, also after a restart.
    expect(clinician.send(SealedKind.ping)).toBe(ServiceStatus.done);
    expect(clinician.open()).toBe(false);
    served.cut();
    expect(clinician.open()).toBe(false);
    expect(new KeyHolder(served, OTHER_KEY).open()).toBe(true);
    expect(served.pump.therapy.mode).toBe(TherapyMode.running);
  });

  test("torn at any byte by the power leaves one of the two, and nothing else (SEC-008)", () => {
    const { served: first } = running();
    const base = first.memory.contents();
    const opens = { old: 0, next: 0 };
    for (const write of [1, 2, 3])
      for (let bytes = 0; bytes < 112; bytes += 5) {
        const served = new ServedPump({ memory: base });
        const clinician = new KeyHolder(served);
        expect(clinician.open()).toBe(true);
        served.memory.tear = { write, bytes };
        expect(() => clinician.rotate(OTHER_KEY)).toThrow(PowerLost);
        served.boot();
        const isOld = clinician.open();
        const isNext = new KeyHolder(served, OTHER_KEY).open();
        expect(
          [isOld, isNext].filter((opened) => opened),
          `write ${write}, byte ${bytes}`,
        ).toHaveLength(1);
        opens[isOld ? "old" : "next"]++;
      }
    expect(Math.min(opens.old, opens.next)).toBeGreaterThan(5);
  });

  test("sent once more changes nothing more (SEC-008)", () => {
    const { served, clinician } = running();
    clinician.open();
    clinician.rotate(OTHER_KEY);
    const { writes } = served.memory;
    expect(served.ask(ServiceCommand.sealed, clinician.frame)).toEqual(clinician.answer);
    expect(served.memory.writes).toBe(writes);
  });
});

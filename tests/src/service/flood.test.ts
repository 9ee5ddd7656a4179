import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EventKind } from "../../../src/events";
import { JournalCode } from "../../../src/record/journal";
import { GET_REGISTER, SealedKind, ServiceCommand, ServiceStatus } from "../../../src/service/protocol";
import { KEY, KeyHolder, OTHER_KEY, openQuestion, orderBody } from "./key-holder";
import { ServedPump, stateOf } from "./served-pump";

/** What somebody on the bus sends, in turn: everything there is, without the key. */
function floodOf(served: ServedPump): (() => Uint8Array | undefined)[] {
  const intruder = new KeyHolder(served, OTHER_KEY);
  const noise = Uint8Array.from({ length: 236 }, (_, i) => 31 * i);
  return [
    () => served.ask(ServiceCommand.open, openQuestion(noise.slice(0, 16))),
    () => served.ask(ServiceCommand.open, openQuestion(noise.slice(0, 16), 7)),
    () => served.ask(ServiceCommand.sealed, intruder.seal(1, SealedKind.order, orderBody(EventKind.stop, 1, 0, 0, 0))),
    () => served.ask(ServiceCommand.sealed, noise),
    () => served.ask(ServiceCommand.setKey, OTHER_KEY),
    () => served.ask(ServiceCommand.reset, new TextEncoder().encode("erase key")),
    () => served.ask(ServiceCommand.reset, new TextEncoder().encode("erase memory")),
    () => served.ask(0x1182, noise),
    () => served.ask(0x7fff, noise),
  ];
}

/** All of a pump's state but what its journal has said last. */
function stateBesideJournal({ pump }: ServedPump): string {
  return stateOf(pump, pump.eventLog, pump.reports.commands, pump.reports.events);
}

/** A pump with a key whose therapy runs. */
function running(): ServedPump {
  const served = new ServedPump();
  expect(new KeyHolder(served).setKey()).toBe(ServiceStatus.done);
  return served.begin();
}

describe("a flood", () => {
  test("of 45,000 packets in an hour: every stroke at its time, a few dozen writes, nothing that grows (SEC-016)", () => {
    const quiet = running();
    const served = running();
    const size = stateOf(served.service).length;
    const before = { quiet: quiet.memory.writes, flooded: served.memory.writes };
    quiet.pass(3600000);
    const flood = floodOf(served);
    for (let i = 0; i < 5000; i++) {
      for (const packet of flood) packet();
      served.pass(720);
    }
    expect(served.strokesMs).toEqual(quiet.strokesMs);
    expect(served.strokesMs.length).toBeGreaterThan(100);
    // Of an hour of attempts: 3 free, 1 to 256 s of waits, then one in 300 s.
    const attempts = served.service.security.attempts;
    expect(attempts).toBeGreaterThan(12);
    expect(attempts).toBeLessThan(25);
    const writes = served.memory.writes - before.flooded - (quiet.memory.writes - before.quiet);
    // Each attempt: its count, its entry in the journal, the number of entries. And one start that is counted.
    expect(writes).toBe(3 * attempts + 1);
    expect(Math.abs(stateOf(served.service).length - size)).toBeLessThan(2000);
    served.pass(300000);
    expect(new KeyHolder(served).open()).toBe(true);
  });

  test("of sealed frames in a session: the inbox loses no stop, and therapy goes on as ordered (SEC-016)", () => {
    const served = running();
    const clinician = new KeyHolder(served);
    clinician.open();
    for (let i = 0; i < 500; i++) {
      expect(clinician.order(EventKind.silence)).toBe(ServiceStatus.done);
      served.pass(20);
    }
    expect(served.told(JournalCode.inputsLost)).toEqual([]);
    expect(clinician.order(EventKind.stop)).toBe(ServiceStatus.done);
    expect(served.told(JournalCode.stopped)).toHaveLength(1);
  });
});

describe("an adversary", () => {
  /** One thing that he does; `payload` comes from him, `heard` from what he has listened to. */
  type Doing =
    | { readonly act: "send"; readonly command: number; readonly payload: Uint8Array }
    | { readonly act: "replay"; readonly which: number; readonly bit: number }
    | { readonly act: "guess"; readonly kind: number; readonly counter: number; readonly body: Uint8Array }
    | { readonly act: "wait"; readonly ms: number }
    | { readonly act: "cut" };

  const bytes = (most: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength: 0, maxLength: most });
  const command = fc.oneof(
    fc.constantFrom(0x80, 0x81, 0x82, 0x83),
    fc.integer({ min: GET_REGISTER + 0x17e, max: GET_REGISTER + 0x188 }),
    fc.integer({ min: 0, max: 65535 }),
  );
  const doing: fc.Arbitrary<Doing> = fc.oneof(
    { weight: 4, arbitrary: fc.record({ act: fc.constant("send" as const), command, payload: bytes(236) }) },
    {
      weight: 2,
      arbitrary: fc.record({
        act: fc.constant("send" as const),
        command: fc.constant<number>(ServiceCommand.open),
        payload: fc.uint8Array({ minLength: 16, maxLength: 16 }).map((nonce) => openQuestion(nonce)),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        act: fc.constant("replay" as const),
        which: fc.nat({ max: 20 }),
        bit: fc.integer({ min: -1, max: 8 * 236 }),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        act: fc.constant("guess" as const),
        kind: fc.nat({ max: 9 }),
        counter: fc.constantFrom(0, 1, 2, 3, 5, 4294967295),
        body: bytes(212),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ act: fc.constant("wait" as const), ms: fc.constantFrom(0, 3, 1000, 31000, 400000) }),
    },
    { weight: 1, arbitrary: fc.constant({ act: "cut" as const }) },
  );

  /** A pump, and all frames that its clinician has sent in two sessions, the second of which is still open. */
  function overheard(): { served: ServedPump; clinician: KeyHolder; heard: [number, Uint8Array][] } {
    const served = running();
    const clinician = new KeyHolder(served);
    const heard: [number, Uint8Array][] = [];
    for (let session = 0; session < 2; session++) {
      heard.push([ServiceCommand.open, openQuestion(Uint8Array.from({ length: 16 }, (_, i) => 11 * i))]);
      clinician.open();
      heard.push([ServiceCommand.sealed, clinician.frame]);
      for (const kind of [EventKind.stop, EventKind.start, EventKind.requestBolus, EventKind.acknowledge]) {
        clinician.order(kind);
        heard.push([ServiceCommand.sealed, clinician.frame]);
      }
      clinician.rotate(clinician.key);
      heard.push([ServiceCommand.sealed, clinician.frame]);
    }
    return { served, clinician, heard };
  }

  test("who sends anything, in any order, with the power failing: no session of his, no order, no end without an answer (SEC-017)", () => {
    fc.assert(
      fc.property(fc.array(doing, { minLength: 1, maxLength: 40 }), (doings) => {
        const { served, clinician, heard } = overheard();
        const twin = overheard().served;
        served.heldMs = 2999;
        const key = clinician.sessionKey;
        const intruder = new KeyHolder(served, OTHER_KEY);
        for (const one of doings) {
          if (one.act === "wait") {
            served.pass(one.ms);
            twin.pass(one.ms);
          } else if (one.act === "cut") {
            served.cut();
            twin.cut();
          } else if (one.act === "send") served.ask(one.command, one.payload);
          else if (one.act === "guess")
            served.ask(ServiceCommand.sealed, intruder.seal(one.counter, one.kind, one.body));
          else {
            const [command, payload] = heard[one.which % heard.length] ?? [0, new Uint8Array(0)];
            const copy = payload.slice();
            const at = one.bit >> 3;
            if (one.bit >= 0 && at < copy.length) copy[at] = (copy[at] ?? 0) ^ (1 << (one.bit & 7));
            served.ask(command, copy);
          }
          const { gate, doing: under, security } = served.service;
          expect(under).toBe(0);
          expect(security.hasKey).toBe(true);
          // The clinician's session, or none.
          if (gate.isOpen) expect([...(gate.sessionKey as unknown as { bytes: Uint8Array }).bytes]).toEqual([...key]);
        }
        // Nothing but the journal of failed attempts tells his pump from one that he was never at.
        for (const one of [served, twin]) {
          // Both have heard of this instant then.
          one.loop.inbox.add(EventKind.access, one.nowMs, 0, 0, 0);
          one.turn();
        }
        expect(served.strokesMs).toEqual(twin.strokesMs);
        expect(stateBesideJournal(served) === stateBesideJournal(twin)).toBe(true);
        served.pass(300000);
        expect(new KeyHolder(served, KEY).open()).toBe(true);
      }),
      { numRuns: Number(process.env["MINIM_ATTACKS"] ?? "40") },
    );
  });
});

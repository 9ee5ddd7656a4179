import { describe, expect, test } from "vitest";
import { EventKind } from "../../../src/events";
import { JournalCode } from "../../../src/record/journal";
import { RecordProblem } from "../../../src/record/state-record";
import { readKey } from "../../../src/service/security-record";
import { GET_REGISTER, Register, SealedKind, ServiceCommand, ServiceStatus } from "../../../src/service/protocol";
import { NodeBytes } from "../../link/node-cipher";
import { ERASE_KEY, ERASE_MEMORY } from "../../src/service/keyed-pump";
import { KEY } from "../../src/service/key-holder";
import { PUMP_SERVICE, ServerBench } from "./server-bench";
import type { Answer } from "./server-bench";

/** Boards turn their main loop at multiples of these, in µs: RP2040, ESP32. */
const GRIDS_US = [1000, 10000];
/** A client is there for so long after its last packet, in ms. */
const CLIENT_MS = 10000;
/** How often the device announces itself while somebody talks to it, in ms. */
const ANNOUNCE_MS = 500;
/** How long the memory does not answer in between, in ms: less than it is waited for. */
const SILENT_MS = 60;
const NOTHING = new Uint8Array(0);

/** The first frame of a session, sealed with no key. */
const WRONG = Uint8Array.from({ length: 24 }, (_, place) => +(place === 0));

/** The key that the memory held. */
function keyIn({ security }: Answer): Uint8Array {
  const key = new Uint8Array(32);
  readKey(security, new NodeBytes(key));
  return key;
}

function must(answer: Answer | undefined): Answer {
  if (answer === undefined) throw new Error("no answer");
  return answer;
}

/** An answer's bytes, and after how many ms it went out. */
async function timedOn(
  bench: ServerBench,
  asked: Promise<Answer | undefined>,
): Promise<[payload: Uint8Array, tookMs: number]> {
  const startMs = bench.board.nowUs / 1000;
  const { payload, atMs } = must(await asked);
  return [payload, atMs - startMs];
}

describe("an answer goes out behind what it says", () => {
  test.each(GRIDS_US)(
    "key, count of starts, attempts, order, another key and erased key are in the memory, on a grid of %i us (LNK-031)",
    async (gridUs) => {
      const bench = new ServerBench({ gridUs });
      /** The memory is busy with something else, or its bus is. */
      const ask = async (asked: () => Promise<Answer | undefined>): Promise<Answer> => {
        bench.silence(SILENT_MS);
        return must(await asked());
      };
      bench.heldMs = 3000;
      const set = await ask(() => bench.ask(ServiceCommand.setKey, KEY));
      expect(set.payload).toEqual(Uint8Array.of(ServiceStatus.done));
      expect(set.security.hasKey).toBe(true);
      const asked = await ask(() => bench.challenge());
      expect(asked.payload[0]).toBe(ServiceStatus.done);
      expect(asked.security.starts).toBe(1);
      for (let attempts = 1; attempts <= 2; attempts++) {
        await bench.challenge();
        const failed = await ask(() => bench.ask(ServiceCommand.sealed, WRONG));
        expect(failed.payload).toHaveLength(8);
        expect(failed.security.attempts).toBe(attempts);
      }
      await bench.challenge();
      expect((await ask(() => bench.seal(SealedKind.ping))).security.attempts).toBe(0);
      for (let commandId = 1; commandId <= 3; commandId++) {
        const { payload, record } = await ask(() => bench.order(EventKind.tubeChanged, commandId));
        expect([payload[5], payload[8]]).toEqual([ServiceStatus.done, 1]);
        expect(record.highestCommandId).toBe(commandId);
      }
      const rotated = await ask(() => bench.seal(SealedKind.rotate, new Uint8Array(32)));
      expect(rotated.payload[5]).toBe(ServiceStatus.done);
      expect(keyIn(rotated)).not.toEqual(KEY);
      bench.heldMs = 3000;
      const erased = await ask(() => bench.ask(ServiceCommand.reset, ERASE_KEY));
      expect(erased.payload).toEqual(Uint8Array.of(ServiceStatus.done));
      expect([erased.security.hasKey, keyIn(erased)]).toEqual([false, new Uint8Array(32)]);
    },
  );

  test("a memory that does not answer is waited for half a second, and then told (LNK-031)", async () => {
    const bench = new ServerBench();
    bench.heldMs = 3000;
    bench.chip.isSilent = true;
    const timed = (asked: Promise<Answer | undefined>) => timedOn(bench, asked);
    const [set, setMs] = await timed(bench.ask(ServiceCommand.setKey, KEY));
    expect(set).toEqual(Uint8Array.of(ServiceStatus.notStored));
    expect(setMs).toBeGreaterThan(499);
    expect(setMs).toBeLessThan(520);
    const [asked] = await timed(bench.challenge());
    expect(asked[0]).toBe(ServiceStatus.notStored);
    bench.chip.isSilent = false;
    await bench.board.run(2000);
    expect(bench.held().security.hasKey).toBe(true);
    await bench.challenge();
    await bench.seal(SealedKind.ping);
    bench.chip.isSilent = true;
    const [order, orderMs] = await timed(bench.order(EventKind.tubeChanged, 1));
    // It holds now, and a cut of the power may undo it.
    expect([order[5], order[8]]).toEqual([ServiceStatus.notStored, 0]);
    expect(bench.pump.orders.highestCommandId).toBe(1);
    expect(orderMs).toBeGreaterThan(499);
    expect(orderMs).toBeLessThan(520);
    const [page] = await timed(bench.seal(SealedKind.log, new Uint8Array(8)));
    expect(page[5]).toBe(ServiceStatus.notStored);
  });
});

describe("an order that the pump has no time for", () => {
  test("is waited for, 2 s at most, and is given again under its id without being carried out twice (LNK-033)", async () => {
    const late = await new ServerBench().open();
    late.busyUntilMs = late.board.millis() + 400;
    const [done, doneMs] = await timedOn(late, late.order(EventKind.tubeChanged, 1));
    expect([done[5], done[8]]).toEqual([ServiceStatus.done, 1]);
    expect(doneMs).toBeGreaterThan(390);

    const busy = await new ServerBench().open();
    busy.busyUntilMs = Infinity;
    const [given, givenMs] = await timedOn(busy, busy.order(EventKind.tubeChanged, 7));
    expect(given[5]).toBe(ServiceStatus.notServed);
    expect(givenMs).toBeGreaterThan(1999);
    expect(givenMs).toBeLessThan(2020);
    // It has time again: what waits is carried out, and the same once more is known.
    busy.busyUntilMs = 0;
    await busy.board.run(1000);
    expect(busy.pump.orders.highestCommandId).toBe(7);
    const [again] = await timedOn(busy, busy.order(EventKind.tubeChanged, 7));
    expect([again[5], again[10]]).toEqual([ServiceStatus.done, JournalCode.commandRepeated]);
  });
});

describe("a memory of something else", () => {
  test("is erased, then told, and only then the program is started anew (LNK-031)", async () => {
    const bench = new ServerBench({}, 0x5a);
    bench.heldMs = 3000;
    const erased = must(await bench.ask(ServiceCommand.reset, ERASE_MEMORY));
    expect(erased.payload).toEqual(Uint8Array.of(ServiceStatus.done));
    expect(erased.record.problem).toBe(RecordProblem.none);
    expect([erased.reboots, bench.board.reboots]).toEqual([0, 1]);
  });
});

describe("a server that nobody talks to", () => {
  test("announces itself behind packets only, at most twice a second, and keeps one packet besides that which it serves (LNK-032)", async () => {
    const bench = new ServerBench();
    await bench.board.run(60000);
    expect(bench.board.sent).toEqual([]);
    for (let register = Register.identity; register <= Register.totals; register++)
      bench.send(GET_REGISTER + register, NOTHING);
    await bench.board.run(ANNOUNCE_MS - 100);
    expect(bench.answers.map(({ payload }) => payload.length)).toEqual([48, 72]);
    for (let i = 0; i < 50; i++) await bench.ask(GET_REGISTER + Register.state, NOTHING);
    const announcements = bench.board.sent.filter(({ serviceIndex }) => serviceIndex !== PUMP_SERVICE);
    const spanMs = (bench.answers.at(-1)?.atMs ?? 0) - (bench.answers[0]?.atMs ?? 0);
    expect(announcements.length).toBeGreaterThan(1);
    expect(announcements.length).toBeLessThanOrEqual(2 + spanMs / ANNOUNCE_MS);
  });

  test("tells of changes for 10 s behind a client's packet and no longer, and a client that comes back of those before (LNK-032)", async () => {
    const bench = await new ServerBench().open();
    const told = (): unknown[] =>
      bench.board.sent
        .filter(({ serviceIndex }) => serviceIndex === PUMP_SERVICE)
        .flatMap(({ code, payload }) => (code === 0x8003 ? [payload] : []));
    const change = async (): Promise<void> => {
      bench.loop.inbox.add(EventKind.tubeChanged, bench.pump.nowMs, 0, 0, 0);
      bench.shell.wake();
      await bench.board.run(50);
    };
    await bench.board.run(1000);
    const early = told().length;
    await change();
    const before = told().length;
    expect(before).toBeGreaterThan(early);
    await bench.board.run(CLIENT_MS);
    await change();
    await change();
    expect(told()).toHaveLength(before);
    await bench.ask(GET_REGISTER + Register.state, NOTHING);
    await bench.board.run(50);
    // Two entries each: that the tube was changed, and that the ledger was written.
    expect(told().slice(before)).toEqual([[expect.any(Number), 4]]);
  });
});

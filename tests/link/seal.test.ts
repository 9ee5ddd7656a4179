import { expect, test } from "vitest";
import { webHmac } from "../../link/seal";
import { PumpLink } from "../../link/pump-link";
import { WEB_TOOLS } from "../../link/open-session";
import { SIMULATED_BOARD } from "../../link/device-id";
import { EventLog } from "../../src/record/event-log";
import { JournalCode } from "../../src/record/journal";
import { readLogEntries } from "../../link/log-entries";
import { KEY, LinkedPump } from "./linked-pump";
import { newPump, REFERENCE_PUMP } from "../src/reference-pump";

test("the Web Crypto API makes the HMAC of RFC 4231, test cases 1 and 2 (LNK-002)", async () => {
  const text = (words: string): Uint8Array => new TextEncoder().encode(words);
  const made = async (key: Uint8Array, data: Uint8Array): Promise<string> =>
    Buffer.from(await webHmac(key, data)).toString("hex");
  expect(await made(new Uint8Array(20).fill(0x0b), text("Hi There"))).toBe(
    "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
  );
  expect(await made(text("Jefe"), text("what do ya want for nothing?"))).toBe(
    "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
  );
});

test("a session opens with the Web Crypto API, too", async () => {
  const linked = await LinkedPump.opened();
  const { transport } = await linked.another();
  const { time } = linked;
  const tools = {
    ...WEB_TOOLS,
    hmac: (key: Uint8Array, data: Uint8Array) => time.standStill(WEB_TOOLS.hmac(key, data)),
  };
  const link = await linked.do(PumpLink.connect(transport, { board: SIMULATED_BOARD, timers: time, tools }));
  expect(await linked.do(link.openSession(KEY))).toBeUndefined();
});

test("the entries that a memory keeps are read as they were written, and a broken one is known (LNK-004)", () => {
  const words: number[] = [];
  const pump = newPump(REFERENCE_PUMP, 15000000);
  const store = {
    capacityWords: 8192,
    waiting: 0,
    doneMs: 0,
    doneSequence: 0,
    write: (_place: number, written: readonly number[], count: number) => {
      if (count === 3) words.push(...written.slice(0, 3));
    },
    commit: () => undefined,
    takeReport: () => undefined,
  };
  const log = new EventLog([], pump.keeper);
  const take = (code: JournalCode, a: number, b: number, c: number, d: number): void =>
    log.keep(store, code, 7654321, a, b, c, d);
  take(JournalCode.bolusGranted, 12, 30000, 600000, 2);
  take(JournalCode.bolusEnded, 12, 3, 12345, 2);
  take(JournalCode.clockSet, 800000000000, 5, 0, 0);
  take(JournalCode.flowError, -25, 4, 0, 0);
  take(JournalCode.residualMeasured, 17000000, 15000000, 435000, 1);
  take(JournalCode.forfeited, 5000000000, 2700, 0, 0);
  const bytes = new Uint8Array(Uint32Array.from(words).buffer);
  const entries = readLogEntries(bytes, 40);
  expect(entries.map(({ number, atMs, code, numbers, isIntact }) => [number, atMs, code, numbers, isIntact])).toEqual([
    [40, 7654000, JournalCode.bolusGranted, [undefined, 30000, undefined, 2], true],
    [41, 7654000, JournalCode.bolusEnded, [undefined, 3, 12345, undefined], true],
    [42, 7654000, JournalCode.clockSet, [800000000000, undefined, undefined, undefined], true],
    [43, 7654000, JournalCode.flowError, [-25, 4, undefined, undefined], true],
    [44, 7654000, JournalCode.residualMeasured, [undefined, 15000000, undefined, 1], true],
    [45, 7654000, JournalCode.forfeited, [4294967295, undefined, undefined, undefined], true],
  ]);
  // One byte of a CRC-32 misses one flipped bit in some 256.
  let known = 0;
  for (let bit = 0; bit < 96; bit++) {
    const broken = bytes.slice(0, 12);
    broken[bit >> 3] = (broken[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    if (readLogEntries(broken, 0)[0]?.isIntact === false) known++;
  }
  expect(known).toBeGreaterThan(90);
});

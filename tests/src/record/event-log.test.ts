import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { ENTRY_WORDS, EventLog, FOLD_MS } from "../../../src/record/event-log";
import { JournalCode } from "../../../src/record/journal";
import { EVENT_COUNT_PLACE, LEDGER_WORDS } from "../../../src/record/memory-map";
import { RecordKeeper } from "../../../src/record/record-keeper";
import { StateRecord } from "../../../src/record/state-record";
import { REFERENCE_PUMP } from "../reference-pump";
import { Fram, FRAM_WORDS, withFlippedBit } from "./fram";

/** An entry as a reader finds it. */
interface Read {
  readonly seconds: number;
  readonly code: number;
  readonly a: number;
  readonly b: number;
  readonly boots: number;
}

const FAULTS = Math.floor(FRAM_WORDS / 8);
const FIRST_EVENT = LEDGER_WORDS + FAULTS * ENTRY_WORDS;
const EVENTS = Math.floor((FRAM_WORDS - FIRST_EVENT) / ENTRY_WORDS);

function newLog(image?: readonly number[], boots = 0): { log: EventLog; fram: Fram; keeper: RecordKeeper } {
  const restored = Object.assign(new StateRecord(), { boots });
  const keeper = new RecordKeeper(restored, REFERENCE_PUMP);
  const fram = new Fram(image);
  return { log: new EventLog(image?.slice(0, LEDGER_WORDS) ?? [], keeper), fram, keeper };
}

/** The last `count` entries of a ring that has taken `taken`, oldest first. */
function readRing(image: readonly number[], taken: number, first: number, places: number, count: number): Read[] {
  return Array.from({ length: Math.min(count, taken, places) }, (_, index) => {
    const number = taken - Math.min(count, taken, places) + index;
    const at = first + (number % places) * ENTRY_WORDS;
    const [seconds = 0, middle = 0, a = 0] = image.slice(at, at + ENTRY_WORDS);
    return { seconds, code: middle & 255, boots: (middle >>> 8) & 255, b: (middle >>> 16) & 255, a };
  });
}

const faultsIn = (image: readonly number[], log: EventLog, count = FAULTS): Read[] =>
  readRing(image, log.faults.count, LEDGER_WORDS, FAULTS, count);
const eventsIn = (image: readonly number[], log: EventLog, count = EVENTS): Read[] =>
  readRing(image, log.events.count, FIRST_EVENT, EVENTS, count);

describe("the journal in the memory", () => {
  test("32 kB hold 1,000 faults and 30 days of 30 events, and the oldest goes first (JRN-001)", () => {
    expect([FAULTS >= 1000, EVENTS >= 900]).toEqual([true, true]);
    const { log, fram } = newLog(undefined, 6);
    const total = 2 * EVENTS + 17;
    for (let i = 0; i < total; i++) {
      log.keep(fram, JournalCode.bolusGranted, i * 1000, 1, i, 600000, 1);
      log.keep(fram, JournalCode.fault, i * 1000 + 500, i, 0, 0, 0);
    }
    const image = fram.imageAfter(Infinity);
    const read = newLog(image).log;
    const faults = faultsIn(image, read);
    const events = eventsIn(image, read);
    expect(faults).toHaveLength(FAULTS);
    expect(faults[0]).toEqual({ seconds: total - FAULTS, code: JournalCode.fault, boots: 7, a: total - FAULTS, b: 0 });
    expect(events).toHaveLength(EVENTS);
    expect(events.map(({ a }) => a)).toEqual(Array.from({ length: EVENTS }, (_, i) => total - EVENTS + i));
    expect(events.at(-1)).toMatchObject({ code: JournalCode.bolusGranted, b: 1 });
    // Nothing of the ledger was touched but the counts.
    const ledger = image.slice(0, LEDGER_WORDS).filter((word) => word !== 0);
    expect(ledger.length).toBeLessThanOrEqual(16);
  });

  property.prop([fc.array(fc.boolean(), { minLength: 1, maxLength: 8 }), fc.nat()], { numRuns: 60 })(
    "cut at any byte: what counts is whole and in order, and what was there before still is (JRN-002)",
    (kinds, place) => {
      const { log, fram } = newLog();
      kinds.forEach((isFault, index) => log.keep(fram, code(isFault), index * 1000, index + 1, 0, 0, 0));
      for (const end of [...fram.pendingEnds, ...Array.from({ length: 28 }, (_, k) => (place % 200) + k)]) {
        const image = fram.imageAfter(end);
        const { log: read, fram: next } = newLog(image);
        const whole = kinds.map((isFault, index) => ({ isFault, a: index + 1 }));
        const faults = faultsIn(image, read).map(({ a }) => a);
        const events = eventsIn(image, read).map(({ a }) => a);
        const expected = (isFault: boolean): number[] =>
          whole.filter((one) => one.isFault === isFault).map(({ a }) => a);
        expect(faults).toEqual(expected(true).slice(0, faults.length));
        expect(events).toEqual(expected(false).slice(0, events.length));
        // An entry and its count are 28 bytes.
        expect(faults.length + events.length).toBeGreaterThanOrEqual(Math.min(kinds.length, Math.floor(end / 28)));
        read.keep(next, code(true), 99000, 77, 0, 0, 0);
        expect(faultsIn(next.imageAfter(Infinity), read).map(({ a }) => a)).toEqual([...faults, 77]);
      }
    },
  );

  test("equal denials within 10 min fold into one with a count; another answer, another entry or 10 min later they do not (JRN-003)", () => {
    const { log, fram } = newLog();
    const deny = (atMs: number, answer: number): void => log.keep(fram, JournalCode.bolusDenied, atMs, 5, answer, 0, 0);
    const told = (): number[][] =>
      eventsIn(fram.imageAfter(Infinity), log).map((one) => [one.seconds, one.code, one.a, one.b]);
    for (let i = 0; i < 40; i++) deny(i * 1000, 9);
    expect(told()).toEqual([[0, JournalCode.bolusDenied, 5, 9]]);
    deny(40000, 8);
    expect(told().slice(1)).toEqual([
      [40, JournalCode.denialsRepeated, 39, 9],
      [40, JournalCode.bolusDenied, 5, 8],
    ]);
    deny(40000 + FOLD_MS - 1, 8);
    deny(40000 + FOLD_MS, 8);
    expect(told().slice(3)).toEqual([
      [640, JournalCode.denialsRepeated, 1, 8],
      [640, JournalCode.bolusDenied, 5, 8],
    ]);
    log.keep(fram, JournalCode.alarmRaised, 650000, 3, 0, 0, 0);
    deny(651000, 8);
    expect(told().at(-1)).toEqual([651, JournalCode.bolusDenied, 5, 8]);
  });

  test("no noise in it: rates, dropped strokes, problems and interrogations stand nowhere; numbers that are too large stand as the most", () => {
    const { log, fram, keeper } = newLog();
    for (const one of [JournalCode.problem, JournalCode.basalRate, JournalCode.strokeDropped, JournalCode.interrogated])
      log.keep(fram, one, 0, 1, 2, 3, 4);
    expect(fram.pendingBytes).toBe(0);
    log.keep(fram, JournalCode.refilled, 1000, 2 ** 40, 300, 0, 0);
    expect(eventsIn(fram.imageAfter(Infinity), log)).toMatchObject([{ a: 2 ** 32 - 1, b: 255 }]);
    log.keep(fram, JournalCode.clockSet, 1000, 900000000000, 5, 0, 0);
    expect(eventsIn(fram.imageAfter(Infinity), log)[1]).toMatchObject({ a: 900000000, b: 0 });
    // What is no whole number is one all the same.
    for (const wild of [NaN, 0.5, -1e300, Infinity]) log.keep(fram, JournalCode.orderRefused, 1500, wild, wild, 0, 0);
    expect(eventsIn(fram.imageAfter(Infinity), log)).toHaveLength(6);
    keeper.isBlocked = true;
    const bytes = fram.pendingBytes;
    log.keep(fram, JournalCode.fault, 2000, 1, 0, 0, 0);
    expect(fram.pendingBytes).toBe(bytes);
  });
});

describe("an entry, word by word", () => {
  /** What is told behind one start: code, its numbers, and where and how it stands. */
  test.each<[string, JournalCode, number[], "faults" | "events", number, number]>([
    ["a granted bolus: its volume and its kind", JournalCode.bolusGranted, [5, 30000, 600000, 1], "events", 30000, 1],
    ["a denied one: the request and the answer", JournalCode.bolusDenied, [5, 9, 3, 4], "events", 5, 9],
    ["an ended one: what was ordered, and why it ended", JournalCode.bolusEnded, [5, 3, 15000, 1], "events", 15000, 3],
    ["a clock that is set: whole seconds", JournalCode.clockSet, [86400999, 77, 0, 0], "events", 86400, 0],
    ["a refill", JournalCode.refilled, [15000000, 255, 3, 4], "events", 15000000, 255],
    ["a flow error below nothing", JournalCode.flowError, [-38, -40, 0, 0], "events", 2 ** 32 - 38, 0],
    ["nothing to say", JournalCode.started, [0, 0, 0, 0], "events", 0, 0],
    ["an alarm", JournalCode.alarmRaised, [5, 0, 0, 0], "faults", 5, 0],
    ["an alarm that is cleared", JournalCode.alarmCleared, [5, 0, 0, 0], "faults", 5, 0],
    ["a start", JournalCode.poweredOn, [7, 1, 138, 2], "faults", 7, 1],
    ["a fault", JournalCode.fault, [3, 9, 8, 0], "faults", 3, 9],
  ])("%s", (_what, told, [a = 0, b = 0, c = 0, d = 0], ring, first, second) => {
    const { log, fram } = newLog(undefined, 6);
    log.keep(fram, told, 5999, a, b, c, d);
    const image = fram.imageAfter(Infinity);
    const entry = { seconds: 5, code: told, boots: 7, a: first, b: second };
    expect([faultsIn(image, log), eventsIn(image, log)]).toEqual(ring === "faults" ? [[entry], []] : [[], [entry]]);
  });

  test("only denials fold: other entries with the same number, a first denial, and one behind another entry stand", () => {
    const { log, fram } = newLog();
    const take = (told: JournalCode, b: number): void => log.keep(fram, told, 1000, 5, b, 0, 0);
    take(JournalCode.bolusDenied, 1);
    take(JournalCode.orderRefused, 1);
    take(JournalCode.bolusDenied, 1);
    take(JournalCode.alarmRaised, 1);
    expect(eventsIn(fram.imageAfter(Infinity), log).map((one) => one.code)).toEqual([
      JournalCode.bolusDenied,
      JournalCode.orderRefused,
      JournalCode.bolusDenied,
    ]);
    expect(faultsIn(fram.imageAfter(Infinity), log)).toHaveLength(1);
  });

  test("a count that was torn is none: the one before it counts", () => {
    const { log, fram } = newLog();
    for (let i = 0; i < 3; i++) log.keep(fram, JournalCode.started, i, 0, 0, 0, 0);
    const image = fram.imageAfter(Infinity);
    expect(newLog(image).log.events.count).toBe(3);
    // The third count lies in the second cell; its check is the last of four words.
    expect(newLog(withFlippedBit(image, 32 * (EVENT_COUNT_PLACE + 7))).log.events.count).toBe(2);
  });

  test("a memory that has room for the ledger and no more keeps no journal", () => {
    const fram = new Fram(new Array<number>(LEDGER_WORDS).fill(0));
    const { log } = newLog();
    log.keep(fram, JournalCode.fault, 1000, 1, 0, 0, 0);
    log.keep(fram, JournalCode.started, 1000, 1, 0, 0, 0);
    expect([fram.pendingBytes, log.faults.count, log.events.count]).toEqual([0, 0, 0]);
  });
});

function code(isFault: boolean): JournalCode {
  return isFault ? JournalCode.fault : JournalCode.started;
}

import { describe, expect, test } from "vitest";
import { TherapyMode } from "../../../src/delivery/therapy";
import { EventKind } from "../../../src/events";
import { JournalCode } from "../../../src/record/journal";
import { DURABLE_MS, SealedKind, ServiceStatus } from "../../../src/service/protocol";
import { NEVER_MS } from "../../../src/units";
import { INBOX_SLOTS } from "../../../src/inbox";
import { ReportRow } from "../../../src/record/report-row";
import { LEDGER_PLACE, LEDGER_WORDS } from "../../../src/record/memory-map";
import { KeyHolder, orderBody } from "./key-holder";
import { ServedPump } from "./served-pump";
import { expectStatus, NO_NUMBERS, opened } from "./attacked-pump";

/** The orders that a client may give. */
const TAKEN = new Set<number>([
  EventKind.stage,
  EventKind.start,
  EventKind.stop,
  EventKind.requestBolus,
  EventKind.acknowledge,
  EventKind.refill,
  EventKind.confirm,
  EventKind.hold,
  EventKind.clinicianBolus,
  EventKind.measureResidual,
  EventKind.prime,
  EventKind.confirmPrime,
  EventKind.silence,
  EventKind.setClock,
  EventKind.deadVolumeEmpty,
  EventKind.tubeChanged,
  EventKind.interrogate,
]);

describe("orders", () => {
  test.each(Array.from({ length: 8 }, (_, i) => 32 * i))(
    "kinds %i and 31 more: what is a board's own to say is not taken (SEC-014)",
    (first) => {
      const { clinician } = opened();
      for (let kind = first; kind < first + 32; kind++) {
        if (TAKEN.has(kind)) continue;
        expectStatus(clinician, SealedKind.order, orderBody(kind, 1, 1, 1, 1), ServiceStatus.notAllowed);
      }
    },
  );

  test("that are taken leave one record each: their own entry under their command id (SEC-014)", () => {
    for (const kind of TAKEN) {
      const { served, clinician } = opened();
      const id = kind === Number(EventKind.stage) ? 0 : 1;
      served.entries = [];
      const status = clinician.send(SealedKind.order, orderBody(kind, 900, id, 1, 1));
      if (kind === Number(EventKind.stage)) {
        // The draft is that of the running prescription, and 0 is not its digest.
        expect(status).toBe(ServiceStatus.digest);
        continue;
      }
      expect(status, EventKind[kind]).toBe(ServiceStatus.done);
      const own = served.entries.filter(([code, , , , , d]) => code === kind && d === 900);
      expect(own, EventKind[kind]).toHaveLength(1);
      expect(served.pump.orders.highestCommandId).toBe(900);
      expect(served.told(JournalCode.storeWrite).length, EventKind[kind]).toBeGreaterThan(0);
      expect(served.cut().pump.orders.highestCommandId).toBe(900);
    }
  });

  test("are reported as stored when they are, also while an earlier record is still being written (SEC-014)", () => {
    const { served, clinician } = opened();
    served.loop.inbox.add(EventKind.stop, served.nowMs, 0, 0, 0);
    served.turn();
    expect(served.pump.keeper.writing).toBe(true);
    expect(clinician.send(SealedKind.order, orderBody(EventKind.tubeChanged, 900, 0, 0, 0))).toBe(ServiceStatus.done);
    expect(clinician.body[0]).toBe(1);
    expect(served.cut().pump.orders.highestCommandId).toBe(900);
  });

  test.each(NO_NUMBERS)("with %f in any of their numbers are malformed (SEC-014)", (number) => {
    const { clinician } = opened();
    for (const kind of [...TAKEN, 0, 6, 255])
      for (let place = 0; place < 12; place++) {
        const numbers = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1];
        numbers[place] = number;
        expectStatus(clinician, SealedKind.order, orderBody(kind, ...numbers), ServiceStatus.malformed);
      }
  });

  test("with the highest numbers there are, and none, are judged by the pump, whose journal holds whole numbers only (SEC-014)", () => {
    for (const number of [0, 1, 2 ** 31, 2 ** 32, NEVER_MS - 1, NEVER_MS])
      for (const kind of TAKEN) {
        const { served, clinician } = opened();
        clinician.send(SealedKind.order, orderBody(kind, 5, number, number, number, ...Array<number>(8).fill(number)));
        served.pass(60000);
        for (const [, , ...numbers] of served.entries) expect(numbers.every(Number.isSafeInteger)).toBe(true);
        expect(served.pump.fault, EventKind[kind]).toBe(0);
        expect(served.pump.therapy.mode).toBe(
          kind === Number(EventKind.stop) ? TherapyMode.stopped : TherapyMode.running,
        );
      }
  });

  test("cannot use the command ids up: one that is far above the highest is malformed (SEC-014)", () => {
    const { served, clinician } = opened();
    for (const id of [0, 16777217, 2 ** 32, NEVER_MS - 1, NEVER_MS])
      expectStatus(clinician, SealedKind.order, orderBody(EventKind.stop, id, 0, 0, 0), ServiceStatus.malformed);
    expect(clinician.send(SealedKind.order, orderBody(EventKind.silence, 16777216, 0, 0, 0))).toBe(ServiceStatus.done);
    expect(served.pump.orders.highestCommandId).toBe(16777216);
  });

  test("given twice have one effect, but a stop, which is always carried out (SEC-014)", () => {
    const { served, clinician } = opened();
    clinician.send(SealedKind.order, orderBody(EventKind.requestBolus, 70, 0, 0, 0));
    clinician.send(SealedKind.order, orderBody(EventKind.requestBolus, 70, 0, 0, 0));
    clinician.send(SealedKind.order, orderBody(EventKind.requestBolus, 69, 0, 0, 0));
    expect(served.told(JournalCode.bolusGranted).length + served.told(JournalCode.bolusDenied).length).toBe(1);
    expect(served.told(JournalCode.commandRepeated).map(([, id]) => id)).toEqual([70, 69]);
    clinician.send(SealedKind.order, orderBody(EventKind.stop, 1, 0, 0, 0));
    expect(served.pump.therapy.mode).toBe(TherapyMode.stopped);
  });

  test("leave to the pump what is its own: the number of a bolus, where its clock comes from, drugs that are not named (SEC-033)", () => {
    const { served, clinician } = opened();
    const inputs = (kind: EventKind): number[][] => served.told(kind).map((numbers) => numbers.slice(0, 3));
    clinician.order(EventKind.requestBolus, { id: 5000 });
    expect(served.told(JournalCode.bolusGranted).map(([id]) => id)).toEqual([1]);
    clinician.order(EventKind.stop);
    clinician.order(EventKind.start);
    clinician.order(EventKind.clinicianBolus, { id: 6000, count: 3000, detail: 600000 });
    expect(served.told(JournalCode.bolusGranted).map(([id]) => id)).toEqual([1, 2]);
    // A detail of 1 is that of a clock chip.
    clinician.order(EventKind.setClock, { count: 800000000000, detail: 1 });
    expect(inputs(EventKind.setClock).at(-1)).toEqual([0, 800000000000, 0]);
    // Each place of the inbox has held the drugs of an earlier refill.
    for (let i = 0; i < INBOX_SLOTS; i++)
      clinician.order(EventKind.refill, { count: 15000000, values: [1000, 200, 30, 4, 5] });
    served.entries = [];
    for (let i = 0; i < INBOX_SLOTS; i++) clinician.order(EventKind.refill, { count: 15000000, values: [2000] });
    expect(served.told(JournalCode.refillDrugs)).toEqual(Array(INBOX_SLOTS).fill([2000, 0, 0, 0]));
    // A report is read in the session, and not told to the board's own journal.
    clinician.order(EventKind.interrogate);
    expect(served.told(ReportRow.identity)).toEqual([]);
  });

  test("to a pump whose memory it must not write to hold now, and are told as not stored (SEC-034)", () => {
    const { served, clinician } = opened();
    const memory = served.cut().memory.contents();
    memory.fill(0x5a, 4 * LEDGER_PLACE, 4 * LEDGER_WORDS);
    // It has no serial number then.
    const blocked = new ServedPump({ config: { ...served.config, serial: 0 }, memory });
    expect(blocked.pump.keeper.isBlocked).toBe(true);
    const other = new KeyHolder(blocked, clinician.key);
    expect(other.open()).toBe(true);
    const { nowMs } = blocked;
    expect(other.order(EventKind.silence)).toBe(ServiceStatus.notStored);
    expect(other.body[0]).toBe(0);
    // Nobody waits for a record that never comes.
    expect(blocked.nowMs - nowMs).toBeLessThan(DURABLE_MS);
  });
});

import { fc, test as property } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { BolusKind } from "../../../src/delivery/bolus-run";
import { TherapyMode } from "../../../src/delivery/therapy";
import { EventKind } from "../../../src/events";
import { JournalCode } from "../../../src/record/journal";
import { AlarmKind } from "../../../src/safety/alarm-kind";
import { FaultKind } from "../../../src/safety/fault";
import { GuardTrip } from "../../../src/safety/guard";
import { PoweredPump } from "../powered-pump";
import { Fram } from "../record/fram";
import { prescribed } from "../reference-pump";

const HOUR_MS = 3600000;
const DAY_MS = 24 * HOUR_MS;
const LOCKOUT_MS = HOUR_MS / 2;
const MOST = 3;
const BASAL = 4800000;
const WINDOW_MS = 4 * HOUR_MS;
const LIMIT_NL = 1050000;
const STROKE_NL = 300;
const prescription = prescribed({
  basalNlPerDay: BASAL,
  bolusNl: 60000,
  lockoutMs: LOCKOUT_MS,
  mostPer24h: MOST,
  windowMs: WINDOW_MS,
  windowLimitNl: LIMIT_NL,
});

type Doing =
  | { readonly what: "pass"; readonly ms: number }
  | { readonly what: "request" | "start" | "stop" | "acknowledge" }
  | { readonly what: "order"; readonly nl: number; readonly overMs: number }
  | { readonly what: "cut"; readonly share: number };

const doing: fc.Arbitrary<Doing> = fc.oneof(
  {
    arbitrary: fc
      .oneof(fc.integer({ min: 0, max: 3 * HOUR_MS }), fc.integer({ min: 0, max: 6 }), fc.constant(HOUR_MS))
      .map((ms) => ({ what: "pass" as const, ms })),
    weight: 8,
  },
  { arbitrary: fc.constant<Doing>({ what: "request" }), weight: 5 },
  { arbitrary: fc.constantFrom<Doing>({ what: "stop" }, { what: "acknowledge" }), weight: 1 },
  { arbitrary: fc.constant<Doing>({ what: "start" }), weight: 2 },
  {
    arbitrary: fc
      .record({ nl: fc.integer({ min: 300, max: 100000 }), overMs: fc.integer({ min: 60000, max: HOUR_MS }) })
      .map((order) => ({ what: "order" as const, ...order })),
    weight: 1,
  },
  {
    arbitrary: fc
      .oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true }))
      .map((share) => ({ what: "cut" as const, share })),
    weight: 4,
  },
);

/** A demand bolus as a witness with a watch has seen it, in powered time. */
interface Seen {
  readonly grantedMs: number;
  endedMs: number | undefined;
}

/** Sees the plant, the answers and the watch; knows nothing of what the pump remembers. */
class Witness {
  readonly drive = new PoweredPump().begin(prescription);
  seen: Seen[] = [];
  private cuts = 0;

  do(doing: Doing): void {
    const { drive } = this;
    if (doing.what === "pass") drive.pass(doing.ms);
    else if (doing.what === "request") this.request();
    else if (doing.what === "order") drive.do(EventKind.clinicianBolus, { count: doing.nl, detail: doing.overMs });
    else if (doing.what === "cut") this.cut(doing.share);
    else drive.do(EventKind[doing.what]);
    this.noteEnds();
    const { pump } = drive;
    expect([pump.fault, pump.guard.trip]).toEqual([FaultKind.none, GuardTrip.none]);
    expect(pump.guard.strokes).toBeGreaterThanOrEqual(drive.made);
    expect(drive.counted).toBeGreaterThanOrEqual(drive.made);
    expect(drive.counted).toBeLessThanOrEqual(2 * drive.made + this.cuts);
    const { reservoir } = pump.delivery;
    const leftNl = drive.config.capacityNl - drive.made * STROKE_NL;
    expect(reservoir.contentNl()).toBeLessThanOrEqual(leftNl);
    expect(reservoir.contentNl() + reservoir.bandNl()).toBeGreaterThanOrEqual(leftNl);
  }

  private request(): void {
    const { drive } = this;
    const before = drive.told(JournalCode.bolusGranted).length;
    drive.do(EventKind.requestBolus);
    if (drive.told(JournalCode.bolusGranted).length === before) return;
    const nowMs = drive.poweredMs;
    for (const { endedMs } of this.seen) expect(nowMs - (endedMs ?? nowMs)).toBeGreaterThanOrEqual(LOCKOUT_MS);
    expect(this.seen.filter(({ grantedMs }) => grantedMs > nowMs - DAY_MS).length).toBeLessThan(MOST);
    this.seen.push({ grantedMs: nowMs, endedMs: undefined });
  }

  private noteEnds(): void {
    const last = this.seen.at(-1);
    const { desk } = this.drive.pump.delivery;
    if (last === undefined || last.endedMs !== undefined || desk.demand.kind !== BolusKind.none) return;
    const end = this.drive.told(JournalCode.bolusEnded).findLast(([, , , , kind]) => kind === Number(BolusKind.demand));
    const { poweredMs, nowMs } = this.drive;
    last.endedMs = poweredMs - nowMs + (end?.[0] ?? nowMs);
  }

  private cut(share: number): void {
    const { drive } = this;
    const running = drive.pump.therapy.mode;
    const settled = drive.fram.pendingBytes === 0;
    const reserved = drive.counted;
    const grants = drive.pump.delivery.desk.history.grants;
    this.noteEnds();
    drive.cut(Math.round(share * drive.fram.pendingBytes));
    this.cuts++;
    const { pump } = drive;
    const { desk } = pump.delivery;
    // Granted and not yet durable: nothing of it was given, and nobody is to know of it.
    const last = this.seen.at(-1);
    if (desk.history.grants < grants && last !== undefined) {
      expect(drive.strokesMs.every((atMs) => atMs <= last.grantedMs)).toBe(true);
      this.seen.pop();
    } else if (last !== undefined) last.endedMs ??= drive.poweredMs;
    expect([desk.demand.kind, desk.square.kind]).toEqual([BolusKind.none, BolusKind.none]);
    // 1 h of basal, a demand bolus, 5 min of a square one of at most 100 uL in 1 min.
    expect(drive.counted - reserved).toBeLessThanOrEqual((BASAL / 24 + 60000 + 100000) / STROKE_NL);
    const isHeld = pump.reports.alarms.isActive(AlarmKind.restartedTooOften);
    if (settled && !isHeld) expect(pump.therapy.mode).toBe(running);
    if (isHeld) expect(pump.therapy.mode).toBe(TherapyMode.stopped);
  }

  /** More in any window than may be, by the watch. */
  tooMuch(): number[] {
    const limit = Math.floor(LIMIT_NL / STROKE_NL);
    const { strokesMs } = this.drive;
    return strokesMs.filter((atMs, index) => {
      const first = strokesMs[index - limit];
      return first !== undefined && atMs - first < WINDOW_MS;
    });
  }
}

test("while the record of a bolus is on its way nothing moves, however slow the store is: not even the basal that is due", () => {
  const drive = new PoweredPump({ fram: new Fram(undefined, 400) }).begin(prescription).pass(HOUR_MS);
  const { made } = drive;
  while (drive.made === made) drive.step();
  // Basal of 4.8 mL/day: a stroke every 5.4 s.
  drive.pass(5300).do(EventKind.requestBolus).pass(399);
  expect(drive.made).toBe(made + 1);
  expect(drive.pass(1).made).toBe(made + 2);
});

property.prop([fc.array(doing, { minLength: 5, maxLength: 60, size: "max" })], { numRuns: 120 })(
  "power fails at any moment and byte, again and again: nothing is lost, nothing given twice, nothing sooner than allowed (PWR-003)",
  (doings) => {
    const witness = new Witness();
    for (const one of doings) witness.do(one);
    witness.drive.pass(5 * HOUR_MS);
    expect(witness.tooMuch()).toEqual([]);
  },
);

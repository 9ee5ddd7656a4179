import { expect, test } from "vitest";
import { TherapyMode } from "../../src/delivery/therapy";
import { EventKind } from "../../src/events";
import { prescriptionNumbers } from "../../src/prescription/prescription";
import { JournalCode, RefillRefusal, StartRefusal } from "../../src/record/journal";
import { ReportRow } from "../../src/record/report-row";
import { ServiceStatus } from "../../src/service/protocol";
import { LogRing } from "../../link/log-entries";
import type { LogEntry } from "../../link/log-entries";
import { refusalIn } from "../../link/orders";
import type { OrderOutcome, PumpOrder } from "../../link/orders";
import { PumpLink } from "../../link/pump-link";
import type { Transport } from "../../link/transport";
import { LivePump } from "../../sim/live/live-pump";
import { Random } from "../../sim/random/random";
import { digestOfPrescription, drugs, prescribed } from "../src/reference-pump";
import { checkout } from "../sim/live/bench-pump";
import { KEY, toolsOf } from "./linked-pump";
import { VirtualTime } from "./virtual-time";

const PRESCRIPTION = prescribed();
const DIGEST = digestOfPrescription(PRESCRIPTION);

test("the compiled image takes every order of a clinician through the link, and tells all about itself (LNK-009)", async () => {
  const { program, config } = await checkout();
  const time = new VirtualTime();
  const failures: string[] = [];
  const pump = new LivePump({ program, config, timers: time, failed: (why) => failures.push(why) });
  const transport: Transport = pump;
  const link = await time.until(PumpLink.connect(transport, { timers: time, tools: toolsOf(new Random(5)) }));
  expect(link.identity).toMatchObject({ model: config.model, serial: config.serial, program: config.program });

  pump.holdButton(20000);
  await time.pause(3500);
  expect(await time.until(link.setKey(KEY))).toBe(ServiceStatus.done);
  expect(await time.until(link.openSession(KEY))).toBeUndefined();

  const outcomes: OrderOutcome[] = [];
  const answer = async (outcome: Promise<OrderOutcome>): Promise<number[]> => {
    const settled = await time.until(outcome);
    outcomes.push(settled);
    return settled.kind === "taken" ? settled.entries.map(({ code }) => code) : [];
  };
  const give = (kind: EventKind, numbers: Partial<PumpOrder> = {}): Promise<number[]> =>
    answer(link.order({ kind, ...numbers }));

  expect(await answer(link.stage(prescriptionNumbers(PRESCRIPTION)))).toEqual([JournalCode.staged]);
  expect(await answer(link.confirm(DIGEST, 3))).toContain(JournalCode.programmed);
  expect(await give(EventKind.setClock, { count: 800000000000 })).toContain(JournalCode.clockSet);
  expect(await give(EventKind.measureResidual, { count: 0 })).toContain(JournalCode.residualMeasured);
  const values = drugs(1000);
  expect(await give(EventKind.refill, { count: 15000000, detail: 9999, values })).toContain(JournalCode.refilled);
  expect(await give(EventKind.tubeChanged)).toContain(JournalCode.tubeChanged);
  expect(await give(EventKind.deadVolumeEmpty, { count: 30000 })).toContain(JournalCode.deadVolumeEmpty);
  expect(await give(EventKind.prime, { count: 3000 })).toContain(JournalCode.primeAsked);
  expect(await give(EventKind.confirmPrime, { count: 3000 })).toContain(JournalCode.bolusGranted);
  expect(await give(EventKind.stop)).toContain(JournalCode.bolusEnded);
  expect(await give(EventKind.acknowledge)).toBeDefined();
  expect(await give(EventKind.silence)).toBeDefined();
  expect(await give(EventKind.start)).toContain(JournalCode.started);
  expect(await give(EventKind.requestBolus)).toContain(JournalCode.bolusGranted);
  expect(await give(EventKind.clinicianBolus, { count: 3000, detail: 600000 })).toContain(JournalCode.bolusDenied);
  expect(await give(EventKind.hold)).toEqual([JournalCode.orderRefused]);
  expect(await give(EventKind.interrogate)).toEqual([JournalCode.interrogated]);
  expect(await give(EventKind.refill, { count: 1, values })).toEqual([JournalCode.refillRefused]);
  const last = outcomes.at(-1);
  expect(last?.kind === "taken" && refusalIn(last.entries)?.a).toBe(RefillRefusal.notStopped);
  await time.pause(600000);
  expect((await time.until(link.state())).mode).toBe(TherapyMode.running);
  expect((await time.until(link.totals())).strokes).toBeGreaterThan(0);
  const again = await time.until(link.order({ kind: EventKind.start }));
  expect(again.kind === "taken" && refusalIn(again.entries)?.a).toBe(StartRefusal.alreadyRunning);
  expect(outcomes.every((outcome) => outcome.kind === "taken" && outcome.isStored)).toBe(true);

  const rows = await time.until(link.report());
  expect(rows[0]?.code).toBe(ReportRow.identity);
  expect(rows.at(-1)?.code).toBe(ReportRow.end);
  const entries: LogEntry[] = [];
  await time.until(link.log(LogRing.events, 0, (page) => entries.push(...page.entries)));
  expect(entries.every(({ isIntact, number }, index) => isIntact && number === index)).toBe(true);
  expect(entries.map(({ code }) => code)).toEqual(
    expect.arrayContaining([JournalCode.programmed, JournalCode.refilled, JournalCode.started, JournalCode.access]),
  );

  pump.cutPower(5000);
  await time.pause(8000);
  expect((await time.until(link.order({ kind: EventKind.stop }))).kind).toBe("taken");
  expect((await time.until(link.state())).mode).toBe(TherapyMode.stopped);
  expect(await time.until(link.rotateKey(KEY.map((byte) => byte ^ 9)))).toBe(ServiceStatus.done);
  pump.holdButton(10000);
  await time.pause(3500);
  expect(await time.until(link.eraseKey())).toBe(ServiceStatus.done);
  expect(await time.until(link.state())).toMatchObject({ hasKey: false, hasSession: false, digest: 0 });
  await time.until(link.close());
  expect(failures).toEqual([]);
}, 60000);

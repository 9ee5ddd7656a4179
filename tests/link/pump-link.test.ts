import { describe, expect, test } from "vitest";
import { Random } from "../../sim/random/random";
import { BolusAnswer } from "../../src/delivery/judge-bolus";
import { TherapyMode } from "../../src/delivery/therapy";
import { Confirm, EventKind } from "../../src/events";
import { prescriptionNumbers } from "../../src/prescription/prescription";
import { JournalCode, StartRefusal } from "../../src/record/journal";
import { ReportRow } from "../../src/record/report-row";
import { AccessKind, ServiceStatus } from "../../src/service/protocol";
import { LinkLost } from "../../link/link-errors";
import { LogRing } from "../../link/log-entries";
import type { LogEntry } from "../../link/log-entries";
import { refusalIn } from "../../link/orders";
import type { OrderOutcome } from "../../link/orders";
import { digestOfPrescription, prescribed } from "../src/reference-pump";
import type { Fate } from "./faulty-transport";
import { KEY, LinkedPump } from "./linked-pump";

const PRESCRIPTION = prescribed();
const DIGEST = digestOfPrescription(PRESCRIPTION);

function codes(outcome: OrderOutcome): JournalCode[] {
  return outcome.kind === "taken" ? outcome.entries.map(({ code }) => code) : [];
}

describe("without a session", () => {
  test("anyone reads the registers and nothing else (LNK-001)", async () => {
    const { link, do: wait } = bound(await LinkedPump.make());
    expect(link.identity).toMatchObject({ protocol: 1, model: 20, serial: 1001, plPerRevolution: 60000000 });
    expect(await wait(link.state())).toMatchObject({ mode: TherapyMode.stopped, hasKey: false, wallMs: undefined });
    expect(await wait(link.residual())).toEqual({
      leastNl: 15000000,
      mostNl: 15000000,
      lowNl: 2000000,
      filledNl: 15000000,
    });
    expect(await wait(link.rate())).toEqual({ basalNlPerDay: 0, bolusNlPerDay: 0 });
    expect(await wait(link.totals())).toEqual({ strokes: 0, primingStrokes: 0, granted: 0, denied: 0 });
    expect((await wait(link.alarms())).isSilenced).toBe(false);
    await expect(wait(link.order({ kind: EventKind.start }))).rejects.toThrow("no session was opened");
  });

  test("a key is set while the button is held, once, and opens sessions (LNK-002)", async () => {
    const linked = await LinkedPump.make();
    const { link, pump, do: wait } = bound(linked);
    expect(await wait(link.openSession(KEY))).toEqual({ status: ServiceStatus.noKey, waitS: 0 });
    expect(await wait(link.setKey(KEY))).toBe(ServiceStatus.buttonNotHeld);
    pump.heldMs = 3000;
    expect(await wait(link.setKey(KEY))).toBe(ServiceStatus.done);
    expect(await wait(link.setKey(KEY.map((byte) => byte ^ 1)))).toBe(ServiceStatus.keyIsSet);
    expect(await wait(link.openSession(KEY))).toBeUndefined();
    expect(await wait(link.state())).toMatchObject({ hasKey: true, hasSession: true });
    expect(await wait(link.eraseKey())).toBe(ServiceStatus.done);
    expect(await wait(link.state())).toMatchObject({ hasKey: false, hasSession: false });
  });

  test("after wrong keys the pump says how long it waits (LNK-002)", async () => {
    const linked = await LinkedPump.opened();
    const { link, do: wait } = bound(await linked.another());
    const wrong = KEY.map((byte) => byte ^ 1);
    for (let attempt = 1; attempt <= 3; attempt++)
      expect(await wait(link.openSession(wrong))).toEqual({ status: ServiceStatus.noSession, waitS: 0 });
    expect(await wait(link.openSession(wrong))).toEqual({ status: ServiceStatus.wait, waitS: 1 });
    await linked.time.pause(1000);
    expect(await wait(link.openSession(KEY))).toBeUndefined();
  });
});

describe("in a session", () => {
  test("a prescription is staged in parts, confirmed and started, and every refusal comes with its numbers (LNK-003)", async () => {
    const { link, do: wait } = bound(await LinkedPump.opened());
    const refused = await wait(link.order({ kind: EventKind.start }));
    expect(refused.kind === "taken" && refusalIn(refused.entries)).toMatchObject({
      code: JournalCode.startRefused,
      a: StartRefusal.noPrescription,
    });
    const staged = await wait(link.stage(prescriptionNumbers(PRESCRIPTION)));
    expect(staged).toMatchObject({ kind: "taken", entries: [{ code: JournalCode.staged, a: DIGEST }] });
    expect(codes(await wait(link.confirm(DIGEST + 1, 3)))).toEqual([JournalCode.confirmRefused]);
    expect(codes(await wait(link.confirm(DIGEST, Confirm.largeChanges)))).toContain(JournalCode.programmed);
    expect(codes(await wait(link.order({ kind: EventKind.start })))).toContain(JournalCode.started);
    expect((await wait(link.state())).mode).toBe(TherapyMode.running);
    expect(codes(await wait(link.order({ kind: EventKind.requestBolus })))).toEqual([JournalCode.bolusGranted]);
    const denied = await wait(link.order({ kind: EventKind.requestBolus }));
    expect(denied.kind === "taken" && refusalIn(denied.entries)).toMatchObject({
      code: JournalCode.bolusDenied,
      b: BolusAnswer.busy,
    });
    expect(await wait(link.order({ kind: EventKind.detected, count: 1 }))).toMatchObject({
      kind: "notTaken",
      status: ServiceStatus.notAllowed,
    });
    expect(codes(await wait(link.order({ kind: EventKind.stop })))).toContain(JournalCode.stopped);
  });

  test("a prescription that breaks a limit is refused with each of its problems", async () => {
    const { link, do: wait } = bound(await LinkedPump.opened());
    const staged = await wait(link.stage(prescriptionNumbers(prescribed({ basalNlPerDay: 90000000, lockoutMs: 1 }))));
    expect(codes(staged)[0]).toBe(JournalCode.stageRefused);
    expect(codes(staged)).toContain(JournalCode.problem);
  });

  test("the whole report and the whole journal are read (LNK-004)", async () => {
    const { link, pump, time, do: wait } = bound(await LinkedPump.opened());
    await wait(link.stage(prescriptionNumbers(PRESCRIPTION)));
    await wait(link.confirm(DIGEST, 3));
    for (let i = 0; i < 12; i++) {
      await wait(link.order({ kind: EventKind.start }));
      await wait(link.order({ kind: EventKind.stop }));
    }
    await time.pause(1000);
    const rows = await wait(link.report());
    expect(rows[0]).toMatchObject({ code: ReportRow.identity, a: 20, b: 1001 });
    expect(rows.filter(({ code }) => code === Number(ReportRow.identity))).toHaveLength(1);
    expect(rows.at(-1)?.code).toBe(ReportRow.end);
    const fields = rows.filter(({ code }) => code === Number(ReportRow.field));
    expect(fields.map(({ a, b }) => [a, b])).toEqual(
      prescriptionNumbers(PRESCRIPTION).flatMap((number, field) => (number === 0 ? [] : [[field, number]])),
    );

    const entries: LogEntry[] = [];
    expect(await wait(link.log(LogRing.events, 0, (page) => entries.push(...page.entries)))).toBe(ServiceStatus.done);
    expect(entries.every(({ isIntact, number }, index) => isIntact && number === index)).toBe(true);
    const kept = new Set<number>([
      JournalCode.started,
      JournalCode.stopped,
      JournalCode.programmed,
      JournalCode.staged,
    ]);
    expect(entries.map(({ code }) => code).filter((code) => kept.has(code))).toEqual(
      pump.told.map(({ code }) => code).filter((code) => kept.has(code)),
    );
    expect(entries.find(({ code }) => code === JournalCode.programmed)?.numbers[0]).toBe(DIGEST);
  });

  test("another key takes the old one's place (LNK-002)", async () => {
    const { link, do: wait } = bound(await LinkedPump.opened());
    const other = KEY.map((byte) => byte ^ 0x55);
    expect(await wait(link.rotateKey(other))).toBe(ServiceStatus.done);
    expect((await wait(link.order({ kind: EventKind.silence }))).kind).toBe("taken");
    expect(await wait(link.openSession(KEY))).toEqual({ status: ServiceStatus.noSession, waitS: 0 });
    expect(await wait(link.openSession(other))).toBeUndefined();
  });

  test("it is kept by pings, ends after 3 min without, and is opened anew by itself (LNK-005)", async () => {
    const linked = await LinkedPump.opened();
    const { link, pump, time, do: wait } = bound(linked);
    const openings = (): number =>
      pump.told.filter(({ code, a }) => code === Number(JournalCode.access) && a === Number(AccessKind.sessionOpened))
        .length;
    link.keepSession();
    await time.pause(900000);
    expect((await wait(link.order({ kind: EventKind.silence }))).kind).toBe("taken");
    expect(openings()).toBe(1);
    await wait(link.close());
    const { link: other } = await linked.another();
    await wait(other.openSession(KEY));
    await time.pause(181000);
    expect((await wait(other.state())).hasSession).toBe(false);
    expect((await wait(other.order({ kind: EventKind.silence }))).kind).toBe("taken");
    expect(openings()).toBe(3);
  });
});

describe("a link that is lost", () => {
  test("in a session that another client ends, the order is given in the next one, once (LNK-005)", async () => {
    const linked = await LinkedPump.opened();
    const { link, do: wait } = bound(linked);
    const other = await linked.another();
    await wait(other.link.openSession(KEY));
    await wait(other.link.close());
    const outcome = await wait(link.order({ kind: EventKind.tubeChanged }));
    expect(outcome.kind).toBe("taken");
    expect(linked.effects(outcome.commandId)).toBe(1);
  });

  test("in a session that another client holds open, or that two questions find ended, all are answered (LNK-005)", async () => {
    const linked = await LinkedPump.opened();
    const { link, time, do: wait } = bound(linked);
    const other = await linked.another();
    await wait(other.link.openSession(KEY));
    expect((await wait(link.order({ kind: EventKind.tubeChanged }))).kind).toBe("taken");
    await time.pause(200000);
    const both = [link.order({ kind: EventKind.silence }), link.order({ kind: EventKind.acknowledge })];
    expect((await wait(Promise.all(both))).map(({ kind }) => kind)).toEqual(["taken", "taken"]);
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(
    "by clients that come at the same time, each is served: seed %i (LNK-005)",
    async (seed) => {
      const linked = await LinkedPump.opened(seed);
      const chance = new Random(seed);
      const { time, do: wait } = bound(linked);
      await wait(linked.link.close());
      for (let round = 0; round < 5; round++) {
        const others = [await linked.another(), await linked.another(), await linked.another()];
        const beganMs = time.nowMs();
        const outcomes = await wait(
          Promise.all(
            others.map(async ({ link }, index) => {
              await time.sleep(chance.integer(0, 100));
              expect(await link.openSession(KEY), `client ${index}`).toBeUndefined();
              if (index === 0) expectWholeReport(await link.report());
              return link.order({ kind: EventKind.tubeChanged });
            }),
          ),
        );
        expect(time.nowMs() - beganMs).toBeLessThan(10000);
        for (const { kind, commandId } of outcomes) {
          expect(kind).toBe("taken");
          expect(linked.effects(commandId)).toBe(1);
        }
        for (const { link } of others) await wait(link.close());
      }
    },
  );

  test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])(
    "by clients that come and go, each with the right key is let in, and a stop in 5 s: seed %i (LNK-005)",
    async (seed) => {
      const linked = await LinkedPump.opened(seed);
      const { time, do: wait } = bound(linked);
      const chance = new Random(seed);
      await wait(linked.link.close());
      const slowly: Fate = (frame) => [{ frame, ms: chance.integer(1, 20) }];
      const comeAndGo = async (isStop: boolean): Promise<void> => {
        for (let round = 0; round < 6; round++) {
          await time.sleep(chance.integer(0, 600));
          const { link } = await linked.newcomer(slowly);
          const beganMs = time.nowMs();
          expect(await link.openSession(KEY)).toBeUndefined();
          if (isStop) expect((await link.order({ kind: EventKind.stop })).kind).toBe("taken");
          else expectWholeReport(await link.report());
          if (isStop) expect(time.nowMs() - beganMs).toBeLessThan(5000);
          await link.close();
        }
      };
      await wait(Promise.all([comeAndGo(true), comeAndGo(false)]));
    },
  );

  test("by a stop that comes while another client reads on and on: the stop does not wait for it, nor is the reader lost (LNK-005)", async () => {
    const linked = await LinkedPump.opened();
    const { link, time, do: wait } = bound(linked);
    let goesOn = true;
    const reading = (async () => {
      while (goesOn) expectWholeReport(await link.report());
    })();
    const other = await linked.another();
    const beganMs = time.nowMs();
    const stopped = (async () => {
      expect(await other.link.openSession(KEY)).toBeUndefined();
      return other.link.order({ kind: EventKind.stop });
    })();
    expect((await wait(stopped)).kind).toBe("taken");
    expect(time.nowMs() - beganMs).toBeLessThan(2000);
    await wait(other.link.close());
    goesOn = false;
    await wait(reading);
  });

  test("names the order, and the same command id tells what became of it (LNK-006)", async () => {
    for (const isAnswerLost of [true, false]) {
      const linked = await LinkedPump.opened();
      const { link, transport, do: wait } = bound(linked);
      const good = transport.fate;
      transport.fate = (frame, toPump) => (toPump === isAnswerLost ? good(frame, toPump) : []);
      const lost = await wait(link.order({ kind: EventKind.tubeChanged }).catch((error: unknown) => error));
      if (!(lost instanceof LinkLost) || lost.unanswered === undefined) throw new Error("the order is named");
      transport.fate = good;
      const { commandId } = lost.unanswered;
      expect(linked.effects(commandId)).toBe(isAnswerLost ? 1 : 0);
      const outcome = await wait(link.order({ kind: EventKind.tubeChanged }, { commandId }));
      expect(outcome).toMatchObject({ kind: isAnswerLost ? "takenBefore" : "taken", commandId });
      expect(linked.effects(commandId)).toBe(1);
    }
  });

  test("that comes back after a restart finds the order carried out, and does not give it again (LNK-006)", async () => {
    const linked = await LinkedPump.opened();
    const { link, transport, pump, time, do: wait } = bound(linked);
    const good = transport.fate;
    transport.fate = (frame, toPump) => (toPump ? good(frame, toPump) : []);
    time.after(250, () => {
      pump.cutPower();
      transport.fate = good;
    });
    const outcome = await wait(link.order({ kind: EventKind.tubeChanged }));
    expect(outcome.kind).toBe("takenBefore");
    expect(pump.told.filter(({ code }) => code === Number(JournalCode.tubeChanged))).toHaveLength(1);
  });

  test("an answer to the order before is none to this one (LNK-006)", async () => {
    const { link, transport, do: wait } = bound(await LinkedPump.opened());
    const good = transport.fate;
    const late: Uint8Array[] = [];
    transport.fate = (frame, toPump) => {
      if (!toPump) late.push(frame);
      return good(frame, toPump);
    };
    await wait(link.order({ kind: EventKind.silence }));
    // The pump's answers are lost from here on; what arrives are old ones.
    transport.fate = (frame, toPump) => (toPump ? good(frame, toPump) : late.map((old) => ({ frame: old, ms: 1 })));
    await expect(wait(link.order({ kind: EventKind.silence }))).rejects.toBeInstanceOf(LinkLost);
  });

  test("closed transports end every question at once", async () => {
    const { link, transport, do: wait } = bound(await LinkedPump.opened());
    const asked = link.report().catch((error: unknown) => error);
    transport.pull();
    expect(await wait(asked)).toBeInstanceOf(LinkLost);
    await expect(wait(link.state())).rejects.toThrow("the cable was pulled");
  });
});

/** All rows once, in spite of whoever came between. */
function expectWholeReport(rows: readonly { readonly code: number }[]): void {
  const codes = rows.map(({ code }) => code);
  expect(codes.filter((code) => code === Number(ReportRow.identity))).toHaveLength(1);
  expect(codes.indexOf(ReportRow.end)).toBe(codes.length - 1);
}

/** The parts of a linked pump, to be taken apart. */
function bound(
  linked: LinkedPump,
): Pick<LinkedPump, "link" | "pump" | "time" | "transport"> & { do: LinkedPump["do"] } {
  const { link, pump, time, transport } = linked;
  return { link, pump, time, transport, do: (promise) => linked.do(promise) };
}

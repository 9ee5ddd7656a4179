import { describe, expect, test } from "vitest";
import { TherapyMode } from "../../../src/delivery/therapy";
import { Confirm, EventKind } from "../../../src/events";
import { prescriptionNumbers } from "../../../src/prescription/prescription";
import { JournalCode } from "../../../src/record/journal";
import { LinkLost } from "../../../link/link-errors";
import type { OrderOutcome, PumpOrder } from "../../../link/orders";
import { digestOfPrescription, prescribed } from "../../src/reference-pump";
import { GOOD } from "../faulty-transport";
import { LinkedPump } from "../linked-pump";

const PRESCRIPTION = prescribed();
const DIGEST = digestOfPrescription(PRESCRIPTION);

interface Case {
  readonly order: PumpOrder;
  /** What the journal says when it was carried out. */
  readonly done: JournalCode;
  readonly prepare: (linked: LinkedPump) => Promise<unknown>;
}

async function confirmed(linked: LinkedPump): Promise<void> {
  await linked.do(linked.link.stage(prescriptionNumbers(PRESCRIPTION)));
  await linked.do(linked.link.confirm(DIGEST, Confirm.largeChanges));
}

async function running(linked: LinkedPump): Promise<void> {
  await confirmed(linked);
  await linked.do(linked.link.order({ kind: EventKind.start }));
}

const CASES: Readonly<Record<string, Case>> = {
  start: { order: { kind: EventKind.start }, done: JournalCode.started, prepare: confirmed },
  stop: { order: { kind: EventKind.stop }, done: JournalCode.stopped, prepare: running },
  "a demand bolus": { order: { kind: EventKind.requestBolus }, done: JournalCode.bolusGranted, prepare: running },
  "a clinician's bolus": {
    order: { kind: EventKind.clinicianBolus, count: 20000, detail: 600000 },
    done: JournalCode.bolusGranted,
    prepare: running,
  },
  "a confirmation": {
    order: { kind: EventKind.confirm, id: DIGEST, detail: Confirm.largeChanges },
    done: JournalCode.programmed,
    prepare: (linked) => linked.do(linked.link.stage(prescriptionNumbers(PRESCRIPTION))),
  },
  "a refill": {
    order: { kind: EventKind.refill, count: 19000000, values: [1000] },
    done: JournalCode.refilled,
    prepare: (linked) => linked.do(linked.link.order({ kind: EventKind.measureResidual, count: 15000000 })),
  },
};

/** From frame `which` on: what happens to the link, or to the pump. */
type Mishap = (linked: LinkedPump, which: number) => () => number;

/** Frames that were carried since it was set. */
function counted(linked: LinkedPump, which: number, isLost: (toPump: boolean) => boolean, then?: () => void) {
  let frames = 0;
  linked.transport.fate = (frame, toPump) => {
    if (frames++ === which) then?.();
    return frames > which && isLost(toPump) ? [] : GOOD(frame, toPump);
  };
  return () => frames;
}

const MISHAPS: Readonly<Record<string, Mishap>> = {
  "nothing gets through": (linked, which) => counted(linked, which, () => true),
  "no answer gets back": (linked, which) => counted(linked, which, (toPump) => !toPump),
  "no question gets there": (linked, which) => counted(linked, which, (toPump) => toPump),
  "the power fails": (linked, which) =>
    counted(
      linked,
      which,
      () => false,
      () => linked.pump.cutPower(),
    ),
  "the power fails 8 ms later": (linked, which) =>
    counted(
      linked,
      which,
      () => false,
      () => linked.time.after(8, () => linked.pump.cutPower()),
    ),
};

async function tried(linked: LinkedPump, order: PumpOrder, commandId?: number): Promise<OrderOutcome | LinkLost> {
  try {
    return await linked.do(linked.link.order(order, { commandId }));
  } catch (error) {
    if (error instanceof LinkLost) return error;
    throw error;
  }
}

const ALL = Object.keys(CASES).flatMap((name) => Object.keys(MISHAPS).map((mishap) => [name, mishap] as const));

describe("a link that is lost for good at any frame", () => {
  test.each(ALL)(
    "%s, and %s: done once with its record, or not at all, and the same id settles it (SEC-020)",
    async (name, mishap) => {
      const { order, done, prepare } = CASES[name] ?? fail(name);
      for (let which = 0; ; which++) {
        const about = `${name}, ${mishap} from frame ${which} on`;
        const linked = await LinkedPump.opened(which + 1);
        await prepare(linked);
        await linked.time.pause(1000);
        const before = linked.pump.told.length;
        const frames = (MISHAPS[mishap] ?? fail(mishap))(linked, which);
        let outcome = await tried(linked, order);
        linked.transport.fate = GOOD;
        if (outcome instanceof LinkLost) {
          const { unanswered } = outcome;
          if (unanswered === undefined) throw new Error(`${about}: the order is not named`);
          // Long enough for every wait, and for the session to end.
          await linked.time.pause(310000);
          outcome = await tried(linked, order, unanswered.commandId);
          if (outcome instanceof LinkLost) throw outcome;
        }
        expect(["taken", "takenBefore"], about).toContain(outcome.kind);
        await linked.time.pause(2000);
        // A refill has a second entry of its own, and a stop is carried out each time.
        if (name !== "a refill" && name !== "stop") expect(linked.effects(outcome.commandId), about).toBe(1);
        const told = linked.pump.told.slice(before).map(({ code }) => code);
        const times = told.filter((code) => code === Number(done)).length;
        const cuts = told.filter((code) => code < 0).length;
        // What the power undid is done once more; what was staged is lost with it, and its confirmation refused.
        if (name === "a confirmation" && cuts > 0) expect(times, about).toBeLessThanOrEqual(1);
        else if (cuts === 0) expect(times, about).toBe(1);
        else expect(times, about).toBeLessThanOrEqual(1 + cuts);
        const { mode } = linked.pump.pump.therapy;
        if (name === "stop") expect(mode, about).toBe(TherapyMode.stopped);
        if (name === "start") expect(mode, about).toBe(TherapyMode.running);
        if (frames() <= which) {
          expect(which, about).toBeGreaterThan(1);
          return;
        }
      }
    },
  );
});

function fail(name: string): never {
  throw new RangeError(name);
}

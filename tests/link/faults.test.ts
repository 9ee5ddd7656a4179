import { describe, expect, test } from "vitest";
import { EventKind } from "../../src/events";
import { JournalCode } from "../../src/record/journal";
import { BadAnswer, LinkLost } from "../../link/link-errors";
import type { OrderOutcome } from "../../link/orders";
import { Random } from "../../sim/random/random";
import { GOOD } from "./faulty-transport";
import type { Fate } from "./faulty-transport";
import { KEY, LinkedPump } from "./linked-pump";
import { MISHAPS, mishapOf } from "./mishaps";

/** `MINIM_LINK_FUZZ=20 npx vitest run tests/link/faults.test.ts` makes twenty times as many. */
const MORE = Number(process.env["MINIM_LINK_FUZZ"] ?? "1");

/** What was reported of an order is what became of it. */
function expectTruth(linked: LinkedPump, outcome: OrderOutcome, about: string): void {
  const effects = linked.effects(outcome.commandId);
  if (outcome.kind === "taken" || outcome.kind === "takenBefore") expect(effects, `${about}: ${outcome.kind}`).toBe(1);
  else if (outcome.kind === "notTaken") expect(effects, about).toBe(0);
  else expect(effects, about).toBeLessThanOrEqual(1);
}

/** Sets the clock to an instant that no other order names; the same command id again after a lost link. */
async function order(linked: LinkedPump, wallMs: number, commandId?: number): Promise<OrderOutcome | LinkLost> {
  try {
    return await linked.do(linked.link.order({ kind: EventKind.setClock, count: wallMs }, { commandId }));
  } catch (error) {
    if (error instanceof LinkLost) return error;
    throw error;
  }
}

/** A good line again, and time enough for every wait: the order is carried out exactly once in all. */
async function expectSettled(linked: LinkedPump, lost: LinkLost, wallMs: number, about: string): Promise<void> {
  linked.transport.fate = GOOD;
  await linked.time.pause(310000);
  const { unanswered } = lost;
  if (unanswered === undefined) throw new Error(`${about}: the order is not named`);
  const outcome = await order(linked, wallMs, unanswered.commandId);
  if (outcome instanceof LinkLost) throw outcome;
  expectTruth(linked, outcome, about);
  expect(linked.effects(unanswered.commandId), about).toBe(1);
}

describe("one frame goes wrong", () => {
  test.each(Object.keys(MISHAPS))(
    "%s: wherever it is, every order is carried out once and told as it is (LNK-006)",
    async (name) => {
      const mishap = mishapOf(name);
      // From the opening of a session on, until the frames of an order are behind it.
      for (let which = 0; ; which++) {
        const linked = await LinkedPump.opened(which + 1);
        const random = new Random(which + 1);
        let frames = 0;
        linked.transport.fate = (frame, toPump) => (frames++ === which ? mishap(frame, random) : GOOD(frame, toPump));
        const about = `${name}, frame ${which}`;
        await linked.do(linked.link.openSession(KEY)).catch((error: unknown) => {
          if (!(error instanceof BadAnswer)) throw error;
        });
        const outcome = await order(linked, 1000 + which);
        if (outcome instanceof LinkLost) await expectSettled(linked, outcome, 1000 + which, about);
        else expectTruth(linked, outcome, about);
        if (frames <= which) {
          // Question and answer of opening, ping and order.
          expect(which).toBeGreaterThanOrEqual(6);
          return;
        }
      }
    },
  );
});

describe("everything goes wrong", () => {
  const seeds = Array.from({ length: 12 * MORE }, (_, i) => i + 1);

  test.each(seeds)(
    "seed %i: no order twice, none reported that was not done, no end without an answer (LNK-006)",
    async (seed) => {
      const random = new Random(seed);
      const linked = await LinkedPump.opened(seed);
      const names = Object.keys(MISHAPS);
      const percent = random.integer(3, 35);
      const noisy: Fate = (frame, toPump) =>
        random.chance(percent) ? mishapOf(random.pick(names))(frame, random) : GOOD(frame, toPump);
      let stored = 0;
      for (let round = 0; round < 25; round++) {
        const about = `seed ${seed}, round ${round}`;
        linked.transport.fate = noisy;
        // The power fails somewhere in it.
        if (random.chance(15)) linked.time.after(random.integer(1, 400), () => linked.pump.cutPower());
        const wallMs = 1000 * (round + 1);
        const outcome = await order(linked, wallMs);
        await linked.time.pause(3000);
        if (outcome instanceof LinkLost) await expectSettled(linked, outcome, wallMs, about);
        else {
          if (outcome.kind !== "overtaken" && outcome.kind !== "pending") {
            if (outcome.kind !== "taken" || outcome.isStored) expectTruth(linked, outcome, about);
          }
          if (outcome.kind === "taken" && outcome.isStored) stored = outcome.commandId;
        }
        if (linked.pump.isOn) expect(linked.pump.pump.orders.highestCommandId, about).toBeGreaterThanOrEqual(stored);
      }
      const set = linked.pump.told.filter(({ code }) => code === Number(JournalCode.clockSet));
      expect(set.length).toBeGreaterThan(5);
    },
  );
});

import { describe, expect, test } from "vitest";
import { EventKind } from "../../../src/events";
import { ServiceStatus } from "../../../src/service/protocol";
import { LinkLost } from "../../../link/link-errors";
import type { OrderOutcome } from "../../../link/orders";
import { GOOD } from "../faulty-transport";
import { KEY } from "../linked-pump";
import { pumpAt, Stage } from "./staged-pump";
import { CUTS } from "./cuts";
import type { Cut } from "./cuts";
import type { ImageClient, ImagePump } from "./image-pump";

/** From an order's first frame on the power fails at every fourth ms, each time at others; with `MINIM_LINK_FUZZ=2` at each. The answer comes within {@link LAST_CUT_MS}. */
const CUT_EVERY_MS = Number(process.env["MINIM_LINK_FUZZ"] ?? "1") > 1 ? 1 : 4;
const LAST_CUT_MS = 16;

/** The power comes back after this time, in ms. */
const DARK_MS = 500;

/** Writes in which the power fails, and after how many of their bytes. */
const TEARS = [
  { write: 1, bytes: 0 },
  { write: 1, bytes: 20 },
  { write: 2, bytes: 0 },
  { write: 2, bytes: 8 },
];

const OTHER_KEY = KEY.map((byte) => byte ^ 0x33);

/** A pump before the command, and the client that will give it. */
async function ready({ stage, before }: Cut): Promise<ImageClient> {
  const image = await pumpAt(stage);
  const client = await image.clinician();
  if (before !== undefined) expect((await client.do(before(client.link))).kind).toBe("taken");
  return client;
}

/** What a person sees of the pump: all that an order could have done twice or by half. */
async function seen({ link, pump: image }: ImageClient): Promise<object> {
  const [state, totals, residual, rate] = await image.time.until(
    Promise.all([link.state(), link.totals(), link.residual(), link.rate()]),
  );
  const { mode, digest, fault } = state;
  return { mode, digest, fault, granted: totals.granted, filledNl: residual.filledNl, basal: rate.basalNlPerDay };
}

async function lostOr(client: ImageClient, outcome: Promise<OrderOutcome>): Promise<OrderOutcome | LinkLost> {
  try {
    return await client.do(outcome);
  } catch (error) {
    if (error instanceof LinkLost) return error;
    throw error;
  }
}

/** The effects that an order has had: one, or none. A stop that was sent again is the same stop. */
function effects(image: ImagePump, { kind }: Cut, commandId: number): number {
  const count = image.effects(commandId);
  return kind === EventKind.stop ? Math.min(1, count) : count;
}

/** Frames of the command in a run where nothing is lost, and what is seen before and after it. */
async function unharmed(cut: Cut): Promise<{ frames: number; earlier: object; later: object }> {
  const client = await ready(cut);
  const earlier = await seen(client);
  let frames = 0;
  client.transport.fate = (frame, toPump) => {
    frames++;
    return GOOD(frame, toPump);
  };
  const outcome = await client.do(cut.give(client.link));
  if (outcome.kind !== "taken") throw new Error(JSON.stringify(outcome));
  expect(client.pump.effects(outcome.commandId)).toBe(1);
  const count = frames;
  return { frames: count, earlier, later: await seen(client) };
}

describe("the link is lost behind each frame of an order", () => {
  test.each(CUTS.map((cut) => [EventKind[cut.kind], cut] as const))(
    "%s: it was done once with its record or not at all, and its command id settles which (LNK-022)",
    async (name, cut) => {
      const { frames, earlier, later } = await unharmed(cut);
      expect(frames).toBeGreaterThanOrEqual(2);
      for (let kept = 0; kept < frames; kept++) {
        const about = `${name}, lost behind frame ${kept}`;
        const client = await ready(cut);
        const image = client.pump;
        let place = 0;
        client.transport.fate = (frame, toPump) => (place++ < kept ? GOOD(frame, toPump) : []);
        const lost = await lostOr(client, cut.give(client.link));
        if (!(lost instanceof LinkLost)) throw new Error(`${about}: ${JSON.stringify(lost)}`);
        const { commandId = 0 } = lost.unanswered ?? {};
        const done = image.effects(commandId);
        client.transport.fate = GOOD;
        expect([0, 1], about).toContain(done);
        expect(await seen(client), about).toEqual(done === 1 ? later : earlier);
        // Another programmer, that knows nothing but the id.
        const other = await image.clinician();
        const outcome = await other.do(cut.give(other.link, { commandId }));
        const settled = cut.kind === EventKind.stop ? "taken" : ["taken", "takenBefore"][done];
        expect(outcome.kind, about).toBe(settled);
        expect(effects(image, cut, commandId), about).toBe(1);
        expect(await seen(other), about).toEqual(later);
        expect(image.failures, about).toEqual([]);
      }
    },
  );
});

describe("the power is lost at each instant of an order", () => {
  test.each(CUTS.map((cut, place) => [EventKind[cut.kind], cut, place] as const))(
    "%s: what was told as stored is there, and the order is carried out once in all (LNK-022)",
    async (name, cut, place) => {
      const { earlier, later } = await unharmed(cut);
      const settles = async (about: string, fail: (image: ImagePump) => void): Promise<void> => {
        const client = await ready(cut);
        const image = client.pump;
        fail(image);
        const ids: number[] = [];
        const outcome = await lostOr(client, cut.give(client.link, { told: (commandId) => void ids.push(commandId) }));
        const [commandId = 0] = ids;
        await image.time.pause(3000);
        expect(new Set(ids).size, about).toBe(1);
        if (outcome instanceof LinkLost) throw new Error(`${about}: ${outcome.message}`);
        if (outcome.kind === "taken" && outcome.isStored)
          expect((await client.do(client.link.state())).highestCommandId, about).toBeGreaterThanOrEqual(commandId);
        const again = await client.do(cut.give(client.link, { commandId }));
        expect(["taken", "takenBefore"], about).toContain(again.kind);
        expect(effects(image, cut, commandId), about).toBe(1);
        const now = await seen(client);
        if (cut.isVolatile !== true) expect(now, about).toEqual(later);
        else expect([earlier, later], about).toContainEqual(now);
        expect(image.failures, about).toEqual([]);
      };
      for (let cutMs = place % CUT_EVERY_MS; cutMs <= LAST_CUT_MS; cutMs += CUT_EVERY_MS)
        await settles(`${name}, dark after ${cutMs} ms`, (image) =>
          image.time.after(cutMs, () => image.pump.cutPower(DARK_MS)),
        );
      for (const tear of TEARS)
        await settles(`${name}, dark at ${tear.bytes} bytes of write ${tear.write}`, (image) => {
          image.pump.memory.tear = tear;
          image.time.after(DARK_MS, () => image.pump.powerOn());
        });
    },
  );
});

describe("a key", () => {
  test("that is set, changed or erased while link or power are lost: the old one or the new one holds, and never both (LNK-022)", async () => {
    for (let kept = 0; kept < 6; kept++) {
      const about = `changed, lost behind frame ${kept}`;
      const image = await pumpAt(Stage.running);
      const client = await image.clinician();
      let place = 0;
      client.transport.fate = (frame, toPump) => (place++ < kept ? GOOD(frame, toPump) : []);
      const status = await client.do(client.link.rotateKey(OTHER_KEY).catch((error: unknown) => error));
      client.transport.fate = GOOD;
      if (!(status instanceof LinkLost)) expect(status, about).toBe(ServiceStatus.done);
      const results: boolean[] = [];
      for (const key of [KEY, OTHER_KEY]) {
        const other = await image.client();
        results.push((await other.do(other.link.openSession(key))) === undefined);
      }
      expect(
        results.filter((opens) => opens),
        about,
      ).toHaveLength(1);
      if (status === ServiceStatus.done) expect(results, about).toEqual([false, true]);
    }
    for (let cutMs = 0; cutMs <= LAST_CUT_MS; cutMs += CUT_EVERY_MS) {
      const about = `erased, dark after ${cutMs} ms`;
      const image = await pumpAt(Stage.running);
      const client = await image.client();
      image.pump.holdButton(5000);
      await image.time.pause(3500);
      image.time.after(cutMs, () => image.pump.cutPower(DARK_MS));
      await client.do(client.link.eraseKey());
      await image.time.pause(3000);
      const { hasKey, mode, digest } = await client.do(client.link.state());
      // Never a pump that goes on by itself and obeys nobody any more.
      if (!hasKey) expect([mode, digest], about).toEqual([0, 0]);
      expect(image.failures, about).toEqual([]);
    }
  });
});

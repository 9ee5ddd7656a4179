import { describe, expect, test } from "vitest";
import { crc16 } from "../../link/crc16";
import { packetsIn } from "../../link/frames";
import { BadAnswer } from "../../link/link-errors";
import { LogRing } from "../../link/log-entries";
import { readLog } from "../../link/log-pages";
import { readReportRows } from "../../link/report-rows";
import { isSealed, sealedFrame } from "../../link/seal";
import type { SealedLine } from "../../link/sealed-line";
import { EventKind } from "../../src/events";
import { Direction, ServiceCommand, ServiceStatus } from "../../src/service/protocol";
import { Random } from "../../sim/random/random";
import { GOOD } from "./faulty-transport";
import { KEY, LinkedPump, toolsOf } from "./linked-pump";

const { hmac } = toolsOf(new Random(1));

/** A session in which every question has this answer; somebody who asks without end is told off. */
function answering(...body: number[]): SealedLine {
  let questions = 0;
  const line: Pick<SealedLine, "ask" | "throughout"> = {
    ask: () => {
      if (questions++ > 100) throw new Error("asked without end");
      return Promise.resolve({ status: ServiceStatus.done, body: Uint8Array.from(body) });
    },
    throughout: async (work) => {
      const done = await work();
      if (done === undefined) throw new Error("the session has ended");
      return done;
    },
  };
  return line as SealedLine;
}

describe("what cannot be an answer", () => {
  test("an answer with one bit turned over, or with a seal over less than a head, is not sealed (LNK-036)", async () => {
    const head = { counter: 7, kind: 7, status: 0 };
    const frame = await sealedFrame(hmac, KEY, Direction.toClient, head, Uint8Array.of(1, 2, 3));
    expect(await isSealed(hmac, KEY, Direction.toClient, frame)).toBe(true);
    for (let bit = 0; bit < 8 * frame.length; bit++) {
      const turned = frame.slice();
      turned[bit >> 3] = (turned[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(await isSealed(hmac, KEY, Direction.toClient, turned), `bit ${bit}`).toBe(false);
    }
    const mac = (await hmac(KEY, Uint8Array.of(Direction.toClient, 1, 2, 3, 4))).subarray(0, 16);
    expect(await isSealed(hmac, KEY, Direction.toClient, Uint8Array.of(1, 2, 3, 4, ...mac))).toBe(false);
  });

  test("a frame that is longer than any can be is none, whatever its checksum says (LNK-036)", () => {
    const frame = new Uint8Array(12 + 255);
    frame[2] = 255;
    frame[12] = 236;
    const crc = crc16(frame, 2, frame.length);
    frame.set([crc & 255, crc >> 8]);
    expect(packetsIn(frame)).toEqual([]);
  });

  test("a report whose cursor stands still or goes back, and a page without a head, end the reading (LNK-036)", async () => {
    await expect(readReportRows(answering(0, 0))).rejects.toThrow(BadAnswer);
    await expect(readReportRows(answering(5, 0))).rejects.toThrow(BadAnswer);
    await expect(readReportRows(answering())).rejects.toThrow(BadAnswer);
    await expect(readLog(answering(1, 0, 0, 0, 0, 0, 0), LogRing.events, 0, () => undefined)).rejects.toThrow(
      BadAnswer,
    );
    // More is said to be there than comes.
    expect(await readLog(answering(99, 0, 0, 0, 0, 0, 0, 0), LogRing.events, 0, () => undefined)).toBe(
      ServiceStatus.done,
    );
  });
});

test("a key whose setting is not answered is found by a session, and another's is not taken for it (LNK-037)", async () => {
  const linked = await LinkedPump.make();
  const { link, pump, transport } = linked;
  pump.heldMs = 3000;
  let lost = 0;
  transport.fate = (frame, toPump) => {
    const isAnswer = !toPump && packetsIn(frame).some(({ command }) => command === Number(ServiceCommand.setKey));
    return isAnswer && lost++ === 0 ? [] : GOOD(frame, toPump);
  };
  expect(await linked.do(link.setKey(KEY))).toBe(ServiceStatus.done);
  expect(lost).toBeGreaterThan(1);
  lost = 0;
  expect(await linked.do(link.setKey(KEY.map((byte) => byte ^ 1)))).toBe(ServiceStatus.keyIsSet);
});

test("another key that is told as not stored holds now, and the next session is opened with it (LNK-037)", async () => {
  const linked = await LinkedPump.opened();
  const { link, pump } = linked;
  const other = KEY.map((byte) => byte ^ 1);
  pump.isMemorySilent = true;
  expect(await linked.do(link.rotateKey(other))).toBe(ServiceStatus.notStored);
  pump.isMemorySilent = false;
  // Another client ends the session.
  const second = await linked.another();
  expect(await linked.do(second.link.openSession(other))).toBeUndefined();
  await linked.do(second.link.close());
  expect((await linked.do(link.order({ kind: EventKind.silence }))).kind).toBe("taken");
});

import { beforeEach, describe, expect, it } from "vitest";
import { KCP } from "../../../bench/balances/kcp";
import { MT_SICS } from "../../../bench/balances/mt-sics";
import { USUAL_PATIENCE, Weigher } from "../../../bench/balances/weigher";
import type { WeigherEvent } from "../../../bench/balances/weigher-event";
import { FakeBalance, ManualTimers } from "./fake-balance";

const IDENTITIES: Readonly<Record<string, string>> = { "I2\r\n": 'I2 A "AB220"\r\n', "I4\r\n": 'I4 A "77"\r\n' };

/** A weigher at a balance, and all that it tells, in short. */
class Desk {
  nowMs = 0;
  readonly told: string[] = [];
  readonly timers = new ManualTimers();
  weight: string | undefined = "S S     12.3456 g\r\n";
  readonly balance = new FakeBalance((question) => (question === "SI\r\n" ? this.weight : IDENTITIES[question]));
  readonly weigher: Weigher;

  constructor(protocol = MT_SICS) {
    this.weigher = new Weigher({
      connection: this.balance,
      protocol,
      clock: { nowMs: () => this.nowMs },
      timers: this.timers,
      patience: USUAL_PATIENCE,
      hear: (event) => this.told.push(`${event.atMs} ${inShort(event)}`),
    });
  }

  /** Runs `work` while the time that anybody waits for passes at once. */
  async impatiently<T>(work: Promise<T>): Promise<T> {
    let isOver = false;
    const over = work.finally(() => (isOver = true));
    for (let turn = 0; turn < 100 && !isOver; turn++) {
      for (let step = 0; step < 5; step++) await Promise.resolve();
      if (!isOver) this.timers.pass(USUAL_PATIENCE.weightMs);
    }
    return over;
  }
}

function inShort(event: WeigherEvent): string {
  if (event.kind === "line")
    return event.answer.kind === "weight" ? `${event.answer.massG} g` : `${event.answer.kind} ${event.answer.raw}`;
  return event.kind === "disconnected" ? `disconnected: ${event.why}` : event.kind;
}

let desk: Desk;
beforeEach(async () => {
  desk = new Desk();
  await desk.weigher.open();
});

describe("a weigher", () => {
  it("asks one question at a time and says who the balance is, without a reset that would take its tare back", async () => {
    expect(await desk.weigher.identify()).toBe("AB220, serial number 77");
    await desk.weigher.weigh();
    expect(desk.balance.asked).toEqual(["I2\r\n", "I4\r\n", "SI\r\n"]);
    expect(desk.told).toEqual(["0 12.3456 g"]);
  });

  it("waits between questions where a balance wants it", async () => {
    const slow = new Desk(KCP);
    await slow.weigher.open();
    const asking = slow.weigher.identify();
    await Promise.resolve();
    expect(slow.balance.asked).toEqual(["I2\r\n"]);
    expect(await slow.impatiently(asking)).toBe("AB220, serial number 77");
  });

  it("takes noise for no answer, keeps it, and takes the answer that follows it (BAL-005)", async () => {
    desk.weight = "\u0081\u00ff?\r\nS S     12.3456 g\r\n";
    await desk.weigher.weigh();
    desk.weight = "\u0011S S      1.0000 g\r\n";
    await desk.weigher.weigh();
    expect(desk.told).toEqual(["0 unknown \u0081\u00ff?", "0 12.3456 g", "0 1 g"]);
  });

  it("tells a half line after a silence, with the time of its last byte", async () => {
    await desk.weigher.identify();
    desk.weight = "S S     12.";
    desk.nowMs = 100;
    const asking = desk.weigher.weigh();
    desk.nowMs = 700;
    desk.timers.pass(USUAL_PATIENCE.silenceMs);
    desk.timers.pass(USUAL_PATIENCE.weightMs);
    await asking;
    expect(desk.told).toEqual(["100 unknown S S     12.", "700 noAnswer"]);
  });

  it("has the time of a line's last byte, also of an answer that comes after its time-out", async () => {
    await desk.weigher.identify();
    desk.weight = undefined;
    await desk.impatiently(desk.weigher.weigh());
    desk.nowMs = 6000;
    desk.balance.say("S S     12.");
    desk.nowMs = 6010;
    desk.balance.say("3456 g\r\n");
    expect(desk.told).toEqual(["0 noAnswer", "6010 12.3456 g"]);
  });

  it("loses the balance when the cable goes, and gets it back with what it says first (BAL-006)", async () => {
    await desk.weigher.weigh();
    desk.nowMs = 5000;
    desk.balance.unplug("cable out");
    expect(desk.weigher.isAway()).toBe(true);
    await desk.weigher.weigh();
    expect(await desk.weigher.reopen()).toBe(false);
    const waits = desk.weigher.retryAtMs() - desk.nowMs;
    expect(await desk.weigher.reopen()).toBe(false);
    expect(desk.weigher.retryAtMs() - desk.nowMs).toBe(2 * waits);
    desk.balance.isPlugged = true;
    desk.nowMs = 9000;
    expect(await desk.weigher.reopen()).toBe(true);
    await desk.weigher.weigh();
    expect(desk.told).toEqual([
      "0 12.3456 g",
      "5000 disconnected: cable out",
      "9000 reconnected",
      "9000 identified",
      "9000 12.3456 g",
    ]);
  });

  it("takes a balance that stays mute for gone, although its cable is there, and finds it again when it speaks", async () => {
    await desk.weigher.weigh();
    desk.balance.answer = () => undefined;
    for (let time = 0; time < 3; time++) await desk.impatiently(desk.weigher.weigh());
    expect(await desk.impatiently(desk.weigher.reopen())).toBe(false);
    desk.balance.answer = () => "S S     13.0000 g\r\n";
    expect(await desk.impatiently(desk.weigher.reopen())).toBe(true);
    expect(desk.told.slice(1, 6)).toEqual([
      "0 noAnswer",
      "0 noAnswer",
      "0 noAnswer",
      "0 disconnected: 3 questions without an answer",
      "0 reconnected",
    ]);
  });

  it("ends a question that waits when it is closed", async () => {
    desk.weight = undefined;
    const asking = desk.weigher.weigh();
    await desk.weigher.close();
    expect(await asking).toBeUndefined();
    expect(desk.told).toEqual([]);
  });
});

import { expect, test } from "vitest";
import { EventKind } from "../../src/events";
import { Inbox } from "../../src/inbox";
import { AlarmKind } from "../../src/safety/alarm-kind";
import { boardCode } from "./board-code";
import { FakeBoard } from "./fake-devicescript";

/** The board's button server says `hold` this often while the key is down, in ms. */
const HOLD_EVERY_MS = 500;

/** What the button puts into the inbox: kind, time in ms, id, count, detail. */
type Input = readonly [kind: EventKind, atMs: number, id: number, count: number, detail: number];

const request = (atMs: number): Input => [EventKind.requestBolus, atMs, 0, 0, 0];
const stuck = (atMs: number, isThere: number): Input => [EventKind.detected, atMs, 0, isThere, AlarmKind.stuckKey];

/** What comes of a key that goes down and up at these instants, in ms of core time; as the button server tells of it. */
async function inputsOf(contacts: readonly (readonly [downMs: number, upMs: number])[]): Promise<Input[]> {
  const board = new FakeBoard();
  const clock = new boardCode.CoreClock(0);
  const inbox = new Inbox();
  const inputs: Input[] = [];
  let wakes = 0;
  const button = new boardCode.PatientButton(inbox, clock, { wake: () => void wakes++ });
  const at = async (atMs: number, happens: () => void): Promise<void> => {
    await board.runTo(board.millis() - clock.nowMs() + atMs);
    happens();
    while (inbox.firstMs <= atMs) {
      const inputMs = inbox.firstMs;
      const { kind, id, count, detail } = inbox.takeFirst();
      inputs.push([kind, inputMs, id, count, detail]);
    }
  };
  for (const [downMs, upMs] of contacts) {
    await at(downMs, () => button.down());
    for (let holdMs = downMs + HOLD_EVERY_MS; holdMs < upMs; holdMs += HOLD_EVERY_MS)
      await at(holdMs, () => button.hold());
    await at(upMs, () => button.up());
  }
  expect(wakes).toBe(inputs.length);
  return inputs;
}

test("a press is one request, however often the contact bounces when it closes and opens, and however long it is held (ALM-013)", async () => {
  expect(
    await inputsOf([
      [1000, 1009],
      [1018, 1800],
      [1809, 1818],
      [1900, 1990],
      [2300, 7000],
    ]),
  ).toStrictEqual([request(1518), request(2800)]);
});

test("a contact shorter than 50 ms is no press, and does not keep the next one from being one (ALM-013)", async () => {
  const { PRESS_MS } = boardCode;
  expect(PRESS_MS).toBe(50);
  expect(
    await inputsOf([
      [1000, 1000 + PRESS_MS - 1],
      [1100, 1100 + PRESS_MS],
    ]),
  ).toStrictEqual([request(1150)]);
});

test("presses that a person can make are requests of their own, from 300 ms after the last on (ALM-013)", async () => {
  const { BOUNCE_MS } = boardCode;
  expect(BOUNCE_MS).toBe(300);
  expect(
    await inputsOf([
      [0, 80],
      [80 + BOUNCE_MS - 1, 1500],
      [1500 + BOUNCE_MS, 1900],
    ]),
  ).toStrictEqual([request(80), request(1900)]);
});

test("a key that is down for 10 s is stuck, said once; that it has come up is said too (ALM-013)", async () => {
  expect(
    await inputsOf([
      [1000, 10999],
      [20000, 95000],
      [100000, 100080],
    ]),
  ).toStrictEqual([request(1500), request(20500), stuck(30000, 1), stuck(95000, 0), request(100080)]);
});

test("a key that was down before anybody listened asks for nothing, but may be stuck; a release that comes twice says nothing", async () => {
  const board = new FakeBoard();
  const clock = new boardCode.CoreClock(0);
  const inbox = new Inbox();
  const button = new boardCode.PatientButton(inbox, clock, { wake: () => undefined });
  const startMs = board.millis();
  button.up();
  for (let holdMs = 0; holdMs <= boardCode.STUCK_MS; holdMs += HOLD_EVERY_MS) {
    await board.runTo(startMs + holdMs);
    button.hold();
  }
  button.up();
  button.up();
  const first = inbox.takeFirst();
  expect([first.kind, first.count, first.detail]).toEqual([EventKind.detected, 1, AlarmKind.stuckKey]);
  expect(inbox.takeFirst().count).toBe(0);
  expect(inbox.firstMs).toBe(Number.MAX_SAFE_INTEGER);
});

test("says for how long it has been down, and 0 while it is up, also when it was down before anybody listened", async () => {
  const board = new FakeBoard();
  const clock = new boardCode.CoreClock(0);
  const button = new boardCode.PatientButton(new Inbox(), clock, { wake: () => undefined });
  const heldMs = (): number => button.heldMs(clock.nowMs());
  await board.run(5000);
  expect(heldMs()).toBe(0);
  button.down();
  await board.run(3000);
  expect(heldMs()).toBe(3000);
  button.hold();
  expect(heldMs()).toBe(3000);
  button.up();
  expect(heldMs()).toBe(0);
  await board.run(1000);
  button.hold();
  await board.run(700);
  expect(heldMs()).toBe(700);
});

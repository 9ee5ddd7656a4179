import { expect, test } from "vitest";
import { EventKind } from "../../../src/events";
import {
  CLIENT_NONCE_BYTES,
  GET_REGISTER,
  MOST_PACKET_BYTES,
  PROTOCOL,
  Register,
  SERVICE_CLASS,
  ServiceCommand,
} from "../../../src/service/protocol";
import { SIMULATED_BOARD, serverDeviceOf } from "../../../link/device-id";
import { announceFrame, commandFrame } from "../../../link/frames";
import { Random } from "../../../sim/random/random";
import { pumpAt, Stage } from "./staged-pump";

const SERVER = serverDeviceOf(SIMULATED_BOARD);

/** What was allocated and stayed, 2 bytes a packet, would fill the heap of 64 kB in so many floods. */
const FLOODS = 10;
const PACKETS = 2000;

/** A bus of 1 Mbit/s carries no more frames than this in a ms, the shortest ones. */
const FRAMES_IN_MS = 6;

const PAUSE_MS = 5000;

function bytes(random: Random, count: number): Uint8Array {
  return Uint8Array.from({ length: count }, () => random.integer(0, 255));
}

/** Any command, with a payload that is right in length, or none that makes sense. */
function packet(random: Random): Uint8Array {
  const open = Uint8Array.of(PROTOCOL, ...bytes(random, CLIENT_NONCE_BYTES));
  const sealed = bytes(random, random.integer(24, MOST_PACKET_BYTES));
  // A first frame behind an opening, which is an attempt.
  sealed.set([1, 0, 0, 0, random.integer(0, 8)]);
  const garbage = bytes(random, random.integer(0, MOST_PACKET_BYTES));
  const command = random.pick([
    { number: GET_REGISTER + random.integer(Register.identity, Register.totals + 2), payload: new Uint8Array(0) },
    { number: ServiceCommand.open, payload: open },
    { number: ServiceCommand.sealed, payload: sealed },
    { number: ServiceCommand.setKey, payload: bytes(random, 32) },
    { number: ServiceCommand.reset, payload: new TextEncoder().encode("erase key") },
    { number: random.integer(0, 0xffff), payload: garbage },
  ]);
  return commandFrame(SERVER, 1, command.number, command.payload);
}

test("floods of packets as fast as the bus takes them fill no heap, move no stroke, and a client is answered behind them (LNK-023)", async () => {
  const random = new Random(77);
  const image = await pumpAt(Stage.running);
  const client = await image.clinician();
  let delivered = 0;
  for (let flood = 0; flood < FLOODS; flood++) {
    for (let sent = 0; sent < PACKETS; sent += FRAMES_IN_MS) {
      if (sent % 300 === 0) image.receive(announceFrame(SERVER, [SERVICE_CLASS]));
      for (let i = 0; i < FRAMES_IN_MS; i++) image.receive(packet(random));
      delivered += FRAMES_IN_MS;
      await image.time.pause(1);
    }
    await image.time.pause(PAUSE_MS);
    expect((await client.do(client.link.state())).fault).toBe(0);
  }
  expect(delivered).toBeGreaterThanOrEqual(FLOODS * PACKETS);
  // Attempts with no key were among it, and cost a wait.
  await image.time.pause(310000);
  const outcome = await client.do(client.link.order({ kind: EventKind.silence }));
  expect(outcome).toMatchObject({ kind: "taken", isStored: true });
  expect(image.orders()).toHaveLength(1);
  expect(image.failures).toEqual([]);

  const alone = await pumpAt(Stage.running);
  await alone.time.pause(image.pump.nowMs);
  const endMs = Math.min(image.pump.nowMs, alone.pump.nowMs);
  const until = (strokes: typeof image.strokes): string => JSON.stringify(strokes.filter(([atMs]) => atMs <= endMs));
  expect(image.strokes.length).toBeGreaterThan(100);
  expect(until(image.strokes)).toBe(until(alone.strokes));
});

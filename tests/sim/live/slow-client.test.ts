import { once } from "node:events";
import { connect } from "node:net";
import type { Socket } from "node:net";
import { expect, test } from "vitest";
import { LiveBus } from "../../../sim/live/live-bus";
import { TcpBridge } from "../../../sim/live/node/tcp-bridge";

/** Several times what the operating system holds for a connection. */
const MOST_BYTES = 1 << 24;
const FRAME = new Uint8Array(250).fill(1);
const FRAMES = 100;

/** A client that the bus has heard: it is connected at the bridge's end, too. */
async function client(port: number, heard: () => number): Promise<Socket> {
  const before = heard();
  const socket = connect({ host: "127.0.0.1", port });
  await once(socket, "connect");
  socket.write(Uint8Array.of(1, 0));
  while (heard() === before) await new Promise((resolve) => setImmediate(resolve));
  return socket;
}

test("a client of a bridge that never reads is let go before much is kept for it, and others hear everything meanwhile (SIM-033)", async () => {
  let heard = 0;
  const bus = new LiveBus(() => heard++);
  const bridge = await TcpBridge.open(bus);
  const end = bus.join(
    () => undefined,
    () => undefined,
  );
  const idle = await client(bridge.port, () => heard);
  idle.pause();
  const awake = await client(bridge.port, () => heard);
  let taken = 0;
  awake.on("data", (bytes) => (taken += bytes.length));
  let sent = 0;
  while (sent < MOST_BYTES) {
    for (let i = 0; i < FRAMES; i++) end.send(FRAME);
    sent += FRAMES * (FRAME.length + 1);
    while (taken < sent) await once(awake, "data");
  }
  expect(taken).toBe(sent);
  let late = 0;
  idle.on("data", (bytes) => (late += bytes.length)).on("error", () => undefined);
  idle.resume();
  await once(idle, "close");
  expect(late).toBeLessThan(sent / 2);
  bridge.close();
  bus.close("the end");
  await once(awake, "close");
});

import { createServer } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";
import { SerialPortMock } from "serialport";
import type { SerialPort } from "serialport";
import { afterAll, describe, expect, it } from "vitest";
import { SerialConnection } from "../../../bench/balances/node/serial-connection";
import { TcpConnection } from "../../../bench/balances/node/tcp-connection";
import { ReplayConnection } from "../../../bench/balances/replay-connection";
import { USUAL_SERIAL } from "../../../bench/balances/serial-settings";

const servers: Server[] = [];
afterAll(() => servers.forEach((server) => server.close()));

async function serve(talk: (socket: Socket) => void): Promise<number> {
  const server = createServer(talk);
  servers.push(server);
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

/** Collects what a connection tells until `isEnough`. */
function collector(isEnough: (told: string) => boolean): {
  readonly listener: { onBytes(bytes: Uint8Array): void; onClosed(why: string): void };
  readonly told: Promise<string>;
} {
  let text = "";
  let resolve: (told: string) => void;
  const told = new Promise<string>((done) => (resolve = done));
  const add = (more: string): void => {
    text += more;
    if (isEnough(text)) resolve(text);
  };
  return {
    listener: {
      onBytes: (bytes) => add(Buffer.from(bytes).toString("latin1")),
      onClosed: (why) => add(`[closed: ${why}]`),
    },
    told,
  };
}

describe("a balance on the network", () => {
  it("carries bytes both ways and says when the other end goes", async () => {
    const port = await serve((socket) => {
      socket.on("data", (bytes) => socket.end(`<${bytes.toString("latin1")}\u00b5>`, "latin1"));
    });
    const connection = new TcpConnection("127.0.0.1", port);
    const { listener, told } = collector((text) => text.includes("[closed"));
    await connection.open(listener);
    await connection.write("SI\r\n");
    expect(await told).toBe("<SI\r\n\u00b5>[closed: the other end closed the connection]");
    await expect(connection.write("SI\r\n")).rejects.toThrow("closed");
    await connection.close();
  });

  it("says why it cannot be opened", async () => {
    const port = await serve(() => undefined);
    await new Promise((resolve) => servers.pop()?.close(resolve));
    const connection = new TcpConnection("127.0.0.1", port);
    await expect(connection.open(collector(() => true).listener)).rejects.toThrow("nothing listens there");
  });
});

describe("a balance on a serial port", () => {
  it("carries bytes both ways, is told when the cable goes, and can be opened again", async () => {
    SerialPortMock.binding.createPort("/dev/BALANCE", { echo: false, record: true });
    let made: SerialPortMock | undefined;
    const connection = new SerialConnection(
      "/dev/BALANCE",
      { ...USUAL_SERIAL, parity: "even", dataBits: 7 },
      (options) => (made = new SerialPortMock(options)) as unknown as SerialPort,
    );
    const first = collector((text) => text.includes("[closed"));
    await connection.open(first.listener);
    expect(made?.settings).toMatchObject({ baudRate: 9600, parity: "even", dataBits: 7 });
    await connection.write("SI\r\n");
    expect(made?.port?.recording.toString()).toBe("SI\r\n");
    made?.port?.emitData("S S  1.0 g\r\n");
    await new Promise((resolve) => made?.once("data", resolve));
    await new Promise((resolve) => made?.close(resolve));
    expect(await first.told).toContain("S S  1.0 g\r\n[closed");
    const second = collector((text) => text.includes("\n"));
    await connection.open(second.listener);
    made?.port?.emitData("S S  2.0 g\r\n");
    expect(await second.told).toBe("S S  2.0 g\r\n");
    await connection.close();
  });

  it("says what helps when the port is not there", async () => {
    const connection = new SerialConnection("/dev/ttyNOWHERE", USUAL_SERIAL);
    await expect(connection.open(collector(() => true).listener)).rejects.toThrow("is the adapter plugged in?");
  });
});

describe("a replay", () => {
  it("says each line at its own time", async () => {
    const replay = new ReplayConnection("replay:x", [
      { atMs: 0, text: "a" },
      { atMs: 700, text: "b" },
      { atMs: 31000, text: "c" },
    ]);
    const heard: string[] = [];
    await replay.open({
      onBytes: (bytes) => heard.push(`${replay.nowMs()} ${Buffer.from(bytes).toString().trim()}`),
      onClosed: () => undefined,
    });
    await replay.waitUntil(30000);
    expect([...heard, replay.nowMs()]).toEqual(["0 a", "700 b", 30000]);
    await replay.waitUntil(60000);
    expect(heard[2]).toBe("31000 c");
  });
});

import { EventEmitter } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import type { SerialPort } from "serialport";
import { expect, test } from "vitest";
import { reportFrame } from "../../../link/frames";
import { SIMULATED_BOARD } from "../../../link/device-id";
import { SerialTransport } from "../../../link/node/serial-transport";
import { TcpTransport } from "../../../link/node/tcp-transport";
import { WebSocketTransport } from "../../../link/websocket-transport";
import { bridgeFrame, quoteFrame, UsbFrameReader } from "../../../link/usb-bytes";
import { VirtualTime } from "../virtual-time";

const FRAME = reportFrame(SIMULATED_BOARD, 1, 0x1180, Uint8Array.of(0xfe, 0xfc, 1));

/** A board's serial port: answers the bridge's questions from the `answersFrom`-th on, and gives back all other frames. */
class FakePort extends EventEmitter {
  isOpen = false;
  readonly frames: string[] = [];
  private questions = 0;
  private readonly reader = new UsbFrameReader((frame) => this.take(frame));

  constructor(
    readonly options: unknown,
    private readonly answersFrom: number,
    private readonly refusal: string | undefined,
  ) {
    super();
  }

  open(done: (error: Error | null) => void): void {
    this.isOpen = this.refusal === undefined;
    done(this.refusal === undefined ? null : new Error(this.refusal));
  }

  write(bytes: Uint8Array, done?: () => void): void {
    this.reader.push(bytes);
    done?.();
  }

  /** A board that has frozen takes no bytes. */
  isFrozen = false;

  drain(done: () => void): void {
    if (!this.isFrozen) done();
  }

  flush(done: () => void): void {
    done();
  }

  close(done: () => void): void {
    this.isOpen = false;
    this.emit("close");
    done();
  }

  private take(frame: Uint8Array): void {
    const text = Buffer.from(frame).toString("hex");
    this.frames.push(text);
    if (text === Buffer.from(bridgeFrame(true)).toString("hex") && ++this.questions < this.answersFrom) return;
    const bytes = quoteFrame(frame);
    this.emit("data", new TextEncoder().encode("DM (1234): some log\n"));
    this.emit("data", bytes.subarray(0, 5));
    this.emit("data", bytes.subarray(5));
  }
}

function portMaker(answersFrom = 1, refusal?: string): { ports: FakePort[]; make: (options: unknown) => SerialPort } {
  const ports: FakePort[] = [];
  const make = (options: unknown): SerialPort => {
    const port = new FakePort(options, answersFrom, refusal);
    ports.push(port);
    return port as unknown as SerialPort;
  };
  return { ports, make };
}

test("a serial port is asked for packets until it answers, and carries frames between log lines (LNK-007)", async () => {
  const time = new VirtualTime();
  const { ports, make } = portMaker(4);
  const transport = await time.until(SerialTransport.open("/dev/ttyACM0", time, make));
  const heard: Uint8Array[] = [];
  transport.listen(
    (frame) => heard.push(frame),
    () => undefined,
  );
  transport.send(FRAME);
  expect(heard).toEqual([FRAME]);
  await time.until(transport.close());
  const [port] = ports;
  // Without hupcl closing the port leaves the control lines alone, which reset many boards.
  expect(port?.options).toMatchObject({ path: "/dev/ttyACM0", hupcl: false });
  expect(port?.isOpen).toBe(false);
  expect(port?.frames.at(-1)).toBe(Buffer.from(bridgeFrame(false)).toString("hex"));
});

test("a port that is none of a board, or cannot be opened, says so in one line (LNK-007)", async () => {
  const time = new VirtualTime();
  const silent = portMaker(Infinity);
  await expect(time.until(SerialTransport.open("/dev/ttyS9", time, silent.make))).rejects.toThrow(
    "/dev/ttyS9: no Jacdac board answers on this port",
  );
  expect(silent.ports[0]?.isOpen).toBe(false);
  const refused = portMaker(1, "Error: Permission denied, cannot open /dev/ttyACM0");
  await expect(time.until(SerialTransport.open("/dev/ttyACM0", time, refused.make))).rejects.toThrow("group dialout");
});

test("the port of a board that has frozen is closed all the same (LNK-007)", async () => {
  const time = new VirtualTime();
  const { ports, make } = portMaker();
  const transport = await time.until(SerialTransport.open("/dev/ttyACM0", time, make));
  const [port] = ports;
  if (port === undefined) throw new Error("a port");
  port.isFrozen = true;
  await time.until(transport.close());
  expect(port.isOpen).toBe(false);
});

test("a cable that is pulled ends the transport", async () => {
  const time = new VirtualTime();
  const { ports, make } = portMaker();
  const transport = await time.until(SerialTransport.open("/dev/ttyACM0", time, make));
  const why: string[] = [];
  transport.listen(
    () => undefined,
    (text) => why.push(text),
  );
  ports[0]?.close(() => undefined);
  expect(why).toEqual(["the port was closed: was the cable unplugged, or the board reset?"]);
  transport.send(FRAME);
});

test("a TCP bridge carries frames behind their lengths, and its end is told (LNK-007)", async () => {
  const server = createServer((socket) => socket.on("data", (bytes) => socket.end(bytes)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const transport = await TcpTransport.open("127.0.0.1", port);
  const heard: Uint8Array[] = [];
  const closed = new Promise<string>((resolve) => transport.listen((frame) => heard.push(frame), resolve));
  transport.send(FRAME);
  expect(await closed).toBe("the bridge closed the connection");
  expect(heard).toEqual([FRAME]);
  await transport.close();
  await new Promise((resolve) => server.close(resolve));
  await expect(TcpTransport.open("127.0.0.1", port)).rejects.toThrow(`tcp:127.0.0.1:${port}: nothing listens there`);
});

/** As much of a WebSocket as a bridge needs. */
class FakeSocket extends EventTarget {
  readonly OPEN = 1;
  readyState = 1;
  binaryType = "";
  readonly sent: Uint8Array[] = [];

  send(bytes: Uint8Array): void {
    this.sent.push(bytes);
    this.dispatchEvent(new MessageEvent("message", { data: Uint8Array.from(bytes).buffer }));
    this.dispatchEvent(new MessageEvent("message", { data: "text for somebody else" }));
  }

  close(): void {
    this.readyState = 3;
  }
}

test("a WebSocket bridge carries a frame in each binary message (LNK-007)", async () => {
  const socket = new FakeSocket();
  const opened = WebSocketTransport.open("ws://127.0.0.1:8081", () => socket as unknown as WebSocket);
  socket.dispatchEvent(new Event("open"));
  const transport = await opened;
  const heard: Uint8Array[] = [];
  const why: string[] = [];
  transport.listen(
    (frame) => heard.push(frame),
    (text) => why.push(text),
  );
  transport.send(FRAME);
  expect(heard).toEqual([FRAME]);
  socket.dispatchEvent(new Event("close"));
  expect(why).toHaveLength(1);
  const failed = WebSocketTransport.open("ws://127.0.0.1:1", () => socket as unknown as WebSocket);
  socket.dispatchEvent(new Event("error"));
  await expect(failed).rejects.toThrow("nothing answers there");
});

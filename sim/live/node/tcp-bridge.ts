import { createServer } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";
import type { BusEnd, LiveBus } from "../live-bus";

/** What has a bus: a live pump. */
type OnBus = Pick<LiveBus, "join">;

/** Only this machine may connect. */
const HOST = "127.0.0.1";
/** A length byte of this value announces two more: a message of the devtools, which no bus carries. */
const LONG = 0xff;
const LONG_HEADER_BYTES = 3;
/** A client that lets this many bytes pile up does not read; it is let go. What the operating system holds for it comes on top. */
const MOST_WAITING_BYTES = 1 << 18;
const MOST_CLIENTS = 32;

/**
 * The bus of a live pump on a TCP port of this machine, in the framing of DeviceScript's devtools on port 8082: a byte with the length, then
 * the frame. Several clients may come; each hears the pump and the others. What a client sends is not trusted: bytes that are no frame are
 * lost on the bus.
 */
export class TcpBridge {
  private constructor(private readonly server: Server) {}

  /** Opens it. @param port 0: any that is free. Rejects when the port is taken. */
  static async open(pump: OnBus, port = 0): Promise<TcpBridge> {
    const server = createServer({ noDelay: true }, (socket) => connect(pump, socket));
    server.maxConnections = MOST_CLIENTS;
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, HOST, () => {
        server.off("error", reject);
        resolve();
      });
    });
    return new TcpBridge(server);
  }

  /** Where it listens. */
  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Takes no more clients. Those that are connected stay until the pump is switched off. */
  close(): void {
    this.server.close();
  }
}

function connect(pump: OnBus, socket: Socket): void {
  const end = pump.join(
    (frame) => {
      if (socket.destroyed) return;
      socket.write(Uint8Array.of(frame.length, ...frame));
      if (socket.writableLength > MOST_WAITING_BYTES) socket.destroy();
    },
    () => socket.end(),
  );
  const reader = new FrameReader(end);
  socket.on("data", (bytes) => reader.push(bytes));
  // Whatever breaks it, the client has gone.
  socket.on("error", () => socket.destroy());
  socket.on("close", () => end.leave());
}

/** Cuts what a client sends into frames. */
class FrameReader {
  private kept: Uint8Array = new Uint8Array(0);

  constructor(private readonly end: BusEnd) {}

  push(bytes: Uint8Array): void {
    let rest = bytes;
    if (this.kept.length !== 0) {
      rest = new Uint8Array(this.kept.length + bytes.length);
      rest.set(this.kept);
      rest.set(bytes, this.kept.length);
    }
    for (;;) {
      const [length = 0, low = 0, high = 0] = rest;
      const isLong = length === LONG;
      const first = isLong ? LONG_HEADER_BYTES : 1;
      const behind = isLong ? first + low + 256 * high : first + length;
      if (rest.length < first || rest.length < behind) break;
      if (!isLong && length !== 0) this.end.send(rest.subarray(first, behind));
      rest = rest.subarray(behind);
    }
    this.kept = rest.slice();
  }
}

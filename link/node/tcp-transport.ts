import { connect } from "node:net";
import type { Socket } from "node:net";
import { LengthReader, withLength } from "../length-bytes";
import { LinkFailure } from "../link-errors";
import type { Transport } from "../transport";
import { networkReasons } from "./network-reasons";

/** Longest time that a connection takes to come about, in ms. */
const CONNECT_WITHIN_MS = 5000;

const REASONS = networkReasons("is the bridge running, and is this its port?");

/** A TCP bridge: DeviceScript's devtools on port 8082, or a simulated pump. Nothing in it is encrypted or checked: use it on this machine only. */
export class TcpTransport implements Transport {
  private listener: { onFrame: (frame: Uint8Array) => void; onClosed: (why: string) => void } | undefined;

  private constructor(
    readonly name: string,
    private readonly socket: Socket,
  ) {}

  /** Connects. Rejects with {@link LinkFailure}. @param port 1 to 65535 */
  static open(host: string, port: number): Promise<TcpTransport> {
    const name = `tcp:${host}:${port}`;
    return new Promise((resolve, reject) => {
      const socket = connect({ host, port, noDelay: true });
      const transport = new TcpTransport(name, socket);
      const reader = new LengthReader((frame) => transport.listener?.onFrame(frame));
      let why = "the bridge closed the connection";
      let isOpen = false;
      socket.setTimeout(CONNECT_WITHIN_MS, () => socket.destroy(new Error("the host does not answer")));
      socket.on("connect", () => {
        isOpen = true;
        socket.setTimeout(0);
        resolve(transport);
      });
      socket.on("data", (bytes) => reader.push(bytes));
      socket.on("error", (error: NodeJS.ErrnoException) => (why = REASONS[error.code ?? ""] ?? error.message));
      socket.on("close", () => {
        if (isOpen) transport.listener?.onClosed(why);
        else reject(new LinkFailure(`${name}: ${why}`));
      });
    });
  }

  listen(onFrame: (frame: Uint8Array) => void, onClosed: (why: string) => void): void {
    this.listener = { onFrame, onClosed };
    // Closed before anybody listened.
    if (this.socket.destroyed) onClosed("the bridge closed the connection");
  }

  send(frame: Uint8Array): void {
    if (!this.socket.destroyed) this.socket.write(withLength(frame));
  }

  close(): Promise<void> {
    this.listener = undefined;
    // Half closed first, so that the last frame still goes out.
    return new Promise((resolve) => {
      if (this.socket.destroyed) resolve();
      else
        this.socket.end(() => {
          this.socket.destroy();
          resolve();
        });
    });
  }
}

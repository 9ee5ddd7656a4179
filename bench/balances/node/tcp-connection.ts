import { connect } from "node:net";
import type { Socket } from "node:net";
import { networkReasons } from "../../../link/node/network-reasons";
import { ConnectionFailure } from "../balance-connection";
import type { BalanceConnection, ConnectionListener } from "../balance-connection";

/** Longest time that a connection takes to come about, in ms. */
const CONNECT_WITHIN_MS = 5000;
/** Time without a byte after which the network is asked whether the other end still lives, in ms. */
const KEEP_ALIVE_MS = 10000;

const REASONS = networkReasons("is the balance or its serial server on, and is this its port?");

/** A balance behind a network socket: its own Ethernet, or a serial server. */
export class TcpConnection implements BalanceConnection {
  readonly address: string;
  readonly takesQuestions = true;
  private socket: Socket | undefined;

  /** @param port 1 to 65535 */
  constructor(
    private readonly host: string,
    private readonly port: number,
  ) {
    this.address = `tcp:${host}:${port}`;
  }

  open(listener: ConnectionListener): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = connect({ host: this.host, port: this.port, noDelay: true });
      this.socket = socket;
      let isOpen = false;
      let why = "the other end closed the connection";
      socket.setTimeout(CONNECT_WITHIN_MS, () => socket.destroy(new Error("the host does not answer")));
      socket.on("connect", () => {
        isOpen = true;
        socket.setTimeout(0);
        socket.setKeepAlive(true, KEEP_ALIVE_MS);
        resolve();
      });
      socket.on("data", (bytes) => {
        if (this.socket === socket) listener.onBytes(bytes);
      });
      socket.on("error", (error: NodeJS.ErrnoException) => (why = REASONS[error.code ?? ""] ?? error.message));
      socket.on("close", () => {
        if (!isOpen) reject(new ConnectionFailure(why));
        else if (this.socket === socket) listener.onClosed(why);
      });
    });
  }

  write(text: string): Promise<void> {
    const { socket } = this;
    return new Promise((resolve, reject) => {
      if (socket === undefined || socket.destroyed) reject(new ConnectionFailure("the connection is closed"));
      // What goes wrong later closes the socket, which is told there.
      else socket.write(text, "latin1", () => resolve());
    });
  }

  close(): Promise<void> {
    const { socket } = this;
    this.socket = undefined;
    socket?.destroy();
    return Promise.resolve();
  }
}

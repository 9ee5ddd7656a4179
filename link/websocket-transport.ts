import { LinkFailure } from "./link-errors";
import type { Transport } from "./transport";

/** A WebSocket bridge, as DeviceScript's devtools are on port 8081: each binary message is a frame. */
export class WebSocketTransport implements Transport {
  private listener: { onFrame: (frame: Uint8Array) => void; onClosed: (why: string) => void } | undefined;

  private constructor(
    readonly name: string,
    private readonly socket: WebSocket,
  ) {
    socket.addEventListener("message", ({ data }) => {
      if (data instanceof ArrayBuffer) this.listener?.onFrame(new Uint8Array(data));
    });
    socket.addEventListener("close", () => this.listener?.onClosed("the bridge closed the connection"));
  }

  /**
   * Connects. Rejects with {@link LinkFailure}.
   * @param url as `ws://127.0.0.1:8081`
   * @param makeSocket left out: the WebSocket of this page, or of Node 22
   */
  static open(url: string, makeSocket = socketMaker()): Promise<WebSocketTransport> {
    return new Promise((resolve, reject) => {
      const socket = makeSocket(url);
      socket.binaryType = "arraybuffer";
      socket.addEventListener("open", () => resolve(new WebSocketTransport(url, socket)));
      socket.addEventListener("error", () =>
        reject(new LinkFailure(`${url}: nothing answers there: is the bridge running?`)),
      );
    });
  }

  listen(onFrame: (frame: Uint8Array) => void, onClosed: (why: string) => void): void {
    this.listener = { onFrame, onClosed };
  }

  send(frame: Uint8Array): void {
    if (this.socket.readyState === this.socket.OPEN) this.socket.send(Uint8Array.from(frame));
  }

  close(): Promise<void> {
    this.listener = undefined;
    this.socket.close();
    return Promise.resolve();
  }
}

function socketMaker(): (url: string) => WebSocket {
  const known: { WebSocket?: typeof WebSocket } = globalThis;
  return (url) => {
    if (known.WebSocket === undefined)
      throw new LinkFailure(
        "this Node has no WebSocket (Node 22 has): use the bridge's TCP port, as tcp:127.0.0.1:8082",
      );
    return new known.WebSocket(url);
  };
}

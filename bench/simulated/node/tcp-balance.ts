import { createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { FaultyLine } from "../balance-faults";
import type { BalanceFault } from "../balance-faults";
import { MtSicsBalance } from "../mt-sics-balance";
import type { WeighingDisplay } from "../simulated-bench";

/** What is served. */
export interface ServedBalance {
  readonly display: WeighingDisplay;
  /** Time since the start, in ms. */
  readonly nowMs: () => number;
  readonly faults: readonly BalanceFault[];
  /** Default: this machine only. */
  readonly host?: string;
  /** Default 0: one that is free. */
  readonly port?: number;
  /** How long a command waits for a stable weight, in ms; default 0: not at all. */
  readonly patienceMs?: number;
  /** Called before anything that was received is answered, for a bench that follows a clock of its own. */
  readonly beforeAnswer?: () => void;
}

/** A balance that listens. */
export interface ListeningBalance {
  readonly host: string;
  readonly port: number;
  /** Time has passed: answers what waited, repeats what is to be repeated, and pulls the cable out when it is time for that. */
  passed(): void;
  close(): Promise<void>;
}

const THIS_MACHINE = "127.0.0.1";

/** Serves a balance on TCP, each connection with a conversation of its own. Rejects with the system's error when it cannot listen there. */
export function serveBalanceOnTcp(balance: ServedBalance): Promise<ListeningBalance> {
  const { display, nowMs, faults, patienceMs = 0, beforeAnswer, host = THIS_MACHINE } = balance;
  const line = new FaultyLine(faults, nowMs);
  const talks = new Map<Socket, MtSicsBalance>();
  const server = createServer({ noDelay: true }, (socket) => {
    if (line.isUnplugged) {
      socket.destroy();
      return;
    }
    const send = (text: string): void => void socket.write(text, "latin1");
    const talk = new MtSicsBalance({ display, line, nowMs, send, patienceMs });
    talks.set(socket, talk);
    socket.setEncoding("latin1");
    socket.on("data", (text: string) => {
      beforeAnswer?.();
      talk.receive(text);
    });
    // A recorder that goes away is no failure of the balance.
    socket.on("error", () => socket.destroy());
    socket.on("close", () => talks.delete(socket));
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(balance.port ?? 0, host, () => {
      server.off("error", reject);
      resolve({
        host,
        port: (server.address() as AddressInfo).port,
        passed: () => {
          for (const [socket, talk] of talks) {
            if (line.isUnplugged) socket.destroy();
            else talk.passed();
          }
        },
        close: () =>
          new Promise((done) => {
            server.close(() => done());
            for (const socket of talks.keys()) socket.destroy();
          }),
      });
    });
  });
}

import { spawn } from "node:child_process";
import { FaultyLine } from "../balance-faults";
import { MtSicsBalance } from "../mt-sics-balance";
import type { ServedBalance } from "./tcp-balance";

/** A balance at a terminal device. */
export interface PtyBalance {
  /** The device: `/dev/pts/3`. Whoever opens it as a serial port finds the balance. */
  readonly path: string;
  /** Time has passed: answers what waited and repeats what is to be repeated. */
  passed(): void;
  /** The device goes away, as a cable that is pulled out. */
  close(): Promise<void>;
}

/** There is no `script` of util-linux on this machine, or it gave no terminal. The message says what to do. */
export class NoPty extends Error {
  override readonly name = "NoPty";
}

const WHAT_TO_DO =
  "a simulated serial port needs the command script of util-linux (Debian: apt install bsdutils); or serve on TCP";

/**
 * What runs at the far end: a terminal that passes every byte as it is. It ends with the process that started it, so that nothing is left of one
 * that was killed.
 */
function holdTerminal(): string {
  return `stty raw -echo && tty && while kill -0 ${process.pid} 2>/dev/null; do sleep 2; done`;
}

/**
 * Serves a balance on a pseudo-terminal. Node has none of its own: `script` of util-linux makes one, and what others write to it comes out of its
 * standard output, what it reads from its standard input arrives there. Rejects with {@link NoPty}.
 */
export function serveBalanceOnPty(balance: Omit<ServedBalance, "host" | "port">): Promise<PtyBalance> {
  const { display, nowMs, faults, patienceMs = 0, beforeAnswer } = balance;
  return new Promise((resolve, reject) => {
    const child = spawn("script", ["-q", "-e", "-c", holdTerminal(), "/dev/null"], {
      stdio: ["pipe", "pipe", "ignore"],
      // A group of its own: Ctrl-C at the terminal must not reach it before the balance is closed.
      detached: true,
    });
    const ended = new Promise<void>((done) => child.once("close", () => done()));
    const line = new FaultyLine(faults, nowMs);
    const send = (text: string): void => void child.stdin.write(text, "latin1");
    const talk = new MtSicsBalance({ display, line, nowMs, send, patienceMs });
    let isReady = false;
    let greeting = "";
    child.stdin.on("error", () => undefined);
    child.once("error", () => reject(new NoPty(WHAT_TO_DO)));
    void ended.then(() => reject(new NoPty(`script gave no terminal; ${WHAT_TO_DO}`)));
    child.stdout.setEncoding("latin1");
    child.stdout.on("data", (text: string) => {
      if (isReady) {
        beforeAnswer?.();
        talk.receive(text);
        return;
      }
      greeting += text;
      const path = /^(\/dev\/\S+)\r?\n/m.exec(greeting)?.[1];
      if (path === undefined) return;
      isReady = true;
      resolve({
        path,
        passed: () => talk.passed(),
        close: async () => {
          child.kill("SIGTERM");
          await ended;
        },
      });
    });
  });
}

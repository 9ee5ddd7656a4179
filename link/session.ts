import {
  CLIENT_NONCE_BYTES,
  DEVICE_NONCE_BYTES,
  Direction,
  FRAME_HEAD_BYTES,
  MAC_BYTES,
  OPEN_REPORT_BYTES,
  PROTOCOL,
  SealedKind,
  ServiceCommand,
  ServiceStatus,
} from "../src/service/protocol";
import { REPEAT_MS } from "./pump-line";
import type { PumpLine } from "./pump-line";
import { isSealed, sealedFrame, sessionKeyOf, webHmac } from "./seal";
import type { Hmac } from "./seal";

/** What a session is made with; given in tests. */
export interface SessionTools {
  readonly hmac: Hmac;
  /** `count` bytes that nobody can guess. */
  random(count: number): Uint8Array;
}

/** The Web Crypto API's. */
export const WEB_TOOLS: SessionTools = {
  hmac: webHmac,
  random: (count) => globalThis.crypto.getRandomValues(new Uint8Array(count)),
};

/** Why there is no session. */
export interface SessionRefused {
  /** `noSession`: the pump has another key, or somebody else came between. */
  readonly status: ServiceStatus;
  /** Until it can be tried again, in s. */
  readonly waitS: number;
}

/** The pump's answer to a sealed frame, verified. */
export interface SealedAnswer {
  readonly status: ServiceStatus;
  readonly body: Uint8Array;
}

/** A body that holds something which depends on its frame's counter. */
export type BodyFor = (counter: number, sessionKey: Uint8Array) => Promise<Uint8Array>;

/** Openings that are tried when the pump has given more than one nonce: the one that was used may not have been the last. */
const MOST_OPENINGS = 3;

/** The longest wait before another opening, in ms: a command of another client is over by then. */
const LONGEST_CHANCE_MS = 600;

/** One session with a pump: frames that nobody else can make, each with a higher counter, and answers that nobody else can give. */
export class Session {
  private counter = 0;
  private last: Promise<unknown> = Promise.resolve();
  /** The pump knows it no more: another frame of it would use up the nonce that the next session is opened with. */
  private isOver = false;

  private constructor(
    private readonly line: PumpLine,
    private readonly hmac: Hmac,
    private readonly sessionKey: Uint8Array,
  ) {}

  /**
   * Opens a session with the device's `key`; `greeting` is what the pump said to the first frame, a ping. Rejects with LinkLost.
   * @param serial the pump's serial number
   */
  static async open(
    line: PumpLine,
    key: Uint8Array,
    serial: number,
    tools: SessionTools = WEB_TOOLS,
  ): Promise<{ readonly session: Session; readonly greeting: SealedAnswer } | SessionRefused> {
    for (let opening = 1; ; opening++) {
      const nonces = new NonceWatch(line);
      try {
        const clientNonce = tools.random(CLIENT_NONCE_BYTES);
        const report = await nonces.ask(clientNonce);
        const status = report[0] ?? ServiceStatus.malformed;
        if (status !== Number(ServiceStatus.done)) return { status, waitS: (report[2] ?? 0) + (report[3] ?? 0) * 256 };
        const deviceNonce = report.slice(4);
        const sessionKey = await sessionKeyOf(tools.hmac, key, clientNonce, deviceNonce, serial);
        const session = new Session(line, tools.hmac, sessionKey);
        const greeting = await session.ask(SealedKind.ping, new Uint8Array(0));
        if (greeting !== undefined) return { session, greeting };
        if (!nonces.hasOther(deviceNonce) || opening === MOST_OPENINGS)
          return { status: ServiceStatus.noSession, waitS: 0 };
        // Perhaps another client opens one at the same time: each goes out of the other's way by chance.
        const [share = 0] = tools.random(1);
        await new Promise<void>((resolve) => line.timers.after((share * LONGEST_CHANCE_MS) / 255, resolve));
      } finally {
        nonces.end();
      }
    }
  }

  /**
   * Sends a frame and gives the pump's answer; `undefined`: the pump says that it knows no such session, or somebody says so in its place. Rejects with
   * LinkLost when no answer comes, and then nobody knows whether the frame arrived.
   */
  ask(kind: SealedKind, body: Uint8Array | BodyFor): Promise<SealedAnswer | undefined> {
    const asked = this.last.then(() => (this.isOver ? undefined : this.exchange(kind, body)));
    this.last = asked.catch(() => undefined);
    return asked;
  }

  private async exchange(kind: SealedKind, body: Uint8Array | BodyFor): Promise<SealedAnswer | undefined> {
    const { hmac, sessionKey } = this;
    const counter = ++this.counter;
    const bytes = typeof body === "function" ? await body(counter, sessionKey) : body;
    const frame = await sealedFrame(hmac, sessionKey, Direction.toPump, { counter, kind }, bytes);
    const read = async (payload: Uint8Array): Promise<SealedAnswer | "ended" | undefined> => {
      if (payload.length < FRAME_HEAD_BYTES) return undefined;
      const view = new DataView(payload.buffer, payload.byteOffset, payload.length);
      if (view.getUint32(0, true) !== counter) return undefined;
      if (payload.length === FRAME_HEAD_BYTES) return payload[4] === 0 ? "ended" : undefined;
      if (payload[4] !== Number(kind)) return undefined;
      // The frame may be written over while the MAC is being made.
      const answer = payload.slice();
      if (!(await isSealed(hmac, sessionKey, Direction.toClient, answer))) return undefined;
      return {
        status: answer[5] ?? ServiceStatus.malformed,
        body: answer.subarray(FRAME_HEAD_BYTES, answer.length - MAC_BYTES),
      };
    };
    this.isOver = true;
    const answer = await this.line.ask(ServiceCommand.sealed, frame, read);
    this.isOver = answer === "ended";
    return answer === "ended" ? undefined : answer;
  }
}

/**
 * Asks the pump for a nonce and goes on listening. A question that was lost for a while, or came twice, has two answers, and only the last nonce is
 * good.
 */
class NonceWatch {
  private last: Uint8Array | undefined;
  private readonly stopHearing: () => void;

  constructor(private readonly line: PumpLine) {
    this.stopHearing = line.hearReports(ServiceCommand.open, (payload) => {
      if (payload.length === OPEN_REPORT_BYTES) this.last = payload.slice();
    });
  }

  async ask(clientNonce: Uint8Array): Promise<Uint8Array> {
    const { line } = this;
    const question = new Uint8Array(1 + CLIENT_NONCE_BYTES);
    question[0] = PROTOCOL;
    question.set(clientNonce, 1);
    const askedMs = line.timers.nowMs();
    const first = await line.ask(ServiceCommand.open, question, (payload) =>
      payload.length === OPEN_REPORT_BYTES ? payload.slice() : undefined,
    );
    // It was asked more than once: the other answers are on their way.
    if (line.timers.nowMs() - askedMs >= REPEAT_MS)
      await new Promise<void>((resolve) => line.timers.after(REPEAT_MS, resolve));
    return this.last ?? first;
  }

  hasOther(nonce: Uint8Array): boolean {
    const { last } = this;
    if (last === undefined) return false;
    for (let i = 0; i < DEVICE_NONCE_BYTES; i++) if (last[4 + i] !== nonce[i]) return true;
    return false;
  }

  end(): void {
    this.stopHearing();
  }
}

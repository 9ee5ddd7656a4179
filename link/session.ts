import { Direction, FRAME_HEAD_BYTES, MAC_BYTES, ServiceCommand, ServiceStatus } from "../src/service/protocol";
import type { SealedKind } from "../src/service/protocol";
import { REPEATS } from "./pump-line";
import type { PumpLine } from "./pump-line";
import { isSealed, sealedFrame } from "./seal";
import type { Hmac } from "./seal";

/** The pump's answer to a sealed frame, verified. */
export interface SealedAnswer {
  readonly status: ServiceStatus;
  readonly body: Uint8Array;
}

/** A body that holds something which depends on its frame's counter. */
export type BodyFor = (counter: number, sessionKey: Uint8Array) => Promise<Uint8Array>;

/** One session with a pump: frames that nobody else can make, each with a higher counter, and answers that nobody else can give. */
export class Session {
  private counter = 0;
  private last: Promise<unknown> = Promise.resolve();
  /** The pump knows it no more: another frame of it would use up the nonce that the next session is opened with. */
  private isOver = false;

  /** A session that the pump does not know yet: its first frame shows whether both have the same key. */
  constructor(
    private readonly line: PumpLine,
    private readonly hmac: Hmac,
    private readonly sessionKey: Uint8Array,
  ) {}

  /**
   * Sends a frame and gives the pump's answer; `undefined`: the pump says that it knows no such session, or somebody says so in its place, or it speaks
   * with another client under another seal. Rejects with LinkLost when no answer comes. In both cases nobody knows whether the frame arrived.
   * @param isOvertaken looked at before the frame is sent once more: it would do harm, and the session has not begun
   */
  ask(
    kind: SealedKind,
    body: Uint8Array | BodyFor,
    isOvertaken: () => boolean = () => false,
  ): Promise<SealedAnswer | undefined> {
    const asked = this.last.then(() => (this.isOver ? undefined : this.exchange(kind, body, isOvertaken)));
    this.last = asked.catch(() => undefined);
    return asked;
  }

  private async exchange(
    kind: SealedKind,
    body: Uint8Array | BodyFor,
    isOvertaken: () => boolean,
  ): Promise<SealedAnswer | undefined> {
    const { hmac, sessionKey } = this;
    const counter = ++this.counter;
    const bytes = typeof body === "function" ? await body(counter, sessionKey) : body;
    const frame = await sealedFrame(hmac, sessionKey, Direction.toPump, { counter, kind }, bytes);
    const read = async (payload: Uint8Array): Promise<SealedAnswer | "ended" | undefined> => {
      if (payload.length < FRAME_HEAD_BYTES) return undefined;
      const isHint = payload.length === FRAME_HEAD_BYTES;
      // The frame may be written over while the MAC is being made.
      const answer = new Uint8Array(payload);
      const view = new DataView(answer.buffer);
      const answered = view.getUint32(0, true);
      if (!isHint && !(await isSealed(hmac, sessionKey, Direction.toClient, answer))) {
        // Only one session is open at a time: this is the one before, which goes on until this one's first frame is taken, or one that has taken its place.
        return counter === 1 && answered !== 1 ? undefined : "ended";
      }
      if (answered !== counter) return undefined;
      if (isHint) return answer[4] === 0 ? "ended" : undefined;
      if (answer[4] !== Number(kind)) return undefined;
      return {
        status: answer[5] ?? ServiceStatus.malformed,
        body: answer.subarray(FRAME_HEAD_BYTES, answer.length - MAC_BYTES),
      };
    };
    this.isOver = true;
    const instead = (): "ended" | undefined => (isOvertaken() ? "ended" : undefined);
    const answer = await this.line.ask(ServiceCommand.sealed, frame, read, REPEATS, instead);
    this.isOver = answer === "ended";
    return answer === "ended" ? undefined : answer;
  }
}

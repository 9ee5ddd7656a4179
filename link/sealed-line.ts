import { IDLE_MS, SealedKind, ServiceStatus } from "../src/service/protocol";
import { BadAnswer, LinkLost } from "./link-errors";
import type { PumpLine } from "./pump-line";
import { NEWCOMER_PATIENCE_MS, openSession, WEB_TOOLS } from "./open-session";
import type { SessionRefused, SessionTools } from "./open-session";
import type { BodyFor, SealedAnswer, Session } from "./session";

/** A session that nobody uses is kept by a ping after this long, in ms. */
const PING_AFTER_MS = IDLE_MS / 3;

/** A session that ends in the middle of something is opened anew so many times. */
export const MOST_REOPENINGS = 3;

/** A reader whose session another client has ended waits so long for it to be done, in ms. */
const READER_PATIENCE_MS = 10000;

/** A session with the pump that is opened anew when it has ended in the meantime: by another client, a restart, or time. */
export class SealedLine {
  /** The highest command id that the pump has seen, as it was told last. */
  highestCommandId = 0;
  private key: Uint8Array | undefined;
  private session: Session | undefined;
  private keeps = false;
  private takePingBack = (): void => undefined;
  private reopening: Promise<void> | undefined;

  constructor(
    private readonly line: PumpLine,
    private readonly serial: number,
    private readonly tools: SessionTools = WEB_TOOLS,
  ) {}

  /** Opens a session with this key; `undefined`: it is open. Rejects with LinkLost. */
  async open(key: Uint8Array, patienceMs = NEWCOMER_PATIENCE_MS): Promise<SessionRefused | undefined> {
    this.session = undefined;
    const opening = await openSession(this.line, key, this.serial, this.tools, patienceMs);
    if (!("session" in opening)) return opening;
    this.key = key;
    this.session = opening.session;
    this.learnHighestId(opening.greeting);
    this.planPing();
    return undefined;
  }

  /** Keeps the session by pings from now on, until it is closed. */
  keepOpen(): void {
    this.keeps = true;
    this.planPing();
  }

  /**
   * Asks within the session; `undefined`: it had ended, and {@link reopen} comes first. Rejects with LinkLost. Only when a session was opened: throws
   * otherwise.
   */
  async ask(kind: SealedKind, body: Uint8Array | BodyFor): Promise<SealedAnswer | undefined> {
    if (this.key === undefined) throw new Error("no session was opened");
    const { session } = this;
    const answer = await session?.ask(kind, body).catch((error: unknown) => {
      // A pump in which another client's session is open says nothing to one that it has ended.
      if (!(error instanceof LinkLost) || this.line.bus.whyClosed !== undefined) throw error;
      return undefined;
    });
    // Another question may have opened the next one meanwhile.
    if (answer === undefined && this.session === session) this.session = undefined;
    this.planPing();
    return answer;
  }

  /**
   * Opens the session that has ended once more, once for all who ask for it. Rejects with LinkLost when the pump does not take it.
   * @param patienceMs longest time that it waits for another client to be done
   */
  reopen(patienceMs = NEWCOMER_PATIENCE_MS): Promise<void> {
    this.reopening ??= this.openAnew(patienceMs).finally(() => (this.reopening = undefined));
    return this.reopening;
  }

  private async openAnew(patienceMs: number): Promise<void> {
    if (this.session !== undefined) return;
    if (this.key === undefined) throw new Error("no session was opened");
    const refused = await this.open(this.key, patienceMs);
    if (refused !== undefined)
      throw new LinkLost(`the session has ended, and the pump opens no other: ${whyRefused(refused)}`);
  }

  /** Does `work`, again from its beginning while the session ends in the middle of it. `work` says `undefined` when it has. Rejects with LinkLost. */
  async throughout<T>(work: () => Promise<T | undefined>): Promise<T> {
    for (let opened = 0; ; opened++) {
      const done = await work();
      if (done !== undefined) return done;
      if (opened === MOST_REOPENINGS)
        throw new LinkLost("the session ends again and again: is another client at work?");
      await this.reopen(READER_PATIENCE_MS);
    }
  }

  /** Asks the pump for the highest command id that it has seen. */
  async refreshHighestId(): Promise<void> {
    const greeting = await this.throughout(() => this.ask(SealedKind.ping, NOTHING));
    this.learnHighestId(greeting);
  }

  /** Ends the session, when the pump still answers. Never rejects. */
  async close(): Promise<void> {
    this.keeps = false;
    this.takePingBack();
    const { session } = this;
    this.key = undefined;
    this.session = undefined;
    await session?.ask(SealedKind.close, NOTHING).catch(() => undefined);
  }

  /** Another key holds from now on. */
  changeKey(key: Uint8Array): void {
    this.key = key;
  }

  /** The answer to a ping is a number: under the pump's seal, since anybody on the bus can say what its registers say. */
  private learnHighestId({ body }: SealedAnswer): void {
    const id = body.length === 8 ? new DataView(body.buffer, body.byteOffset).getFloat64(0, true) : NaN;
    if (!Number.isSafeInteger(id)) throw new BadAnswer("the pump does not say the highest command id that it has seen");
    this.highestCommandId = id;
  }

  private planPing(): void {
    this.takePingBack();
    if (!this.keeps || this.session === undefined) return;
    this.takePingBack = this.line.timers.after(PING_AFTER_MS, () => {
      // Without an answer the next question finds out.
      this.ask(SealedKind.ping, NOTHING).catch(() => undefined);
    });
  }
}

const NOTHING = new Uint8Array(0);

/** Why there is no session, for people. */
export function whyRefused({ status, waitS }: SessionRefused): string {
  switch (status) {
    case ServiceStatus.noSession:
      return "the key is not this pump's, or another client came between";
    case ServiceStatus.noKey:
      return "the pump has no key yet: set one while its button is held";
    case ServiceStatus.wait:
      return `after wrong keys the pump waits: try again in ${waitS} s`;
    case ServiceStatus.version:
      return "the pump speaks another version of the service";
    case ServiceStatus.notStored:
      return "the pump's memory does not answer";
    default:
      return `the pump refuses: ${ServiceStatus[status]}`;
  }
}

import {
  CLIENT_NONCE_BYTES,
  FRAME_HEAD_BYTES,
  OPEN_REPORT_BYTES,
  PROTOCOL,
  SealedKind,
  ServiceCommand,
  ServiceStatus,
} from "../src/service/protocol";
import { REPEAT_MS } from "./pump-line";
import type { PumpLine } from "./pump-line";
import { sessionKeyOf, webHmac } from "./seal";
import type { Hmac } from "./seal";
import { Session } from "./session";
import type { SealedAnswer } from "./session";
import { pause } from "./timers";

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

/** A session that is open, and what the pump said to its first frame, a ping. */
export interface OpenedSession {
  readonly session: Session;
  readonly greeting: SealedAnswer;
}

/** Openings that are tried while other clients come between. */
const MOST_OPENINGS = 12;

/** Of these, so many end with a first frame that the pump refuses: with a wrong key, each is a wrong attempt. */
const MOST_REFUSED = 4;

/** Between sessions of others it is quiet for longer than this, in ms: within one a client asks sooner. */
const SHORTEST_QUIET_MS = 100;
/** Two who wait for quiet wait differently long, by chance: up to this, in ms. */
const LONGEST_QUIET_MS = 400;

/** Two who have met once and again wait for up to so many times as long: they meet less. */
const WIDEST = 3;

/** So long after a nonce another client's may still come, which makes it worthless, in ms: three packets of the pump. */
const SETTLED_MS = 60;

/** Who comes anew waits so long for others to be done, in ms, then takes their session's place: a stop must not wait behind a log. */
export const NEWCOMER_PATIENCE_MS = 1000;

/** The wait behind wrong attempts is waited out up to this, in s: the attempts may be those of clients that met. */
export const SHORT_WAIT_S = 4;

/**
 * Opens a session with the device's `key`. Goes out of the way of other clients, as far as `patienceMs` lets it: two that open one at once use up each other's
 * nonce, and wait for another try by chance. Rejects with LinkLost.
 * @param serial the pump's serial number
 * @param patienceMs longest time that it waits for others to be done
 */
export async function openSession(
  line: PumpLine,
  key: Uint8Array,
  serial: number,
  tools: SessionTools = WEB_TOOLS,
  patienceMs = NEWCOMER_PATIENCE_MS,
): Promise<OpenedSession | SessionRefused> {
  const endMs = line.timers.nowMs() + patienceMs;
  let refused = 0;
  for (let opening = 1; ; opening++) {
    const [chance = 0] = tools.random(1);
    const spreadMs = (LONGEST_QUIET_MS - SHORTEST_QUIET_MS) * Math.min(opening, WIDEST);
    const quietMs = SHORTEST_QUIET_MS + Math.round((spreadMs * chance) / 255);
    const areOthersThere = opening > 1 || line.spokeWithin(LONGEST_QUIET_MS * WIDEST);
    // Whoever has met others waits that long even when his patience has ended: they would meet again.
    await line.untilQuiet(quietMs, Math.max(endMs - line.timers.nowMs(), opening === 1 ? 0 : quietMs));
    const others = new OthersWatch(line);
    try {
      const opened = await tryToOpen(line, key, serial, tools, others, areOthersThere);
      if ("session" in opened || opening === MOST_OPENINGS) return opened;
      const { status, waitS } = opened;
      if (status === ServiceStatus.wait && opening > 1 && waitS <= SHORT_WAIT_S) await pause(line.timers, waitS * 1000);
      else if (status !== ServiceStatus.noSession) return opened;
      else if (others.hints > 0) {
        refused++;
        if (refused === MOST_REFUSED || !(await others.areHeard(line))) return opened;
      }
    } finally {
      others.end();
    }
  }
}

async function tryToOpen(
  line: PumpLine,
  key: Uint8Array,
  serial: number,
  tools: SessionTools,
  others: OthersWatch,
  areOthersThere: boolean,
): Promise<OpenedSession | SessionRefused> {
  const question = new Uint8Array(1 + CLIENT_NONCE_BYTES);
  const clientNonce = tools.random(CLIENT_NONCE_BYTES);
  question[0] = PROTOCOL;
  question.set(clientNonce, 1);
  const askedMs = line.timers.nowMs();
  const first = await line.ask(ServiceCommand.open, question, (payload) =>
    payload.length === OPEN_REPORT_BYTES ? new Uint8Array(payload) : undefined,
  );
  // A question that was lost for a while, or came twice, has two answers, and only the last nonce is good: wait for those that are on their way.
  const askedAgain = line.timers.nowMs() - askedMs >= REPEAT_MS;
  if (askedAgain) await pause(line.timers, REPEAT_MS);
  else if (areOthersThere) await pause(line.timers, SETTLED_MS);
  const report = others.lastReport ?? first;
  const status = report[0] ?? ServiceStatus.malformed;
  if (status !== Number(ServiceStatus.done)) return { status, waitS: (report[2] ?? 0) + (report[3] ?? 0) * 256 };
  const sessionKey = await sessionKeyOf(tools.hmac, key, clientNonce, report.slice(4), serial);
  // The nonce may be another client's by now: a frame with it would count as a wrong attempt.
  if (!askedAgain && others.nonces > 1) return { status: ServiceStatus.noSession, waitS: 0 };
  const { nonces } = others;
  const session = new Session(line, tools.hmac, sessionKey);
  const greeting = await session.ask(SealedKind.ping, new Uint8Array(0), () => others.nonces > nonces);
  return greeting === undefined ? { status: ServiceStatus.noSession, waitS: 0 } : { session, greeting };
}

/** Hears whether other clients are at work on sessions while one is being opened. */
class OthersWatch {
  /** The pump's last report with a nonce. */
  lastReport: Uint8Array | undefined;
  /** Reports with a nonce that were heard, one's own among them. */
  nonces = 0;
  /** First frames that the pump has refused, one's own among them: each is told to all. */
  hints = 0;
  private hasSealed = false;
  private readonly stopHearing: readonly (() => void)[];

  constructor(line: PumpLine) {
    this.stopHearing = [
      line.hearReports(ServiceCommand.open, (payload) => {
        if (payload.length !== OPEN_REPORT_BYTES) return;
        this.lastReport = new Uint8Array(payload);
        this.nonces++;
      }),
      line.hearReports(ServiceCommand.sealed, (payload) => {
        if (payload.length > FRAME_HEAD_BYTES) this.hasSealed = true;
        else this.hints++;
      }),
    ];
  }

  /** They were heard, or are within a while: whose frame the pump refused in the place of one's own opens another session soon. */
  async areHeard(line: PumpLine): Promise<boolean> {
    if (!this.wereHeard()) await pause(line.timers, LONGEST_QUIET_MS);
    return this.wereHeard();
  }

  /** There were more nonces or refusals than one, or answers of a session: of another one, as long as one's own is not open. */
  private wereHeard(): boolean {
    return this.nonces > 1 || this.hints > 1 || this.hasSealed;
  }

  end(): void {
    for (const stop of this.stopHearing) stop();
  }
}

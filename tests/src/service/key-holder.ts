import { createHmac } from "node:crypto";
import type { EventKind } from "../../../src/events";
import { SealedKind, ServiceCommand, ServiceStatus } from "../../../src/service/protocol";
import type { ServedPump } from "./served-pump";

/** The key of the pumps here. */
export const KEY = Uint8Array.from({ length: 32 }, (_, i) => 201 - 5 * i);

/** Another one. */
export const OTHER_KEY = KEY.map((byte) => byte ^ 0x3c);

/** HMAC-SHA256 over the parts, one behind the other. */
export function hmac(key: Uint8Array, ...parts: Uint8Array[]): Uint8Array {
  const made = createHmac("sha256", key);
  for (const part of parts) made.update(part);
  return new Uint8Array(made.digest());
}

/** Numbers as f64, little-endian. */
export function f64(...numbers: number[]): Uint8Array {
  const bytes = new Uint8Array(8 * numbers.length);
  const view = new DataView(bytes.buffer);
  for (const [place, number] of numbers.entries()) view.setFloat64(8 * place, number, true);
  return bytes;
}

/** Parts, one behind the other. */
export function joined(...parts: (Uint8Array | readonly number[])[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

/** Body of an order: EventKind, then command id, id, count, detail, values. */
export function orderBody(kind: number, ...numbers: number[]): Uint8Array {
  return joined([kind, 0, 0, 0, 0, 0, 0, 0], f64(...numbers));
}

/** Body of a part of a prescription. */
export function draftBody(first: number, numbers: readonly number[]): Uint8Array {
  return joined([first, numbers.length, 0, 0, 0, 0, 0, 0], f64(...numbers));
}

/** The question for a session. */
export function openQuestion(nonce: Uint8Array, version = 1): Uint8Array {
  return joined([version], nonce);
}

/**
 * Somebody with a key who talks to a served pump: the contract of `docs/link.md` written a second time, byte for byte, so that it does not follow
 * a mistake of the client's.
 */
export class KeyHolder {
  counter = 0;
  sessionKey: Uint8Array = new Uint8Array(32);
  /** The pump's report to the question for a session. */
  report: Uint8Array | undefined;
  /** The last frame that was sent, and its answer. */
  frame: Uint8Array = new Uint8Array(0);
  answer: Uint8Array | undefined;
  commandId = 0;

  constructor(
    readonly served: ServedPump,
    public key: Uint8Array = KEY,
    private readonly nonce = Uint8Array.from({ length: 16 }, (_, i) => 11 * i),
  ) {}

  /** Sets the key with the button held. */
  setKey(): ServiceStatus | undefined {
    const { served } = this;
    served.heldMs = 3000;
    const status = served.ask(ServiceCommand.setKey, this.key)?.[0];
    served.heldMs = 0;
    return status;
  }

  /** Asks for a nonce; returns the status. */
  challenge(): ServiceStatus | undefined {
    const { served, nonce } = this;
    this.report = served.ask(ServiceCommand.open, openQuestion(nonce));
    if (this.report?.[0] !== ServiceStatus.done) return this.report?.[0];
    const label = new TextEncoder().encode("minim session");
    this.sessionKey = hmac(this.key, label, Uint8Array.of(1), nonce, this.report.slice(4), f64(served.config.serial));
    this.counter = 0;
    return ServiceStatus.done;
  }

  /** Opens a session; returns whether it is open. */
  open(): boolean {
    if (this.challenge() !== ServiceStatus.done) return false;
    return this.send(SealedKind.ping) === ServiceStatus.done;
  }

  /** Seals a frame. */
  seal(counter: number, kind: number, body: Uint8Array = new Uint8Array(0)): Uint8Array {
    const head = new Uint8Array(8);
    new DataView(head.buffer).setUint32(0, counter, true);
    head[4] = kind;
    const frame = joined(head, body);
    return joined(frame, hmac(this.sessionKey, Uint8Array.of(1), frame).subarray(0, 16));
  }

  /** Sends the next frame; returns the status of the verified answer, `undefined`: there is none of this session. */
  send(kind: number, body?: Uint8Array): ServiceStatus | undefined {
    this.frame = this.seal(++this.counter, kind, body);
    this.answer = this.served.ask(ServiceCommand.sealed, this.frame);
    return this.read(this.answer);
  }

  /** The status of an answer to the last frame, when it is sealed. */
  read(answer: Uint8Array | undefined): ServiceStatus | undefined {
    if (answer === undefined || answer.length < 24) return undefined;
    const end = answer.length - 16;
    const mac = hmac(this.sessionKey, Uint8Array.of(2), answer.subarray(0, end));
    if (!answer.subarray(end).every((byte, i) => byte === mac[i])) return undefined;
    if (!answer.subarray(0, 5).every((byte, i) => byte === this.frame[i])) return undefined;
    return answer[5];
  }

  /** The body of the last answer. */
  get body(): Uint8Array {
    return this.answer?.slice(8, -16) ?? new Uint8Array(0);
  }

  /** Gives an order under the next command id. */
  order(kind: EventKind, numbers: { id?: number; count?: number; detail?: number; values?: readonly number[] } = {}) {
    const { id = 0, count = 0, detail = 0, values = [] } = numbers;
    this.commandId = this.served.pump.orders.highestCommandId + 1;
    return this.send(SealedKind.order, orderBody(kind, this.commandId, id, count, detail, ...values));
  }

  /** Sends a prescription's numbers. */
  draft(numbers: readonly number[]): ServiceStatus | undefined {
    for (let first = 0; first < numbers.length; first += 25) {
      const status = this.send(SealedKind.draft, draftBody(first, numbers.slice(first, first + 25)));
      if (status !== ServiceStatus.done) return status;
    }
    return ServiceStatus.done;
  }

  /** Takes another key, under the mask of the session. */
  rotate(key: Uint8Array): ServiceStatus | undefined {
    const head = new Uint8Array(4);
    new DataView(head.buffer).setUint32(0, this.counter + 1, true);
    const mask = hmac(this.sessionKey, Uint8Array.of(3), head);
    return this.send(
      SealedKind.rotate,
      key.map((byte, i) => byte ^ (mask[i] ?? 0)),
    );
  }
}

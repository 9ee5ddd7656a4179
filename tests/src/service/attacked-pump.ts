import { expect } from "vitest";
import { EventKind } from "../../../src/events";
import { JournalCode } from "../../../src/record/journal";
import { NEVER_MS } from "../../../src/units";
import { AccessKind, ServiceCommand, ServiceStatus } from "../../../src/service/protocol";
import { KeyHolder, orderBody } from "./key-holder";
import { ServedPump, stateOf } from "./served-pump";

/** Bytes of the hint that there is no session. */
const HINT = 8;

/** A pump with a key whose therapy runs, and its clinician with a session. */
export function opened(): { served: ServedPump; clinician: KeyHolder } {
  const served = new ServedPump();
  const clinician = new KeyHolder(served);
  expect(clinician.setKey()).toBe(ServiceStatus.done);
  served.begin();
  expect(clinician.open()).toBe(true);
  return { served, clinician };
}

/** The frame changes nothing at all, and its answer, if any, is no more than a hint. */
export function expectRefused(served: ServedPump, frame: Uint8Array): void {
  const before = stateOf(served.pump);
  const memory = served.memory.contents();
  const answer = served.ask(ServiceCommand.sealed, frame);
  expect(answer?.length ?? HINT).toBe(HINT);
  expect(stateOf(served.turn().pump)).toBe(before);
  expect(Buffer.compare(served.memory.contents(), memory), "the memory").toBe(0);
}

/** The frame uses the attempt up that was open: it is counted and noted, and nothing else happens. */
export function expectFailedAttempt(served: ServedPump, frame: Uint8Array, attempts: number): void {
  served.entries = [];
  expect(served.ask(ServiceCommand.sealed, frame)?.length).toBe(HINT);
  served.turn();
  expect(served.entries.map(([code]) => code)).toEqual([EventKind.access, JournalCode.access]);
  expect(served.told(JournalCode.access)).toEqual([[AccessKind.attemptFailed, attempts, 0, 0]]);
  expect(served.service.gate.isOpen).toBe(false);
}

/** An order to stop. */
export const STOP = orderBody(EventKind.stop, 1000, 0, 0, 0);

/** A frame of the session is answered with `status`, and the pump is as it was. */
export function expectStatus(clinician: KeyHolder, kind: number, body: Uint8Array, status: ServiceStatus): void {
  const { served } = clinician;
  const before = stateOf(served.pump);
  const { writes } = served.memory;
  const about = `kind ${kind}, ${body.length} bytes: ${body.slice(0, 40).join()}`;
  expect(clinician.send(kind, body), about).toBe(status);
  expect(stateOf(served.turn().pump), about).toBe(before);
  expect(served.memory.writes, about).toBe(writes);
}

/** What is no whole number from 0 to the highest. */
export const NO_NUMBERS = [NaN, -1, -Infinity, Infinity, 0.5, 1e-300, NEVER_MS + 1, 1e308];

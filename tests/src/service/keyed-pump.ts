import { expect } from "vitest";
import { ServiceStatus } from "../../../src/service/protocol";
import { KeyHolder } from "./key-holder";
import { ServedPump, stateOf } from "./served-pump";

/** What erases the key. */
export const ERASE_KEY = new TextEncoder().encode("erase key");
/** What erases a memory that cannot be used. */
export const ERASE_MEMORY = new TextEncoder().encode("erase memory");

/** A pump with a key whose therapy has run for an hour, and its clinician without a session. */
export function running(): { served: ServedPump; clinician: KeyHolder } {
  const served = new ServedPump();
  const clinician = new KeyHolder(served);
  expect(clinician.setKey()).toBe(ServiceStatus.done);
  served.begin().pass(3600000);
  expect(served.strokesMs.length).toBeGreaterThan(100);
  return { served, clinician };
}

/** Where eight bytes of the key or more lie one behind the other in the memory, or four of them as a word of a record's number. */
export function tracesOf(key: Uint8Array, memory: Uint8Array): number[] {
  const traces: number[] = [];
  for (let word = 0; word < key.length; word += 4) {
    const at = Buffer.from(memory).indexOf(key.slice(word, word + 4));
    if (at >= 0) traces.push(at);
  }
  return traces;
}

/** A command does nothing but to say why. */
export function expectUnheard(served: ServedPump, command: number, payload: Uint8Array, status: ServiceStatus): void {
  const before = stateOf(served.pump);
  const memory = served.memory.contents();
  expect(served.ask(command, payload)).toEqual(Uint8Array.of(status));
  expect(stateOf(served.turn().pump)).toBe(before);
  expect(Buffer.compare(served.memory.contents(), memory)).toBe(0);
}

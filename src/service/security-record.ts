import { SECURITY_FIELDS, SECURITY_PLACE } from "../record/memory-map";
import type { Store } from "../record/store";
import { SlotFind, TwoSlotRecord } from "../record/two-slot-record";
import { KEY_BYTES } from "./protocol";
import type { PacketBytes } from "./packet-bytes";

// Fields of the record: eight words of the key, then these.
const KEY_AT = 2;
const HAS_KEY = KEY_AT + KEY_BYTES / 4;
const ATTEMPTS = HAS_KEY + 1;
const STARTS = ATTEMPTS + 1;

/**
 * What the memory keeps of access to the pump. In the FRAM and nowhere else: a board's runtime gives its settings to anyone who asks.
 */
export class SecurityRecord {
  /** Attempts to open a session with a wrong key since the last right one. */
  attempts = 0;
  /** Starts of a program that was asked for a session. */
  starts = 0;
  /** A key is set. */
  hasKey = false;
  readonly record = new TwoSlotRecord(SECURITY_PLACE, SECURITY_FIELDS);

  /** `memory`: the first PUMP_WORDS of the store at least; empty: it keeps nothing. A record that is not whole is none: no key is set. */
  constructor(memory: readonly number[]) {
    if (memory.length === 0) return;
    const record = this.record;
    if (record.readFrom(memory, -1) !== SlotFind.record) return;
    const n = record.numbers;
    this.hasKey = n[HAS_KEY] !== 0;
    this.attempts = n[ATTEMPTS];
    this.starts = n[STARTS];
  }
}

/** Puts the key into the first bytes of `bytes`. */
export function readKey(security: SecurityRecord, bytes: PacketBytes): void {
  for (let i = 0; i < KEY_BYTES; i += 4) bytes.setAt(i, "u32", security.record.numbers[KEY_AT + i / 4]);
}

/** Takes a key from `place` of `bytes` on. Not written yet. */
export function takeNewKey(security: SecurityRecord, bytes: PacketBytes, place: number): void {
  for (let i = 0; i < KEY_BYTES; i += 4) security.record.numbers[KEY_AT + i / 4] = bytes.getAt(place + i, "u32");
  security.hasKey = true;
}

/** Forgets the key. Not written yet. */
export function dropKey(security: SecurityRecord): void {
  for (let i = KEY_AT; i < HAS_KEY; i++) security.record.numbers[i] = 0;
  security.hasKey = false;
}

/** Writes it to the memory. */
export function writeSecurity(security: SecurityRecord, store: Store): void {
  const record = security.record;
  const n = record.numbers;
  n[HAS_KEY] = +security.hasKey;
  n[ATTEMPTS] = security.attempts;
  n[STARTS] = security.starts;
  record.writeTo(store);
}

/**
 * The words of the service that a board and a host speak; `services/pump.md` says what they mean on the wire. Both sides take them
 * from here.
 */

/** Version of the protocol. A client of another one is refused. */
export const PROTOCOL = 1;

/** Class of the Jacdac service. */
export const SERVICE_CLASS = 0x1d3f7a2c;

/** Most bytes that one packet carries. */
export const MOST_PACKET_BYTES = 236;

/** Commands of the service, and their reports. */
export enum ServiceCommand {
  /** Asks for a session. */
  open = 0x80,
  /** A frame of a session, sealed with its key. */
  sealed = 0x81,
  /** Sets the device's key, while the button is held. */
  setKey = 0x82,
  /** Erases the key, or a memory that the pump cannot use, while the button is held. */
  reset = 0x83,
}

/** Registers of the service; each report carries f64 numbers. */
export enum Register {
  identity = 0x180,
  state = 0x181,
  alarms = 0x182,
  residual = 0x183,
  rate = 0x184,
  totals = 0x185,
}

/** Beside the register's number: what a client sends to read it, and what its report carries. */
export const GET_REGISTER = 0x1000;

/** What a sealed frame asks for. */
export enum SealedKind {
  /** An event for the pump. */
  order = 1,
  /** Some numbers of a prescription. */
  draft = 2,
  /** Rows of an interrogation. */
  report = 3,
  /** Entries of the journal that the memory keeps. */
  log = 4,
  /** Another key for the device. */
  rotate = 5,
  /** The session ends. */
  close = 6,
  /** Nothing; the session stays. */
  ping = 7,
}

/** What became of a command. */
export enum ServiceStatus {
  done = 0,
  /** Its length or a number in it is none that the protocol knows. */
  malformed = 1,
  /** No such order is taken over the link. */
  notAllowed = 2,
  /** The pump took no notice in time; the same command id may be sent again. */
  notServed = 3,
  /** There is no session, or this frame is not of it. */
  noSession = 4,
  /** No key is set. */
  noKey = 5,
  /** A key is set already. */
  keyIsSet = 6,
  /** The board's button has not been held long enough. */
  buttonNotHeld = 7,
  /** After wrong attempts the pump takes none for a while. */
  wait = 8,
  /** Another version of the protocol. */
  version = 9,
  /** The memory does not answer: what was ordered holds now, and may be lost with the power. */
  notStored = 10,
  /** The pump has no memory for this, or must not write to it. */
  noMemory = 11,
  /** What was drafted is not what the digest says. */
  digest = 12,
}

/** What was done about access to the pump; stands in the journal. */
export enum AccessKind {
  /** A session was opened. */
  sessionOpened = 1,
  /** A session was asked for with a wrong key; how often since the last right one. */
  attemptFailed = 2,
  /** The key was set. */
  keySet = 3,
  /** Another key was set within a session. */
  keyRotated = 4,
  /** The key was erased. */
  keyErased = 5,
}

/** Bytes of a device's key, and of a session's. */
export const KEY_BYTES = 32;

/** Bytes of a MAC: the first half of an HMAC-SHA256. */
export const MAC_BYTES = 16;

/** Bytes that a client adds to a session. */
export const CLIENT_NONCE_BYTES = 16;

/** Bytes that the device adds: starts, openings, random ones. */
export const DEVICE_NONCE_BYTES = 24;

/** Bytes of a sealed frame before its body. */
export const FRAME_HEAD_BYTES = 8;

/** Bytes of the report to `open`. */
export const OPEN_REPORT_BYTES = 4 + DEVICE_NONCE_BYTES;

/** How many letters {@link SESSION_LABEL} has. */
export const SESSION_LABEL_BYTES = 13;

/** What a session's key is made of, in this order: these letters, version, client's nonce, device's nonce, serial number as f64. */
export const SESSION_LABEL = "minim session";

/** Bytes of all that. */
export const SESSION_SEED_BYTES = SESSION_LABEL_BYTES + 1 + CLIENT_NONCE_BYTES + DEVICE_NONCE_BYTES + 8;

/** First byte of what a MAC is over: whose frame it is, or that it masks a new key. */
export enum Direction {
  /** There is no such byte: what a session's key is made of. */
  none = 0,
  toPump = 1,
  toClient = 2,
  newKey = 3,
}

/** A device's nonce is good for this long, in ms. */
export const OPENING_MS = 30000;

/** A session ends after this long without a frame that verifies, in ms. */
export const IDLE_MS = 180000;

/** The button must have been held for this long to set or erase a key, in ms. */
export const HELD_MS = 3000;

/** From this many failed attempts on the pump waits before it takes another: a second, and twice as long after each more. */
export const FREE_ATTEMPTS = 3;

/** The longest such wait, in ms. */
export const LONGEST_WAIT_MS = 300000;

/** How long an order may take to be served, in ms. */
export const SERVED_MS = 2000;

/** How long what it changed may take to be durable, in ms. */
export const DURABLE_MS = 1000;

/** Entries of the journal in one answer. */
export const ENTRIES_IN_PAGE = 16;

/** Most numbers of a prescription in one frame. */
export const NUMBERS_IN_DRAFT = 25;

/** The cursor of a report behind its last row. */
export const REPORT_END = 65535;

/** What `reset` carries to erase the key. */
export const ERASE_KEY = "erase key";

/** What `reset` carries to erase a memory that the pump cannot use. */
export const ERASE_MEMORY = "erase memory";

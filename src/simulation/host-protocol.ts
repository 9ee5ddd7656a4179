/**
 * How the program and the simulator's host talk. To the host: records of RECORD_BYTES in one message of topic TOPIC, little-endian:
 * u32 code, 4 bytes unused, then five f64: time, a, b, c, d. To the program: command packets to the second service of its server device
 * (the first is the pump's own, which a board has too), f64 each, the first a {@link HostPacket} or an EventKind. A write to the memory is a message of its own: u32 HostCode.memory, place of the first word, the words. The host has the same numbers from here.
 */
export const TOPIC = "pump";

/** Bytes of one record. */
export const RECORD_BYTES = 48;

/** Offset of the time in a record; a, b, c, d follow, 8 bytes each. */
export const RECORD_TIME = 8;

/** Version of this protocol, sent with `hello`; host and program must agree. */
export const PROTOCOL_VERSION = 4;

/** Record codes besides the journal's own. */
export enum HostCode {
  /** The program waits for its configuration; a: PROTOCOL_VERSION. */
  hello = 1000,
  /** The pump is ready at core time `time`; a: `millis()` at that instant. */
  ready = 1001,
  /** Strokes given to the step driver, due at `time`; a: how many. */
  stroke = 1002,
  /** The program sleeps until `time` of core time. */
  asleep = 1003,
  /** Words were written to the memory. */
  memory = 1004,
  /** The program reads the memory; a: place of the first word, b: how many. The host answers with pages, or not at all: the memory is silent then. */
  read = 1005,
}

/** Bytes of a message about a write before its words. */
export const WRITE_BYTES = 8;

/**
 * Packets that bring lists of numbers, since one packet carries at most 29: kind, place of the first number in its list, numbers. Every
 * packet of a kind below these is an EventKind: behind it time in ms, id, count, detail, commandId and the `values` of the event.
 */
export enum HostPacket {
  /** The configuration as `readConfig` reads it. */
  config = 100,
  /** The record of a pump with a blank memory: recordNames, concentrations. */
  record = 101,
  /** The prescription for the next `stage`. The host sends none before the one before it was served. */
  draft = 102,
  /** The words of the memory that hold the ledger; none comes while it is blank. Words that are left out are 0. */
  memory = 103,
  /** All that is complete: the pump can be made. The words that the memory has follow. */
  configured = 104,
  /** Since when the button is held, in ms of core time; NEVER_MS: it is up. That it was pressed is an event. */
  held = 105,
  /** Words of the memory that were asked for: place of the first, then u32 words instead of f64. Pages come in order. */
  page = 106,
}

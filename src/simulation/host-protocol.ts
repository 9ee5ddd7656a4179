/**
 * How the program and the simulator's host talk. To the host: records of RECORD_BYTES in one message of topic TOPIC, little-endian:
 * u32 code, 4 bytes unused, then five f64: time, a, b, c, d. To the program: a command packet to its server device, f64 each:
 * kind, then the fields named below. The host has the same numbers from here.
 */
export const TOPIC = "pump";

/** Bytes of one record. */
export const RECORD_BYTES = 48;

/** Offset of the time in a record; a, b, c, d follow, 8 bytes each. */
export const RECORD_TIME = 8;

/** Version of this protocol, sent with `hello`; host and program must agree. */
export const PROTOCOL_VERSION = 1;

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
  /** A record for the store: `time` its core time; a: sequence, b: total strokes, c: filled nL, d: drawn strokes. */
  record = 1004,
}

/**
 * Kind of a packet that carries the configuration: behind the kind the fields of `PumpConfig` and then those of the `StateRecord` that
 * the store gives back, in their order. Every other kind is an EventKind: behind it time in ms, id, count and, with `program`, the prescription's fields.
 */
export const CONFIGURE = 100;

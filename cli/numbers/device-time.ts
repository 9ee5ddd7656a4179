import type { Slice } from "./opcode-meter";

// What things cost on an RP2040 at 125 MHz, in µs, measured on its stock firmware in an emulator (docs/numbers.md tells how far that holds).
/** One opcode, in a loop of numbers in local variables. */
const OPCODE_US = 2.19;
/** A call of a function of the program. */
const CALL_US = 100;
/** A literal of an object, a list or a buffer. */
const LITERAL_US = 100;
/** One change of a pin by `setMode`: a pair of them takes 77 µs, of which about five opcodes each are counted already. */
const PIN_US = 28;
/** One byte on an I2C bus at 400 kHz: nine clocks. */
const BUS_BYTE_US = 22.5;

/** Functions of the measured program that stand in for the runtime's own: what they execute is no cost of the pump's. */
const STAND_INS: ReadonlySet<string> = new Set(["setMode", "transaction"]);

/** What a slice costs, and of what that is made. */
export interface DeviceTime {
  readonly us: number;
  readonly opcodes: number;
  readonly calls: number;
  readonly literals: number;
  readonly pinChanges: number;
  readonly busBytes: number;
}

/**
 * The time that a slice takes on an RP2040. `busBytes`: what went over the I2C bus in it, addresses included. `uncounted`: functions that no
 * board has.
 */
export function deviceTime(slice: Slice, busBytes: number, uncounted = STAND_INS): DeviceTime {
  let [opcodes, calls, literals] = [0, 0, 0];
  for (const [name, share] of slice.functions) {
    if (uncounted.has(name)) continue;
    opcodes += share.opcodes;
    calls += share.calls;
    literals += share.literals;
  }
  const pinChanges = slice.functions.get("setMode")?.calls ?? 0;
  const us =
    opcodes * OPCODE_US + calls * CALL_US + literals * LITERAL_US + pinChanges * PIN_US + busBytes * BUS_BYTE_US;
  return { us, opcodes, calls, literals, pinChanges, busBytes };
}

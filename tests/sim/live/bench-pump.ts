import { LivePump } from "../../../sim/live/live-pump";
import type { LivePumpParts } from "../../../sim/live/live-pump";
import { checkoutProgram } from "../../../sim/live/node/checkout-pump";
import type { CheckoutProgram } from "../../../sim/live/node/checkout-pump";
import { checkoutRoot } from "../../../toolchain/checkout";

/** One entry that passed the pump's ports: code, time, numbers. */
export type Entry = readonly [code: number, atMs: number, a: number, b: number, c: number, d: number];

/** A live pump whose time passes as the test says, and what it told. */
export interface BenchPump {
  readonly pump: LivePump;
  readonly entries: Entry[];
  readonly frames: Uint8Array[];
  readonly failures: string[];
  /** Those entries with this code. */
  told(code: number): Entry[];
}

let compiled: Promise<CheckoutProgram> | undefined;

/** The checkout's program and configuration. */
export function checkout(): Promise<CheckoutProgram> {
  compiled ??= checkoutProgram(checkoutRoot());
  return compiled;
}

/** Starts one, without timers. */
export async function benchPump(parts: Partial<LivePumpParts> = {}): Promise<BenchPump> {
  const { program, config } = await checkout();
  const entries: Entry[] = [];
  const frames: Uint8Array[] = [];
  const failures: string[] = [];
  const sink = {
    stroke: () => undefined,
    entry: (...entry: Entry) => void entries.push(entry),
  };
  const pump = new LivePump({ program, config, sink, failed: (why) => void failures.push(why), ...parts });
  pump.listen(
    (frame) => void frames.push(frame),
    () => undefined,
  );
  return { pump, entries, frames, failures, told: (code) => entries.filter(([one]) => one === code) };
}

/** Id of the simulated board: 1989f4eee0ebe206. */
export const BOARD = Uint8Array.from([0x19, 0x89, 0xf4, 0xee, 0xe0, 0xeb, 0xe2, 0x06]);

/** Id of its server device. */
export const SERVER = serverOf(BOARD);

function serverOf(board: Uint8Array): Uint8Array {
  const id = new DataView(board.buffer).getBigUint64(0, true) ^ 0xdb2249a7751b53f8n;
  const server = new Uint8Array(8);
  new DataView(server.buffer).setBigUint64(0, id, true);
  return server;
}

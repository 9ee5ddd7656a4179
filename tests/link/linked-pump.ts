import { createHmac } from "node:crypto";
import { SIMULATED_BOARD } from "../../link/device-id";
import { PumpLink } from "../../link/pump-link";
import type { SessionTools } from "../../link/open-session";
import { Random } from "../../sim/random/random";
import { ServiceStatus } from "../../src/service/protocol";
import { REFERENCE_PUMP } from "../src/reference-pump";
import { FaultyTransport } from "./faulty-transport";
import type { Fate } from "./faulty-transport";
import { NativePump, STARTED_ANEW } from "./native-pump";
import { VirtualTime } from "./virtual-time";

/** The key of the pumps here. */
export const KEY = Uint8Array.from({ length: 32 }, (_, i) => 7 * i + 3);

/** A tool set that answers within the instant and draws the same bytes in every run. */
export function toolsOf(random: Random): SessionTools {
  return {
    hmac: (key, data) => Promise.resolve(new Uint8Array(createHmac("sha256", key).update(data).digest())),
    random: (count) => Uint8Array.from({ length: count }, () => random.integer(0, 255)),
  };
}

/** A native pump with 15 mL in its reservoir, and a link to it. */
export class LinkedPump {
  private constructor(
    readonly time: VirtualTime,
    readonly pump: NativePump,
    readonly transport: FaultyTransport,
    readonly link: PumpLink,
    private readonly random: Random,
  ) {}

  static async make(seed = 1): Promise<LinkedPump> {
    const time = new VirtualTime();
    const random = new Random(seed);
    const pump = new NativePump(time, REFERENCE_PUMP, 15000000, () => random.integer(0, 255) / 256);
    const transport = new FaultyTransport(time, pump);
    const options = { board: SIMULATED_BOARD, timers: time, tools: toolsOf(random) };
    const link = await time.until(PumpLink.connect(transport, options));
    return new LinkedPump(time, pump, transport, link, random);
  }

  /** With the key set, and a session open. */
  static async opened(seed?: number): Promise<LinkedPump> {
    const linked = await LinkedPump.make(seed);
    linked.pump.heldMs = 3000;
    const status = await linked.do(linked.link.setKey(KEY));
    if (status !== ServiceStatus.done) throw new Error(`the key was not set: ${ServiceStatus[status]}`);
    linked.pump.heldMs = 0;
    const refused = await linked.do(linked.link.openSession(KEY));
    if (refused !== undefined) throw new Error(`no session: ${ServiceStatus[refused.status]}`);
    return linked;
  }

  /** Another client of the same pump. */
  another(): Promise<LinkedPump> {
    return this.do(this.newcomer());
  }

  /** One that comes while others are at work, its frames with this fate. */
  async newcomer(fate?: Fate): Promise<LinkedPump> {
    const { time, pump, random } = this;
    const transport = new FaultyTransport(time, pump, fate);
    const options = { board: SIMULATED_BOARD, timers: time, tools: toolsOf(random) };
    return new LinkedPump(time, pump, transport, await PumpLink.connect(transport, options), random);
  }

  /** Lets time pass until it is done. */
  do<T>(promise: Promise<T>): Promise<T> {
    return this.time.until(promise);
  }

  /** How often an order with this command id has had its effect, unless a cut of the power undid it. */
  effects(commandId: number): number {
    const { told } = this.pump;
    let effects = 0;
    for (const [index, { code, a, d }] of told.entries()) {
      if (code === STARTED_ANEW && a < commandId) effects = 0;
      if (code < 0 || code > 31 || d !== commandId) continue;
      const repeated = told[index + 1];
      if (repeated?.code !== 101 || repeated.b !== commandId) effects++;
    }
    return effects;
  }
}

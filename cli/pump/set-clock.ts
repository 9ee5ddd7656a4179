import { wallText } from "../../sim/scenario/wall-clock";
import { EventKind } from "../../src/events";
import type { ExitCode } from "../exit-code";
import type { Terminal } from "../terminal";
import { exitOf } from "./connected-pump";
import { thisPumpHost } from "./this-host";
import type { PumpHost } from "./pump-host";
import type { OrderOptions } from "./pump-options";
import { openSession } from "./pump-session";
import { giveOrder } from "./therapy";
import { withPump } from "./with-pump";

/** The options of `minim pump set-clock`. */
export interface SetClockOptions extends OrderOptions {
  /** Wall time in ms since 2000-01-01; left out: this machine's local time. */
  readonly to?: number;
}

/** `minim pump set-clock`. A clock moves neither lockouts nor windows: they run on powered time. */
export function setClock(
  options: SetClockOptions,
  terminal: Terminal,
  host: PumpHost = thisPumpHost(),
): Promise<ExitCode> {
  return withPump(options, terminal, host, async (pump) => {
    await openSession(pump);
    const wallMs = Math.floor(options.to ?? host.wallMs());
    const text = wallText(wallMs);
    const order = { kind: EventKind.setClock, count: wallMs };
    const words = options.to === undefined ? ["set-clock"] : ["set-clock", "--to", text];
    return exitOf(await giveOrder(pump, `clock set to ${text}`, words, order, options.commandId));
  });
}

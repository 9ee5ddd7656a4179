import type { ExitCode } from "../exit-code";
import type { Terminal } from "../terminal";
import { exitOf } from "./connected-pump";
import type { ConnectedPump, Given } from "./connected-pump";
import type { PumpOrder } from "../../link/orders";
import type { Words } from "./ask-again";
import { PLAIN_ORDERS } from "./plain-orders";
import type { PlainOrder, PlainOrderName } from "./plain-orders";
import { thisPumpHost } from "./this-host";
import type { PumpHost } from "./pump-host";
import type { OrderOptions } from "./pump-options";
import { openSession } from "./pump-session";
import { withPump } from "./with-pump";

/** `minim pump start`, `stop`, `hold`, `silence`, `acknowledge`, `tube-changed`. */
export function plainOrder(
  name: PlainOrderName,
  options: OrderOptions,
  terminal: Terminal,
  host: PumpHost = thisPumpHost(),
): Promise<ExitCode> {
  const plain: PlainOrder = PLAIN_ORDERS[name];
  return withPump(options, terminal, host, async (pump) => {
    await openSession(pump);
    const given = await giveOrder(pump, name, [name], { kind: plain.kind }, options.commandId);
    if (given.isDone && plain.goesOn === true) tellStandstill(pump);
    return exitOf(given);
  });
}

/** Gives an order that is a command of its own. */
export function giveOrder(
  pump: ConnectedPump,
  name: string,
  words: Words,
  order: PumpOrder,
  commandId: number | undefined,
): Promise<Given> {
  return pump.give({ order, name, words, commandId });
}

/** A simulated pump of this process stands still behind the command: that is said once something goes on in it. */
export function tellStandstill(pump: ConnectedPump): void {
  if (pump.way.endsWithCommand)
    pump.warn(
      "the simulated pump is switched off behind this command, which ends its boluses; its time passes while `npx minim pump serve` runs",
    );
}

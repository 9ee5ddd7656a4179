import { BadUsage } from "../bad-usage";
import type { ExitCode } from "../exit-code";
import { PumpLink } from "../../link/pump-link";
import { SIMULATED_BOARD } from "../../link/device-id";
import { PumpTaken } from "../../sim/live/node/folder-lock";
import { outJson, painted } from "../terminal";
import type { Terminal } from "../terminal";
import { ConnectedPump } from "./connected-pump";
import { CountedTransport } from "./counted-transport";
import { Interrupted, Interruption } from "./interruption";
import { readNamedPump } from "./named-pump";
import { thisPumpHost } from "./this-host";
import type { PumpHost } from "./pump-host";
import type { PumpOptions } from "./pump-options";
import { openSession } from "./pump-session";
import { HOLD_SIGNAL, ownWay, PRESS_SIGNAL, SIGNAL_HOLD_MS, startPump } from "./simulated-way";
import type { CheckoutPump } from "../../sim/live/node/checkout-pump";

/** The options of `minim pump serve`. */
export interface ServeOptions {
  readonly fresh?: true;
  readonly port?: number;
  readonly json?: true;
}

/** `minim pump serve`: the checkout's simulated pump, in real time, until Ctrl-C. */
export async function serve(
  options: ServeOptions,
  terminal: Terminal,
  host: PumpHost = thisPumpHost(),
): Promise<ExitCode> {
  const interruption = new Interruption(host, terminal);
  let started: CheckoutPump | undefined;
  const hold = (): void => started?.pump.holdButton(SIGNAL_HOLD_MS);
  const press = (): void => started?.pump.pressButton();
  process.on(HOLD_SIGNAL, hold).on(PRESS_SIGNAL, press);
  try {
    started = await startServed(host.root, options, terminal);
    await provide(started, options, terminal, host, interruption);
    tell(started, options, terminal);
    return await interruption.ended;
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    await started?.close();
    started = undefined;
    interruption.close();
    return await host.endBySignal(error.signal);
  } finally {
    await started?.close();
    interruption.close();
    process.off(HOLD_SIGNAL, hold).off(PRESS_SIGNAL, press);
  }
}

async function startServed(root: string, options: ServeOptions, terminal: Terminal): Promise<CheckoutPump> {
  const { fresh = false, port } = options;
  try {
    return await startPump(root, { fresh, port, bridge: true }, terminal);
  } catch (error) {
    if (error instanceof PumpTaken)
      throw new BadUsage(`process ${error.processId} runs the simulated pump of this checkout already`);
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "EADDRINUSE" || code === "EACCES")
      throw new BadUsage(
        `--port ${port ?? 0}: ${code === "EACCES" ? "no permission to use it" : "another program uses it"}; leave it out for any that is free`,
      );
    throw error;
  }
}

/** A pump without a key gets one, so that others need not. */
async function provide(
  started: CheckoutPump,
  options: ServeOptions,
  terminal: Terminal,
  host: PumpHost,
  interruption: Interruption,
): Promise<void> {
  const way = ownWay(host.root, started);
  const transport = new CountedTransport(way.transport);
  const link = await PumpLink.connect(transport, { board: SIMULATED_BOARD });
  try {
    if ((await link.state()).hasKey) return;
    const named = readNamedPump(host.root, undefined);
    const pumpOptions: PumpOptions = { connect: { kind: "sim" }, ...(options.json === true ? { json: true } : {}) };
    await openSession(new ConnectedPump(link, named, way, host, terminal, pumpOptions, transport, interruption));
  } finally {
    await link.close();
  }
}

function tell({ port = 0, imageSha256, config, board }: CheckoutPump, options: ServeOptions, terminal: Terminal): void {
  if (options.json === true) outJson(terminal, { kind: "serving", port, serial: config.serial, board, imageSha256 });
  else
    terminal.out(
      `${painted(terminal, "bold", `Simulated pump ${config.serial}`)} (${board}, image ${imageSha256.slice(0, 12)}) on tcp:127.0.0.1:${port}
Talk to it in another terminal:  npx minim pump status
Press its button:                npx minim pump button
Ctrl-C switches it off in good order.
`,
    );
}

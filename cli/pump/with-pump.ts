import { BadAnswer, LinkFailure, LinkLost } from "../../link/link-errors";
import { PumpLink } from "../../link/pump-link";
import type { PumpIdentity } from "../../link/registers";
import { PumpTaken } from "../../sim/live/node/folder-lock";
import { BadUsage } from "../bad-usage";
import { ExitCode } from "../exit-code";
import { outJson } from "../terminal";
import type { Terminal } from "../terminal";
import { ConnectedPump } from "./connected-pump";
import { CountedTransport } from "./counted-transport";
import { Interrupted, Interruption } from "./interruption";
import { otherPump, readNamedPump } from "./named-pump";
import type { NamedPump } from "./named-pump";
import type { PumpHost, PumpWay } from "./pump-host";
import type { PumpOptions } from "./pump-options";
import { NoSession } from "./pump-session";

/** A command against a connected pump. Returns how it ends. */
export type PumpWork = (pump: ConnectedPump) => Promise<ExitCode>;

/** As {@link withPump}, for work that means what the pump file says: a pump that it does not describe is refused (`ConnectedPump.requireNamedPump`). */
export function withNamedPump(
  options: PumpOptions & { readonly otherBuild?: true },
  terminal: Terminal,
  host: PumpHost,
  work: PumpWork,
): Promise<ExitCode> {
  const checked: PumpWork = async (pump) => {
    await pump.requireNamedPump(options.otherBuild === true);
    return work(pump);
  };
  return withPump(options, terminal, host, checked, "refused");
}

/**
 * Connects to a pump, does `work`, and lets go of it, whatever happens: therapy goes on. A link that cannot be made is bad input (exit code 2), one that is
 * lost is told with what is known, exit code 1.
 * @param otherPumps what becomes of a pump that the pump file does not describe: it is noted here, or `work` refuses it
 */
export async function withPump(
  options: PumpOptions,
  terminal: Terminal,
  host: PumpHost,
  work: PumpWork,
  otherPumps: "noted" | "refused" = "noted",
): Promise<ExitCode> {
  const named = readNamedPump(host.root, options.config);
  const interruption = new Interruption(host, terminal);
  let opened: { way: PumpWay; pump: ConnectedPump | undefined } | undefined;
  try {
    const way = await opening(host.openWay(options.connect, { fresh: options.fresh === true }, terminal));
    opened = { way, pump: undefined };
    const pump = await opening(connect(way, named, options, terminal, host, interruption));
    opened = { way, pump };
    if (otherPumps === "noted") noteOtherPump(pump);
    const code = await Promise.race([settled(work(pump)), interruption.ended]);
    interruption.throwIfDue();
    return code;
  } catch (error) {
    if (error instanceof LinkLost || error instanceof BadAnswer)
      return tellLost(error, opened?.pump, options, terminal);
    if (error instanceof NoSession) return tellNoSession(error, options, terminal);
    if (!(error instanceof Interrupted)) throw error;
    const { pump } = opened ?? {};
    if (pump?.goOn !== undefined) terminal.err(`\nbroken off; it goes on with:\n  ${pump.goOn}\n`);
    if (pump?.ifLost !== undefined) terminal.err(`\nbroken off: ${pump.ifLost}\n`);
    await letGo(opened);
    opened = undefined;
    interruption.close();
    return host.endBySignal(error.signal);
  } finally {
    await letGo(opened);
    interruption.close();
  }
}

async function connect(
  way: PumpWay,
  named: NamedPump,
  options: PumpOptions,
  terminal: Terminal,
  host: PumpHost,
  interruption: Interruption,
): Promise<ConnectedPump> {
  const transport = new CountedTransport(way.transport);
  const link = await PumpLink.connect(transport, {
    board: way.board,
    serial: options.serial,
    timers: host.timers,
    ...(host.tools === undefined ? {} : { tools: host.tools }),
  });
  return new ConnectedPump(link, named, way, host, terminal, options, transport, interruption);
}

function noteOtherPump(pump: ConnectedPump): void {
  const { identity } = pump.link;
  const other = otherPump(identity, pump.named);
  if (tellsNothing(identity))
    pump.warn("this pump does not say who it is; `npx minim pump status` says whether it can use its memory");
  else if (other !== undefined) pump.warn(`${other}; names of drugs may be wrong: --config FILE names its own file`);
}

/** A pump that came up without its configuration, or whose memory is another's, has no numbers. */
function tellsNothing({ serial, model }: PumpIdentity): boolean {
  return serial === 0 && model === 0;
}

/** A way that cannot be opened is the person's to mend: bad input. */
async function opening<T>(way: Promise<T>): Promise<T> {
  try {
    return await way;
  } catch (error) {
    if (error instanceof LinkFailure || error instanceof PumpTaken) throw new BadUsage(error.message);
    throw error;
  }
}

/** Work that goes on after its command has ended is nobody's any more. */
function settled<T>(work: Promise<T>): Promise<T> {
  work.catch(() => undefined);
  return work;
}

async function letGo(opened: { way: PumpWay; pump: ConnectedPump | undefined } | undefined): Promise<void> {
  if (opened === undefined) return;
  await (opened.pump?.link.close() ?? opened.way.transport.close());
  await opened.way.close();
}

/** Tells what is known when the pump does not answer any more. */
function tellLost(
  error: LinkLost | BadAnswer,
  pump: ConnectedPump | undefined,
  options: PumpOptions,
  terminal: Terminal,
): ExitCode {
  const isLost = error instanceof LinkLost;
  const unanswered = isLost ? error.unanswered : undefined;
  const last = unanswered === undefined ? undefined : pump?.lastOrder;
  const again =
    last === undefined || pump === undefined
      ? undefined
      : pump.againText(last.order, unanswered?.commandId ?? last.commandId);
  const message = isLost
    ? `the link is lost: ${error.message}; ${pump?.ifLost ?? "the pump goes on with what it was ordered"}`
    : error.message;
  if (options.json === true)
    outJson(terminal, {
      kind: isLost ? "linkLost" : "badAnswer",
      message,
      order: last?.order.name ?? null,
      commandId: unanswered?.commandId ?? null,
      askAgain: again ?? null,
    });
  terminal.err(`minim: ${message}\n`);
  if (last === undefined && pump?.goOn !== undefined) terminal.err(`It goes on with:\n  ${pump.goOn}\n`);
  if (last !== undefined && again !== undefined)
    terminal.err(
      `${last.order.name} (command ${unanswered?.commandId ?? last.commandId}) was carried out once or not at all. This does it if it was not done, and never twice:\n  ${again}\n`,
    );
  return ExitCode.checkFailed;
}

function tellNoSession({ message }: NoSession, { json }: PumpOptions, terminal: Terminal): ExitCode {
  if (json === true) outJson(terminal, { kind: "noSession", message });
  terminal.err(`minim: there is no session: ${message}\n`);
  return ExitCode.checkFailed;
}

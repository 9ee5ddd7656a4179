import { labelOf } from "../../sim/interrogation/readable";
import { ENTRY_WORDS } from "../../sim/log/entry-words";
import { wallText } from "../../sim/scenario/wall-clock";
import { formatDuration } from "../../config/quantities";
import { ExitCode } from "../exit-code";
import type { Terminal } from "../terminal";
import { addressText } from "./connect-address";
import type { ConnectedPump } from "./connected-pump";
import { pause } from "../../link/timers";
import { thisPumpHost } from "./this-host";
import type { PumpHost } from "./pump-host";
import type { PumpOptions } from "./pump-options";
import { readStatus, statusResult, statusText } from "./status-report";
import type { PumpStatus } from "./status-report";
import { withPump } from "./with-pump";

/** The options of `minim pump status`. */
export interface StatusOptions extends PumpOptions {
  readonly watch?: true;
}

/** While it is watched the pump is asked so often, in ms: it tells of changes within 10 s of the last question. */
const ASK_EVERY_MS = 5000;

/** So long a change may take to be whole, in ms. */
const SETTLES_MS = 200;

/** `minim pump status`: what the pump tells anyone, without a key. */
export function status(options: StatusOptions, terminal: Terminal, host: PumpHost = thisPumpHost()): Promise<ExitCode> {
  return withPump(options, terminal, host, async (pump) => {
    const now = await readStatus(pump.link);
    tell(pump, now);
    if (options.watch === true) await watch(pump, now);
    return ExitCode.passed;
  });
}

function tell(pump: ConnectedPump, now: PumpStatus): void {
  pump.json({ ...statusResult(now), connect: addressText(pump.options.connect) });
  if (!pump.isJson) pump.terminal.out(statusText(now, pump.terminal));
}

/** Tells each hint of the pump at once, and the status when it is another; until Ctrl-C, or the link is lost. */
async function watch(pump: ConnectedPump, first: PumpStatus): Promise<never> {
  const { link } = pump;
  let hasChanged: (() => void) | undefined;
  link.onChange = ({ code, entries }) => {
    const event = ENTRY_WORDS[code]?.event ?? `code ${code}`;
    pump.json({ kind: "change", event, entries });
    pump.say(`  ${labelOf(event)}${entries > 1 ? `, the last of ${entries} entries` : ""}`);
    hasChanged?.();
  };
  pump.say("watching; Ctrl-C ends it, and therapy goes on");
  let shown = fingerprint(first);
  for (;;) {
    // A way that is gone ends the waiting too: the next question finds out.
    await Promise.race([
      pause(pump.host.timers, ASK_EVERY_MS),
      new Promise<void>((resolve) => (hasChanged = resolve)),
      pump.transport.gone,
    ]);
    // What belongs together comes in a burst.
    await pause(pump.host.timers, SETTLES_MS);
    const now = await readStatus(link);
    if (fingerprint(now) === shown) continue;
    shown = fingerprint(now);
    const { wallMs, coreMs } = now.state;
    pump.say(`\n${wallMs === undefined ? `after ${formatDuration(coreMs)}` : wallText(wallMs)}`);
    tell(pump, now);
  }
}

/** What of a status is worth telling when it is another: not that time passes, nor each stroke. */
function fingerprint({ state, alarms, rate, totals, residual }: PumpStatus): string {
  const { mode, fault, digest, hasKey } = state;
  return JSON.stringify([mode, fault, digest, hasKey, alarms, rate, totals.granted, totals.denied, residual.filledNl]);
}

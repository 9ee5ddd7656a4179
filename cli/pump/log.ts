import { LogRing } from "../../link/log-entries";
import type { LogEntry } from "../../link/log-entries";
import type { LogPage } from "../../link/log-pages";
import { LOG_ENTRY_BYTES } from "../../link/log-entries";
import { wallText } from "../../sim/scenario/wall-clock";
import { formatDuration } from "../../config/quantities";
import { ServiceStatus } from "../../src/service/protocol";
import { JournalCode } from "../../src/record/journal";
import { BadUsage } from "../bad-usage";
import { ExitCode } from "../exit-code";
import { painted } from "../terminal";
import type { Terminal } from "../terminal";
import type { ConnectedPump } from "./connected-pump";
import { keptEntry, lineText } from "./journal-lines";
import { ProgressLine } from "./progress-line";
import { thisPumpHost } from "./this-host";
import type { PumpHost } from "./pump-host";
import type { PumpOptions } from "./pump-options";
import { openSession } from "./pump-session";
import { statusText } from "./refusal-words";
import { withPump } from "./with-pump";

/** Names of the rings of the journal. */
const RING_NAMES = ["events", "faults"] as const;

/** One of {@link RING_NAMES}. */
type RingName = (typeof RING_NAMES)[number];

/** The options of `minim pump log`. */
export interface LogOptions extends PumpOptions {
  /** Left out: both. */
  readonly ring?: RingName;
  /** Number of the first entry that is wanted. */
  readonly from?: number;
}

/** `minim pump log`: the journal as the pump's memory keeps it, page by page. */
export function log(options: LogOptions, terminal: Terminal, host: PumpHost = thisPumpHost()): Promise<ExitCode> {
  const { ring, from } = options;
  if (from !== undefined && ring === undefined)
    throw new BadUsage("--from is the number of an entry in one ring: say which with --ring events or --ring faults");
  return withPump(options, terminal, host, async (pump) => {
    await openSession(pump);
    const startMs = host.timers.nowMs();
    let bytes = 0;
    for (const name of ring === undefined ? RING_NAMES : [ring]) {
      const read = await readRing(pump, name, from ?? 0);
      bytes += read.entries * LOG_ENTRY_BYTES;
      if (read.status !== ServiceStatus.done) {
        const why = statusText(read.status);
        pump.json({ kind: "logRefused", ring: name, why });
        terminal.err(`minim: the journal cannot be read: ${why}\n`);
        return ExitCode.checkFailed;
      }
    }
    const tookMs = host.timers.nowMs() - startMs;
    const kbPerS = tookMs === 0 || bytes === 0 ? null : Math.round((bytes / tookMs) * 10) / 10;
    pump.json({ kind: "logEnd", bytes, tookMs: Math.round(tookMs), kbPerS });
    pump.say(`${bytes} bytes in ${(tookMs / 1000).toFixed(1)} s${kbPerS === null ? "" : `: ${kbPerS} kB/s`}`);
    return ExitCode.passed;
  });
}

async function readRing(
  pump: ConnectedPump,
  name: RingName,
  from: number,
): Promise<{ status: ServiceStatus; entries: number }> {
  const progress = new ProgressLine(pump.terminal);
  let entries = 0;
  pump.say(painted(pump.terminal, "bold", name));
  const take = (page: LogPage): void => {
    progress.end();
    entries += page.entries.length;
    for (const entry of page.entries) tellEntry(pump, name, entry);
    progress.show(`${name}: ${entries} of ${Math.max(0, page.taken - from)} entries ...`);
  };
  try {
    const status = await pump.link.log(LogRing[name], from, take);
    progress.end();
    if (entries === 0 && status === ServiceStatus.done) pump.say(from === 0 ? "  none" : `  none from ${from} on`);
    return { status, entries };
  } finally {
    progress.end();
  }
}

function tellEntry(pump: ConnectedPump, ring: RingName, entry: LogEntry): void {
  const { number, atMs, start, isIntact } = entry;
  const line = keptEntry(entry);
  pump.json({ kind: "logEntry", ring, number, atMs, start, isIntact, ...line });
  const { clockMs, ...shown } = line;
  const clock = clockMs === undefined || entry.code !== JournalCode.clockSet ? "" : ` to ${wallText(Number(clockMs))}`;
  const text = isIntact ? lineText(shown) + clock : painted(pump.terminal, "red", "damaged: its check byte is wrong");
  pump.say(`  ${String(number).padStart(6)}  ${formatDuration(atMs).padEnd(22)}  ${text}`);
}

import type { PumpReport } from "../../sim/interrogation/report";
import { readReport } from "../../sim/interrogation/read-report";
import { readableReport } from "../../sim/interrogation/readable";
import { ExitCode } from "../exit-code";
import type { Terminal } from "../terminal";
import { addressText } from "./connect-address";
import type { ConnectedPump } from "./connected-pump";
import { linesOf } from "./journal-lines";
import { ProgressLine } from "./progress-line";
import { thisPumpHost } from "./this-host";
import type { PumpHost } from "./pump-host";
import type { PumpOptions } from "./pump-options";
import { openSession } from "./pump-session";
import { withPump } from "./with-pump";

/** `minim pump interrogate`: the whole report of the pump, read through its service, and what that cost the pump. */
export function interrogate(
  options: PumpOptions,
  terminal: Terminal,
  host: PumpHost = thisPumpHost(),
): Promise<ExitCode> {
  return withPump(options, terminal, host, async (pump) => {
    const { link, named, way } = pump;
    const isSimulated = way.holdButton !== undefined;
    if (!(await link.state()).hasKey && isSimulated) await openSession(pump);
    const packetsBefore = pump.packets;
    const before = await link.state();
    await openSession(pump);
    const report = await readWholeReport(pump);
    const after = await link.state();
    const cost = { packets: pump.packets - packetsBefore, deviceMs: after.coreMs - before.coreMs };
    const { coreMs } = report.clock;
    pump.json({
      kind: "interrogation",
      file: named.file,
      name: null,
      atMs: coreMs,
      report,
      connect: addressText(options.connect),
      protocol: link.identity.protocol,
      program: link.identity.program,
      imageSha256: way.imageSha256 ?? null,
      ...cost,
    });
    if (!pump.isJson) terminal.out(readableReport({ name: undefined, atMs: coreMs, report }));
    pump.say(`\nread in ${cost.packets} packets and ${(cost.deviceMs / 1000).toFixed(1)} s`);
    return ExitCode.passed;
  });
}

/** Reads the report in an open session. Rejects with LinkLost or BadAnswer. */
export async function readWholeReport(pump: ConnectedPump): Promise<PumpReport> {
  const progress = new ProgressLine(pump.terminal);
  try {
    const rows = await pump.link.report((count) => progress.show(`reading the report: ${count} rows ...`));
    return readReport(linesOf(rows, 0), pump.named);
  } finally {
    progress.end();
  }
}

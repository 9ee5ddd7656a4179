import { pause } from "../../link/timers";
import { BadUsage } from "../bad-usage";
import { ExitCode } from "../exit-code";
import type { Terminal } from "../terminal";
import { commandLine } from "./ask-again";
import type { PumpHost } from "./pump-host";
import type { PumpOptions } from "./pump-options";
import { withPump } from "./with-pump";

/** A program starts 1.1 s after a reset (platform's measure), and a port on USB may be gone for longer: so long it is looked for, in ms. */
const BACK_WITHIN_MS = 15000;
const TRY_EVERY_MS = 1000;

/**
 * Connects again to a pump whose memory was erased, and tells who it is now: until then it had no serial number. A pump that is not back in time is a note,
 * because what was asked for is done.
 */
export async function tellStartedAnew(options: PumpOptions, terminal: Terminal, host: PumpHost): Promise<void> {
  const { connect, config, json } = options;
  // Neither its old serial number, which is another one now, nor --fresh.
  const again: PumpOptions = {
    connect,
    ...(config === undefined ? {} : { config }),
    ...(json === undefined ? {} : { json }),
  };
  const endMs = host.timers.nowMs() + BACK_WITHIN_MS;
  for (;;) {
    await pause(host.timers, TRY_EVERY_MS);
    try {
      await tellIdentity(again, terminal, host);
      return;
    } catch (error) {
      if (!(error instanceof BadUsage)) throw error;
      if (host.timers.nowMs() < endMs) continue;
      terminal.err(
        `note: it does not answer yet (${error.message}); who it is now tells: ${commandLine(["status"], again)}\n`,
      );
      return;
    }
  }
}

function tellIdentity(options: PumpOptions, terminal: Terminal, host: PumpHost): Promise<ExitCode> {
  return withPump(options, terminal, host, async (pump) => {
    const { serial, model } = pump.link.identity;
    const { hasKey } = await pump.link.state();
    pump.json({ kind: "startedAnew", serial, model, hasKey });
    const next = hasKey ? "" : `; it has no key: ${commandLine(["set-key"], options)}`;
    pump.say(`  it is pump ${serial} (model ${model}) again${next}`);
    return ExitCode.passed;
  });
}

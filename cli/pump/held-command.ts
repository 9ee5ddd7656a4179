import { HELD_MS, ServiceStatus } from "../../src/service/protocol";
import { pause } from "../../link/timers";
import type { ConnectedPump } from "./connected-pump";
import type { ProgressLine } from "./progress-line";

/** So long somebody has to find the button and hold it, in ms. */
const WAITED_MS = 60000;
/** How often the pump is asked meanwhile, in ms. */
const ASK_EVERY_MS = 500;
/** A simulated button is held a little longer than it must be, in ms. */
const HOLD_MS = HELD_MS + 1000;

/**
 * Asks for what the pump does only while its button is held, until it does, or refuses for another reason, or a minute has passed. A simulated button is
 * held by this command.
 */
export async function holdUntil(
  pump: ConnectedPump,
  progress: ProgressLine,
  ask: () => Promise<ServiceStatus>,
): Promise<ServiceStatus> {
  const { way, host, interruption } = pump;
  const { timers } = host;
  if (way.holdButton === undefined) {
    if (!pump.terminal.showsProgress) pump.warn("hold the pump's button for 3 s now, until this command ends");
  } else {
    way.holdButton(HOLD_MS);
    progress.show("holding the simulated button ...");
    await pause(pump.host.timers, HELD_MS + 50);
  }
  const endMs = timers.nowMs() + WAITED_MS;
  for (;;) {
    interruption.throwIfDue();
    const status = await ask();
    if (status !== ServiceStatus.buttonNotHeld || timers.nowMs() > endMs) return status;
    const leftS = Math.ceil((endMs - timers.nowMs()) / 1000);
    progress.show(`hold the pump's button for 3 s (still ${leftS} s) ...`);
    await pause(pump.host.timers, ASK_EVERY_MS);
  }
}

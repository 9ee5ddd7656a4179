import { formatVolume } from "../../config/quantities";
import { QuantityError } from "../../config/exact-decimal";
import { parseVolumeNl } from "../../config/volume";
import { EventKind } from "../../src/events";
import { BadUsage } from "../bad-usage";
import { ExitCode } from "../exit-code";
import type { Terminal } from "../terminal";
import { commandLine } from "./ask-again";
import type { ConnectedPump } from "./connected-pump";
import { exitOf } from "./connected-pump";
import type { PrimeStep } from "./prime-steps";
import { thisPumpHost } from "./this-host";
import type { PumpHost } from "./pump-host";
import type { OrderOptions } from "./pump-options";
import { openSession } from "./pump-session";
import { giveOrder, tellStandstill } from "./therapy";
import { withPump } from "./with-pump";

/** The options of `minim pump prime`. */
export interface PrimeOptions extends OrderOptions {
  /** The volume once more, in nL, where nobody is asked. */
  readonly confirm?: number;
  /** `confirm`: the first half was answered; only the second is given. */
  readonly from?: PrimeStep;
}

/** `minim pump prime`: asks for a priming bolus, and begins it when its volume has been said once more. */
export function prime(
  volumeNl: number,
  options: PrimeOptions,
  terminal: Terminal,
  host: PumpHost = thisPumpHost(),
): Promise<ExitCode> {
  const { confirm, from = "ask", commandId } = options;
  if (confirm !== undefined && confirm !== volumeNl)
    throw new BadUsage(
      `--confirm ${formatVolume(confirm)} is not the volume that is asked for, ${formatVolume(volumeNl)}`,
    );
  if (from === "confirm" && confirm === undefined)
    throw new BadUsage(`--from confirm wants the volume once more: --confirm "${formatVolume(volumeNl)}"`);
  return withPump(options, terminal, host, async (pump) => {
    await openSession(pump);
    const text = formatVolume(volumeNl);
    // A simulated pump that was switched off since does not know any more what it was asked for.
    const asksAgain = pump.way.endsWithCommand && commandId === undefined;
    if (from === "ask" || asksAgain) {
      const words = ["prime", text, ...(confirm === undefined ? [] : ["--confirm", text])];
      const asked = await giveOrder(
        pump,
        `prime ${text}, asked for`,
        words,
        { kind: EventKind.prime, count: volumeNl },
        commandId,
      );
      if (!asked.isDone) return ExitCode.checkFailed;
      pump.goOn = commandLine(["prime", text, "--from", "confirm", "--confirm", text], options);
      if (confirm === undefined && !pump.canAsk) {
        pump.say(
          `Nothing moves yet. To begin it, within 10 min:\n  ${commandLine(["prime", text, "--from", "confirm", "--confirm", text], options)}`,
        );
        return ExitCode.passed;
      }
      if (confirm === undefined && !(await isSaidAgain(pump, volumeNl))) {
        terminal.err("not confirmed: nothing moves\n");
        return ExitCode.checkFailed;
      }
    }
    pump.goOn = undefined;
    const words = ["prime", text, "--from", "confirm", "--confirm", text];
    const order = { kind: EventKind.confirmPrime, count: volumeNl };
    const given = await giveOrder(
      pump,
      `prime ${text}, confirmed`,
      words,
      order,
      from === "ask" ? undefined : commandId,
    );
    if (given.isDone) {
      pump.say("  it fills the line at the maximum rate; npx minim pump stop ends it");
      tellStandstill(pump);
    }
    return exitOf(given);
  });
}

async function isSaidAgain(pump: ConnectedPump, volumeNl: number): Promise<boolean> {
  const answer = await pump.host.ask(
    `The line must not lead to anybody. Type the volume once more to begin (${formatVolume(volumeNl)}): `,
    pump.terminal,
  );
  try {
    return parseVolumeNl(answer ?? "") === volumeNl;
  } catch (error) {
    if (error instanceof QuantityError) return false;
    throw error;
  }
}

/** `minim pump line-empty`: after a change of tubing or catheter. */
export function lineEmpty(
  volumeNl: number,
  options: OrderOptions,
  terminal: Terminal,
  host: PumpHost = thisPumpHost(),
): Promise<ExitCode> {
  return withPump(options, terminal, host, async (pump) => {
    await openSession(pump);
    const text = formatVolume(volumeNl);
    const order = { kind: EventKind.deadVolumeEmpty, count: volumeNl };
    return exitOf(
      await giveOrder(pump, `${text} of the line without drug`, ["line-empty", text], order, options.commandId),
    );
  });
}

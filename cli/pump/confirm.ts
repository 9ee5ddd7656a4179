import { Confirm, EventKind } from "../../src/events";
import { digestOf } from "../../src/prescription/digest";
import { BadUsage } from "../bad-usage";
import { ExitCode } from "../exit-code";
import { painted } from "../terminal";
import type { Terminal } from "../terminal";
import type { ConnectedPump } from "./connected-pump";
import { exitOf } from "./connected-pump";
import { digestText } from "./digest-text";
import { thisPumpHost } from "./this-host";
import type { PumpHost } from "./pump-host";
import type { OrderOptions } from "./pump-options";
import { openSession } from "./pump-session";
import { withPump } from "./with-pump";

/** What a prescription is confirmed with where nobody can be asked. */
export interface ConfirmOptions extends OrderOptions {
  readonly digest?: number;
  readonly overrideSoft?: true;
  readonly largeChanges?: true;
}

/** What the pump has staged, as it told. */
export interface StagedPrescription {
  readonly digest: number;
  /** How many soft limits it passes. */
  readonly softLimits: number;
  /** How many amounts change much. */
  readonly largeChanges: number;
}

/** `minim pump confirm`: what was staged, and shown then, comes into force. */
export function confirm(
  options: ConfirmOptions,
  terminal: Terminal,
  host: PumpHost = thisPumpHost(),
): Promise<ExitCode> {
  const { digest } = options;
  if (digest === undefined)
    throw new BadUsage("--digest is missing: the digest that `minim pump stage` has shown says what is confirmed");
  return withPump(options, terminal, host, async (pump) => {
    await openSession(pump);
    await stageAgain(pump, digest);
    return giveConfirmation(pump, digest, options);
  });
}

/** A simulated pump that was switched off since has nothing staged any more: it is handed the same numbers once more. The digest binds them. */
async function stageAgain({ way, link }: ConnectedPump, digest: number): Promise<void> {
  const numbers = way.stagedNumbers?.kept();
  if (numbers !== undefined && digestOf(numbers) === digest) await link.stage(numbers);
}

/** Confirms what has just been staged and shown: by the digest that was given, or by what a person types. */
export async function confirmStaged(
  pump: ConnectedPump,
  staged: StagedPrescription,
  options: ConfirmOptions,
): Promise<ExitCode> {
  if (options.digest !== undefined) {
    if (options.digest === staged.digest)
      return giveConfirmation(pump, staged.digest, { ...options, commandId: undefined });
    pump.terminal.err(
      `minim: --digest ${digestText(options.digest)} is not what was staged (${digestText(staged.digest)}): look at it again; nothing is in force\n`,
    );
    return ExitCode.checkFailed;
  }
  const overrideSoft =
    staged.softLimits === 0 || (await says(pump, "Type override to pass the soft limits on purpose: ", ["override"]));
  const largeChanges =
    overrideSoft &&
    (staged.largeChanges === 0 ||
      (await says(pump, "Type looked when you have looked at each of the marked amounts: ", ["looked"])));
  const digest = digestText(staged.digest);
  const isMeant =
    overrideSoft &&
    largeChanges &&
    (await says(pump, `Type ${digest.slice(0, 4)} (its digest) or yes to put it into force: `, [
      digest.slice(0, 4),
      digest,
      "yes",
    ]));
  if (!isMeant) {
    pump.terminal.err(
      `${painted(pump.terminal, "yellow", "not confirmed")}: it stays staged, and what was in force stays in force\n`,
    );
    return ExitCode.checkFailed;
  }
  return giveConfirmation(pump, staged.digest, {
    ...(staged.softLimits > 0 ? { overrideSoft: true } : {}),
    ...(staged.largeChanges > 0 ? { largeChanges: true } : {}),
  });
}

async function says(pump: ConnectedPump, question: string, wanted: readonly string[]): Promise<boolean> {
  const answer = await pump.host.ask(question, pump.terminal);
  return wanted.includes(answer?.trim().toLowerCase() ?? "");
}

async function giveConfirmation(
  pump: ConnectedPump,
  digest: number,
  { overrideSoft, largeChanges, commandId }: Omit<ConfirmOptions, "connect">,
): Promise<ExitCode> {
  const bits = (overrideSoft === true ? Confirm.softLimits : 0) + (largeChanges === true ? Confirm.largeChanges : 0);
  const words = ["confirm", "--digest", digestText(digest)];
  if (overrideSoft === true) words.push("--override-soft");
  if (largeChanges === true) words.push("--large-changes");
  const given = await pump.give({
    order: { kind: EventKind.confirm, id: digest, detail: bits },
    name: `confirm ${digestText(digest)}`,
    words,
    commandId,
  });
  if (given.isDone) pump.way.stagedNumbers?.drop();
  if (given.isDone) pump.say("  in force; therapy that was stopped is begun by: npx minim pump start");
  return exitOf(given);
}

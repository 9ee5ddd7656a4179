import { BadUsage } from "../bad-usage";
import type { FlashOptions } from "./flash-options";
import type { Terminal } from "../terminal";
import type { FlashHost } from "./flash-host";

/** Throws {@link BadUsage} where nobody can be asked and nobody has said yes. */
export function requireWord(options: FlashOptions): void {
  if (options.json === true && options.yes !== true)
    throw new BadUsage("with --json nobody is asked: add --yes, or --dry-run to see what would be done");
}

/** Whether a person, or `--yes`, wants what `question` says; tells when not. */
export async function isConfirmed(
  question: string,
  options: FlashOptions,
  terminal: Terminal,
  host: FlashHost,
): Promise<boolean> {
  if (options.yes === true) return true;
  const answer = await host.ask(`${question} Type yes: `, terminal);
  if (answer?.trim() === "yes") return true;
  terminal.err("Nothing was written.\n");
  return false;
}

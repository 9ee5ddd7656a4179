import { createInterface } from "node:readline";
import { changeText, isAccepted, LARGE_CHANGE_PERCENT } from "../../bench/calibration/volume-change";
import { QuantityError } from "../../config/exact-decimal";
import { parseVolumePl } from "../../config/volume";
import { BadUsage } from "../bad-usage";
import type { Terminal } from "../terminal";
import type { CalibrateOptions, VolumeChange } from "./calibrate-settings";

/** Puts a question to the person. `undefined`: nobody answers. */
export type Ask = (question: string, terminal: Terminal) => Promise<string | undefined>;

/** Asks on stderr and reads one line of stdin; its end is no answer. */
export function askOnStdin(question: string, terminal: Terminal): Promise<string | undefined> {
  terminal.err(question);
  const lines = createInterface({ input: process.stdin });
  return new Promise((resolve) => {
    lines.once("line", (line) => {
      resolve(line);
      lines.close();
    });
    lines.once("close", () => resolve(undefined));
  });
}

/**
 * Whether the change may be written: by `yes` on the terminal or `--yes`; beyond {@link LARGE_CHANGE_PERCENT} by typing the new value, or by
 * `--accept-change` with the change. A `BadUsage` says which option is missing or wrong.
 */
export async function confirmation(
  change: VolumeChange,
  options: CalibrateOptions,
  terminal: Terminal,
  ask: Ask,
): Promise<"confirmed" | "declined" | BadUsage> {
  const { percent, isLarge, written } = change;
  const accepted = options.acceptChange;
  if (accepted !== undefined)
    return isAccepted(accepted, percent)
      ? "confirmed"
      : new BadUsage(`--accept-change is another change: this one is ${changeText(percent)}; nothing was written`);
  if (!isLarge) {
    if (options.yes === true) return "confirmed";
    const answer = await ask(`Write ${written} to ${change.file}? Type yes: `, terminal);
    return answer?.trim() === "yes" ? "confirmed" : "declined";
  }
  if (options.yes === true || options.json === true)
    return new BadUsage(
      `a change of ${changeText(percent)} is beyond ${LARGE_CHANGE_PERCENT} % and wants its own word: --accept-change "${changeText(percent)}"; nothing was written`,
    );
  const answer = await ask(
    `A change of ${changeText(percent)} is beyond ${LARGE_CHANGE_PERCENT} %. Type the new value to write it to ${change.file}: `,
    terminal,
  );
  return isVolume(answer ?? "", change.newPl) ? "confirmed" : "declined";
}

function isVolume(text: string, pl: number): boolean {
  try {
    return parseVolumePl(text) === pl;
  } catch (error) {
    if (error instanceof QuantityError) return false;
    throw error;
  }
}

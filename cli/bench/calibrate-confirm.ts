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

/** How the person answered; a `BadUsage` says which option is missing or wrong. */
type Answer = "confirmed" | "declined" | BadUsage;

/**
 * Whether the change may be written. Runs of a simulated bench, or of another pump than the file's, want a word of their own first (`--simulated`,
 * `--accept-serial`); then, unless one was typed, `yes` on the terminal or `--yes`; beyond {@link LARGE_CHANGE_PERCENT} the new value typed, or `--accept-change` with the change.
 */
export async function confirmation(
  change: VolumeChange,
  options: CalibrateOptions,
  terminal: Terminal,
  ask: Ask,
): Promise<Answer> {
  let isAsked = false;
  const asking = (text: string): Promise<string | undefined> => {
    isAsked = true;
    return ask(text, terminal);
  };
  for (const question of [ofSimulated, ofSerial]) {
    const answer = await question(change, options, asking);
    if (answer !== "confirmed") return answer;
  }
  // Whoever typed one of those words has said yes to a change of usual size.
  return isAsked && !change.isLarge ? "confirmed" : ofSize(change, options, asking);
}

type Question = (
  change: VolumeChange,
  options: CalibrateOptions,
  ask: (question: string) => Promise<string | undefined>,
) => Promise<Answer>;

/** Nobody is there to be asked. */
function isScripted({ yes, json, acceptChange }: CalibrateOptions): boolean {
  return yes === true || json === true || acceptChange !== undefined;
}

const ofSimulated: Question = async ({ isSimulated, file, written }, options, ask) => {
  if (!isSimulated || options.simulated === true) return "confirmed";
  if (isScripted(options))
    return new BadUsage(
      `the runs are simulated: their value is that of no real head; to write it to ${file} all the same: --simulated; nothing was written`,
    );
  const answer = await ask(
    `The runs are simulated: their value is that of no real head. Type simulated to write ${written} to ${file}: `,
  );
  return answer?.trim() === "simulated" ? "confirmed" : "declined";
};

const ofSerial: Question = async ({ otherSerial, file, written }, options, ask) => {
  if (otherSerial === null) return "confirmed";
  if (options.acceptSerial !== undefined)
    return options.acceptSerial === otherSerial
      ? "confirmed"
      : new BadUsage(`--accept-serial is another pump: the runs are of ${otherSerial}; nothing was written`);
  if (isScripted(options))
    return new BadUsage(
      `the runs are of pump ${otherSerial}, ${file} is that of another; to write it all the same: --accept-serial ${otherSerial}; nothing was written`,
    );
  const answer = await ask(
    `The runs are of pump ${otherSerial}, ${file} is that of another. Type the serial number to write ${written} there: `,
  );
  return answer?.trim() === otherSerial ? "confirmed" : "declined";
};

const ofSize: Question = async (change, options, ask) => {
  const { percent, isLarge, written } = change;
  const accepted = options.acceptChange;
  if (accepted !== undefined)
    return isAccepted(accepted, percent)
      ? "confirmed"
      : new BadUsage(`--accept-change is another change: this one is ${changeText(percent)}; nothing was written`);
  if (!isLarge) {
    if (options.yes === true) return "confirmed";
    const answer = await ask(`Write ${written} to ${change.file}? Type yes: `);
    return answer?.trim() === "yes" ? "confirmed" : "declined";
  }
  if (options.yes === true || options.json === true)
    return new BadUsage(
      `a change of ${changeText(percent)} is beyond ${LARGE_CHANGE_PERCENT} % and wants its own word: --accept-change "${changeText(percent)}"; nothing was written`,
    );
  const answer = await ask(
    `A change of ${changeText(percent)} is beyond ${LARGE_CHANGE_PERCENT} %. Type the new value to write it to ${change.file}: `,
  );
  return isVolume(answer ?? "", change.newPl) ? "confirmed" : "declined";
};

function isVolume(text: string, pl: number): boolean {
  try {
    return parseVolumePl(text) === pl;
  } catch (error) {
    if (error instanceof QuantityError) return false;
    throw error;
  }
}

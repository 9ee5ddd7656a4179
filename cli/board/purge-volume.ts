import type { BoardProgram } from "../../toolchain/devicescript/board-program";
import { BadUsage } from "../bad-usage";

/** What tells which program a board gets. */
export interface ProgramChoice {
  readonly program?: BoardProgram;
  /** In nL. */
  readonly volume?: number;
}

/** Most that a purge moves from one start to the next, in nL; 0 for every other program. Throws {@link BadUsage} where it is missing, or has no meaning. */
export function purgeVolumeNl({ program, volume }: ProgramChoice): number {
  if (program === "purge") {
    if (volume !== undefined) return volume;
    throw new BadUsage(
      'a purge needs --volume, the most that it moves from one start to the next, for example --volume "0.5 mL"',
    );
  }
  if (volume === undefined) return 0;
  throw new BadUsage("--volume is for --program purge; no other program takes one");
}

/** What must be known before a purge is put on a board. */
export const PURGE_WARNING =
  "This puts the purge in the place of the pump: it moves fluid while the board's button is held, and takes the prescription out of force. " +
  "There is no pump on the board until it is flashed again. Bench only: nothing that matters at the end of the line.";

/** What to do once a program is on its board. */
export function nextStep(program: BoardProgram | undefined): string {
  if (program === "purge") return "Next: hold the board's button; then flash the pump again";
  return "Next: npx minim pump interrogate --connect usb";
}

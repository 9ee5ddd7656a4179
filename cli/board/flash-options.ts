import type { BoardProgram } from "../../toolchain/devicescript/board-program";

/** The options of `minim flash`. */
export interface FlashOptions {
  readonly board?: string;
  /** Serial port of an ESP32, or of a board that runs DeviceScript. */
  readonly port?: string;
  /** Boot drive of an RP2040. */
  readonly drive?: string;
  readonly program?: BoardProgram;
  /** Most that a purge moves from one start to the next, in nL. */
  readonly volume?: number;
  /** Write no firmware. */
  readonly programOnly?: true;
  /** File or folder. */
  readonly firmware?: string;
  /** Bits a second. */
  readonly baud?: number;
  readonly yes?: true;
  readonly dryRun?: true;
  readonly json?: true;
}

import type { BoardId } from "./boards";

/** Labels of the pins that a board file may have for optional parts. */
export type PartPin = "ROLLER" | "OCCLUSION" | "AIR" | "BATTERY" | "KICK";

/** What a board has for optional parts: a part whose pin is missing cannot be declared for it. */
export interface BoardParts {
  /** The pins of its board file that are for optional parts. */
  readonly pins: readonly PartPin[];
  /** Voltage at a pin at which its converter reads its full scale, in mV, so far as it is known without measuring. */
  readonly adcFullScaleMv: number;
}

/** The parts of every board; the pins are those of `boards/<id>.board.json`. */
export const BOARD_PARTS: Readonly<Record<BoardId, BoardParts>> = {
  // At 11 dB, without the calibration that the runtime does not apply; it strays from chip to chip, and bring-up measures it.
  pump_esp32c3: { pins: ["ROLLER", "OCCLUSION", "BATTERY", "KICK"], adcFullScaleMv: 2900 },
  pump_esp32: { pins: ["ROLLER", "OCCLUSION", "AIR", "BATTERY", "KICK"], adcFullScaleMv: 3100 },
  pump_pico: { pins: ["ROLLER", "OCCLUSION", "AIR", "BATTERY", "KICK"], adcFullScaleMv: 3300 },
};

/** Boards that a pump file can name. */
export const BOARD_IDS = ["pump_esp32c3", "pump_esp32", "pump_pico"] as const;

/** One of {@link BOARD_IDS}. */
export type BoardId = (typeof BOARD_IDS)[number];

/** What a board's clock and main loop allow. */
export interface BoardTiming {
  /**
   * A sleeping program wakes only at multiples of this, in ms: the main loop of DeviceScript's ESP32 firmware runs from a
   * periodic 10 ms timer, that of its RP2040 firmware at least every ms.
   */
  readonly wakeGridMs: number;
}

/** The timing of every board. */
export const BOARD_TIMING: Readonly<Record<BoardId, BoardTiming>> = {
  pump_esp32c3: { wakeGridMs: 10 },
  pump_esp32: { wakeGridMs: 10 },
  pump_pico: { wakeGridMs: 1 },
};

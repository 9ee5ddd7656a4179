import type { BoardId } from "../../config/boards";

/** A pin of a board's edge: what is printed beside it, and its number on the chip, when it has one. */
export type EdgePin = readonly [printed: string, gpio?: number];

/** A development board that carries the chip, seen from above. */
export interface BoardLayout {
  /** The board that the drawing shows. */
  readonly product: string;
  /** Where its USB connector is. */
  readonly usb: "top" | "bottom";
  /** Its pins from top to bottom. */
  readonly left: readonly EdgePin[];
  readonly right: readonly EdgePin[];
  /** Parts that are on the board itself: what is printed, and its number on the chip. */
  readonly onBoard: readonly EdgePin[];
  /** Pins that are no signal of the program and are wired all the same, by what is printed: where they go. */
  readonly supplies: Readonly<Record<string, string>>;
  /** What a line needs on this board in place of what it needs on others, by its label. */
  readonly needs: Readonly<Record<string, string>>;
  /** What is special about a line on this board, by its label. */
  readonly remarks: Readonly<Record<string, string>>;
}

const GROUND = "ground";
const LOGIC = "3.3 V for the logic";
const RESET = "reset of the chip: RSTn of the supervisor";

function numbered(...gpios: number[]): EdgePin[] {
  return gpios.map((gpio) => [String(gpio), gpio]);
}

/** Names of a Pico's pins: a number is GPn, anything else is printed as it stands. */
function pico(...pins: (number | string)[]): EdgePin[] {
  return pins.map((pin) => (typeof pin === "number" ? [`GP${pin}`, pin] : [pin]));
}

const INPUT_ONLY = "This pin has no internal resistors: without its own one it reads anything";

/** The boards as their makers print them: compare with yours before you wire it, there are copies with other orders. */
export const BOARD_LAYOUTS: Readonly<Record<BoardId, BoardLayout>> = {
  pump_esp32c3: {
    product: "ESP32-C3 SuperMini",
    usb: "top",
    left: numbered(5, 6, 7, 8, 9, 10, 20, 21),
    right: [["5V"], ["GND"], ["3V3"], ...numbered(4, 3, 2, 1, 0)],
    onBoard: [],
    supplies: { GND: GROUND, "3V3": LOGIC, "5V": "5 V, when USB is not connected" },
    needs: { KICK: "10 kOhm to 3.3 V, also without a supervisor" },
    remarks: {
      KICK: "The chip wants this pin high when it starts; for the supervisor that is one kick at reset",
      SDA: "The blue light of the SuperMini is on this line too and flickers with it",
      SCL: "The key BOOT is on this line too: do not press it while the pump runs; SCL stands here because no chip of the bus ever holds it low, which would start the chip's loader",
      LED: "Shows the text that the chip's loader sends at reset: a flicker of 0.1 s",
      BUTTON: "The loader's input at reset: a press then does no harm",
    },
  },
  pump_esp32: {
    product: "ESP32-DevKitC V4",
    usb: "bottom",
    left: [
      ["3V3"],
      ["EN"],
      ["VP", 36],
      ["VN", 39],
      ...numbered(34, 35, 32, 33, 25, 26, 27, 14, 12),
      ["GND"],
      ["13", 13],
      ["D2", 9],
      ["D3", 10],
      ["CMD", 11],
      ["5V"],
    ],
    right: [
      ["GND"],
      ...numbered(23, 22),
      ["TX", 1],
      ["RX", 3],
      ["21", 21],
      ["GND"],
      ...numbered(19, 18, 5, 17, 16, 4, 0, 2, 15),
      ["D1", 8],
      ["D0", 7],
      ["CLK", 6],
    ],
    onBoard: [],
    supplies: { GND: GROUND, "3V3": LOGIC, "5V": "5 V, when USB is not connected", EN: RESET },
    needs: {},
    remarks: {
      EN: "Not the pin that is printed EN, which is the reset of the chip",
      LED: "Must not be pulled high when the chip starts; a light to ground is right, and many copies of the board have one here",
      OCCLUSION: INPUT_ONLY,
      BATTERY: INPUT_ONLY,
    },
  },
  pump_pico: {
    product: "Raspberry Pi Pico",
    usb: "top",
    left: pico(0, 1, "GND", 2, 3, 4, 5, "GND", 6, 7, 8, 9, "GND", 10, 11, 12, 13, "GND", 14, 15),
    right: pico(
      ...["VBUS", "VSYS", "GND", "3V3_EN", "3V3", "ADC_VREF", 28, "AGND", 27, 26],
      ...["RUN", 22, "GND", 21, 20, 19, 18, "GND", 17, 16],
    ),
    onBoard: [["LED", 25]],
    supplies: {
      GND: GROUND,
      AGND: GROUND,
      "3V3": LOGIC,
      VSYS: "5 V through a diode, when USB is not connected",
      RUN: RESET,
    },
    needs: { LED: "nothing: it is the board's own light" },
    remarks: {},
  },
};

/** What an open board reads and answers. */
export interface OpenBoard {
  /** What each pin reads, 0 to 1. */
  readonly level: number;
  /** Name of the function that answers on the I2C bus. */
  readonly answer: string;
}

/** What the text of {@link openBoard} imports. */
export const OPEN_BOARD_IMPORTS = `import * as ds from "@devicescript/core";
import type { BoardPins } from "./board-pins";
import { runOnBoard } from "./on-board";
`;

/** The text of a program's function `pumpOnOpenBoard`: `boards/on-board` with pins that lead nowhere and a button that nobody presses. */
export function openBoard({ level, answer }: OpenBoard): string {
  return `class OpenPin {
  value = ${level};
  setMode(_mode: number): void {
    return;
  }
}
class OpenButton {
  _onPacket: any = null;
}
type Bus = typeof ds & { _i2cTransaction(address: number, out: Buffer, into: Buffer): number };
const LABELS = ["STEP", "DIR", "EN", "HEARTBEAT", "BUZZER", "LED", "ROLLER", "OCCLUSION", "AIR", "BATTERY", "KICK"];
const pins: any = {};
async function pumpOnOpenBoard(): Promise<void> {
  for (let i = 0; i < LABELS.length; i++) pins[LABELS[i]] = new OpenPin();
  (ds as Bus)._i2cTransaction = ${answer};
  await runOnBoard(pins as BoardPins, new OpenButton() as unknown as ds.Button);
}
`;
}

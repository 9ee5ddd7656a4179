import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { BadInput } from "../../config/bad-input";

/** What a board's chip needs to be flashed. The names and addresses are those of DeviceScript 2.16.4's own list of chips. */
export interface Chip {
  /** DeviceScript's name of it, `archId` in a board file. */
  readonly archId: string;
  /** As people write it. */
  readonly name: string;
  /** How an image gets there: over a serial port with esptool, or as a file copied to the drive of the boot loader. */
  readonly family: "esp32" | "rp2040";
  /** The file of DeviceScript's firmware for the bare chip, as its release names it; for an ESP32 its name ends with the flash address. */
  readonly firmwareFile: string;
  /** Where the newest release of that file is. */
  readonly firmwareUrl: string;
  /** What the file's header calls the chip: the chip id of an ESP32 image, the family of a UF2 file. */
  readonly headerId: number;
}

const RELEASES = {
  esp32: "https://github.com/microsoft/devicescript-esp32/releases/latest/download/",
  rp2040: "https://github.com/microsoft/devicescript-pico/releases/latest/download/",
};

function chip(archId: string, name: string, family: Chip["family"], firmwareFile: string, headerId: number): Chip {
  return { archId, name, family, firmwareFile, firmwareUrl: `${RELEASES[family]}${firmwareFile}`, headerId };
}

/**
 * The chips that Minim knows how to flash. Chip ids: esptool's `IMAGE_CHIP_ID` of each chip; family of the RP2040: `uf2families.json` of
 * Microsoft's UF2 specification.
 */
export const CHIPS: readonly Chip[] = [
  chip("esp32", "ESP32", "esp32", "devicescript-esp32-esp32_bare-0x1000.bin", 0),
  chip("esp32c3", "ESP32-C3", "esp32", "devicescript-esp32c3-esp32c3_bare-0x0.bin", 5),
  chip("rp2040", "RP2040", "rp2040", "devicescript-rp2040-pico.uf2", 0xe48bff56),
];

/** The chip of a board of this checkout, from its board file. Throws `BadInput` for one that cannot be flashed. */
export async function chipOfBoard(root: string, board: string): Promise<Chip> {
  const { file, archId } = await readBoardFile(root, board);
  const known = CHIPS.find((candidate) => candidate.archId === archId);
  if (known !== undefined) return known;
  const right = CHIPS.map((candidate) => candidate.archId).join(", ");
  throw new BadInput(file, 0, `archId: no firmware is known for ${JSON.stringify(archId)}; right are ${right}`);
}

/** The number by which a board that was flashed for `board` tells what it is, from the board file. Throws `BadInput`. */
export async function productIdOfBoard(root: string, board: string): Promise<number> {
  const { file, productId } = await readBoardFile(root, board);
  const value = Number(productId);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new BadInput(file, 0, `productId: a number as "0x3a1f70c4" is wanted, not ${JSON.stringify(productId)}`);
}

interface BoardFile {
  readonly file: string;
  readonly archId: unknown;
  readonly productId: unknown;
}

async function readBoardFile(root: string, board: string): Promise<BoardFile> {
  const file = `boards/${board}.board.json`;
  const text = await readFile(join(root, file), "utf8");
  try {
    const { archId, productId } = JSON.parse(text) as { archId?: unknown; productId?: unknown };
    return { file, archId, productId };
  } catch (error) {
    throw new BadInput(file, 0, `this is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

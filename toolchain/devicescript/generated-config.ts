import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { BadInput } from "../../config/bad-input";
import { BOARD_IDS, type BoardId } from "../../config/boards";
import { configNumbers, toPumpConfig } from "../../config/pump-config";
import type { PumpFile } from "../../config/pump-file";
import { readBoardPump, readPumpFile } from "../../config/read-pump";
import { GENERATED_PARTS, generatedParts } from "./generated-parts";

/** The module that a board's program takes its pump from: DeviceScript cannot import JSON. */
export const GENERATED_CONFIG = "boards/generated/pump-config.ts";

/** The pump file that a build reads when it is given no other. */
export const DEFAULT_PUMP_FILE = "devs.config.json";

/**
 * The text of {@link GENERATED_CONFIG} for the pump that `text` describes, on this board; on the board that the file names
 * when `board` is not one of Minim's. Throws {@link BadInput}: also when the pump is sound on its own board alone.
 * @param program number of the build (see `programNumber`)
 */
export function generatedConfig(text: string, file: string, board: string, program = 0): string {
  const pump = onBoard(text, file, board);
  const numbers = configNumbers(toPumpConfig(pump, program));
  return (
    `// Generated from ${file} for ${pump.board} by every build; changes here are lost, and are never compiled.\n` +
    'import { readConfig } from "../../src/config";\n' +
    'import type { PumpConfig } from "../../src/config";\n\n' +
    `// The numbers of ${file}, "${pump.name}". As a text they are data; as a list they would be code, of which there is little room.\n` +
    `const NUMBERS = "[${numbers.join(",")}]";\n\n` +
    "/** The pump that this program drives. */\n" +
    "export function pumpConfig(): PumpConfig {\n  return readConfig(JSON.parse(NUMBERS) as number[]);\n}\n\n" +
    "/** SHA-256 of the file that this was generated from. */\n" +
    `export const GENERATED_FROM_SHA256 = "${createHash("sha256").update(text).digest("hex")}";\n`
  );
}

/** The generated modules of a program for `board`, by their path. Throws {@link BadInput}. @param program number of the build */
export function generatedModules(text: string, file: string, board: string, program: number): Map<string, string> {
  const pump = onBoard(text, file, board);
  return new Map([
    [GENERATED_CONFIG, generatedConfig(text, file, board, program)],
    [GENERATED_PARTS, generatedParts(pump, file)],
  ]);
}

/** The text of a module that no board is named for is a copy for editors: of the pump as the simulator takes it. */
function onBoard(text: string, file: string, board: string): PumpFile {
  return isBoardId(board) ? readBoardPump(text, file, board) : readPumpFile(text, file);
}

function isBoardId(board: string): board is BoardId {
  return (BOARD_IDS as readonly string[]).includes(board);
}

/**
 * Reads a pump file once and gives what makes the modules of it for a build of `board`, by the number of that build. What is compiled
 * is those texts; copies with number 0 are left in the checkout for editors and the linter. Throws {@link BadInput}.
 * @param file the pump file, relative to the root
 */
export async function generateConfig(
  root: string,
  file: string,
  board: string,
): Promise<(program: number) => Map<string, string>> {
  const text = await readFile(join(root, file), "utf8").catch((error: unknown) => {
    const reason =
      error instanceof Error && "code" in error && error.code === "ENOENT" ? "there is no such file" : String(error);
    throw new BadInput(file, 0, `${reason}; a build needs the description of its pump`);
  });
  const copies = file === DEFAULT_PUMP_FILE ? generatedModules(text, file, "", 0) : [];
  for (const [path, copy] of copies) await leaveCopy(join(root, path), copy);
  return (program) => generatedModules(text, file, board, program);
}

async function leaveCopy(path: string, text: string): Promise<void> {
  const there = await readFile(path, "utf8").catch(() => undefined);
  if (there === text) return;
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, text);
  await rename(draft, path);
}

import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BadInput } from "../../../config/bad-input";
import { makeFolder } from "../../../config/node/make-folder";
import { FRAM_BYTES, SimulatedMemory } from "../../engines/simulated-memory";
import { ClockChip } from "../clock-chip";
import { shownPath } from "../../scenario/node/text-file";
import { FolderLock } from "./folder-lock";

const MEMORY_FILE = "memory.bin";
const CLOCK_FILE = "clock-chip.json";
const PORT_FILE = "port";

/**
 * Where a live pump lives on between its processes: the bytes of its memory, its clock chip, and, while it runs, who owns it and the port of
 * its bridge. Each file is replaced by one rename, so a killed process leaves the old one or the new one, as a power cut does in the
 * memory itself. (A crash of the whole machine may cost more: nothing is synced.)
 */
export class PumpFolder {
  readonly memory = new SimulatedMemory();
  readonly clockChip: ClockChip;

  private constructor(
    private readonly path: string,
    private readonly lock: FolderLock,
  ) {
    const memory = readIfThere(join(path, MEMORY_FILE));
    if (memory !== undefined && memory.length !== FRAM_BYTES)
      throw notOurs(join(path, MEMORY_FILE), `has ${memory.length} bytes; a pump's memory has ${FRAM_BYTES}`);
    if (memory !== undefined) this.memory.load(memory);
    this.clockChip = new ClockChip(readAhead(join(path, CLOCK_FILE)));
  }

  /**
   * Takes the folder for this process; makes it when it is not there. `fresh`: the pump that lived there is forgotten. Throws `PumpTaken` while
   * another process owns it, and `BadInput` for files that no pump has left.
   */
  static open(path: string, { fresh = false }: { readonly fresh?: boolean } = {}): PumpFolder {
    try {
      makeFolder(path);
    } catch (error) {
      throw new BadInput(
        shownPath(path),
        0,
        `no folder can be made here for the simulated pump (${error instanceof Error ? error.message : String(error)})`,
      );
    }
    const lock = FolderLock.take(path);
    try {
      rmSync(join(path, PORT_FILE), { force: true });
      if (fresh) for (const name of [MEMORY_FILE, CLOCK_FILE]) rmSync(join(path, name), { force: true });
      return new PumpFolder(path, lock);
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  /** The port of the bridge of the pump that another process runs in the folder; `undefined`: none does, or it has no bridge. */
  static runningPort(path: string): number | undefined {
    if (FolderLock.ownerOf(path) === undefined) return undefined;
    const port = Number(readIfThere(join(path, PORT_FILE))?.toString() ?? NaN);
    return Number.isInteger(port) && port > 0 && port < 65536 ? port : undefined;
  }

  /** Keeps what memory and clock chip hold now. */
  keep(): void {
    this.replace(MEMORY_FILE, this.memory.contents());
    const { aheadMs } = this.clockChip;
    if (aheadMs !== undefined) this.replace(CLOCK_FILE, `${JSON.stringify({ aheadMs })}\n`);
  }

  /** Others find the pump at this port of this machine. */
  tellPort(port: number): void {
    this.replace(PORT_FILE, `${port}\n`);
  }

  /** Gives the folder back. */
  release(): void {
    rmSync(join(this.path, PORT_FILE), { force: true });
    this.lock.release();
  }

  private replace(name: string, contents: Uint8Array | string): void {
    const file = join(this.path, name);
    writeFileSync(`${file}.new`, contents, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function readAhead(path: string): number | undefined {
  const text = readIfThere(path)?.toString();
  if (text === undefined) return undefined;
  try {
    const { aheadMs } = JSON.parse(text) as { aheadMs?: unknown };
    if (typeof aheadMs === "number" && Number.isFinite(aheadMs)) return aheadMs;
  } catch {
    // Said below.
  }
  throw notOurs(path, "does not say by how many ms the pump's clock is ahead of this machine's (aheadMs)");
}

function notOurs(path: string, what: string): BadInput {
  return new BadInput(shownPath(path), 0, `${what}; start with a fresh pump, or put the file back`);
}

import { linkSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const LOCK_FILE = "lock";
/** Two that take over a stale lock at once may have to try again. */
const MOST_TRIES = 5;

/** Another process runs the pump of a folder. */
export class PumpTaken extends Error {
  /** @param processId of that process */
  constructor(readonly processId: number) {
    super(`process ${processId} runs this pump already; stop it first, or talk to it`);
  }
}

/**
 * One process owns a folder: its number, and when it began, stand in the file `lock`. The lock of a process that is gone is taken over; so
 * is one whose number another process has been given since (told by its beginning, where the system says that: Linux).
 */
export class FolderLock {
  private constructor(
    private readonly file: string,
    private readonly text: string,
  ) {}

  /** Takes the lock of a folder. Throws {@link PumpTaken}: also when this very process has it. */
  static take(folder: string): FolderLock {
    const file = join(folder, LOCK_FILE);
    const text = `${process.pid} ${beginningOf(process.pid)}\n`;
    const own = `${file}.${process.pid}`;
    writeFileSync(own, text, { mode: 0o600 });
    try {
      for (let tries = 0; tries < MOST_TRIES; tries++) {
        if (linked(own, file)) return new FolderLock(file, text);
        const owner = FolderLock.ownerOf(folder);
        if (owner !== undefined) throw new PumpTaken(owner);
        removeStale(file);
      }
      throw new PumpTaken(FolderLock.ownerOf(folder) ?? 0);
    } finally {
      unlinkSync(own);
    }
  }

  /** The process that owns the folder; `undefined`: none that is alive. */
  static ownerOf(folder: string): number | undefined {
    return aliveOwner(readText(join(folder, LOCK_FILE)));
  }

  /** Gives it back; nothing happens when it is another's by now. */
  release(): void {
    if (readText(this.file) === this.text) rmSync(this.file, { force: true });
  }
}

/** Puts the lock there in one go, whole; false: there is one. */
function linked(own: string, file: string): boolean {
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Moves a stale lock away first: when it turns out that another process has just taken it over, it is put back. */
function removeStale(file: string): void {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  if (aliveOwner(readText(aside)) !== undefined) linked(aside, file);
  rmSync(aside, { force: true });
}

function aliveOwner(text: string | undefined): number | undefined {
  const [id = "", beginning = ""] = (text ?? "").trim().split(" ");
  if (!/^[1-9]\d*$/.test(id)) return undefined;
  const processId = Number(id);
  return isAlive(processId) && beginningOf(processId) === beginning ? processId : undefined;
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** When a process began, in ticks since the machine did (field 22 of /proc/PID/stat, behind the name in brackets); "": nobody knows. */
function beginningOf(processId: number): string {
  const stat = readText(`/proc/${processId}/stat`) ?? "";
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

/** How often a waiting process looks again. */
const LOOK_EVERY_MS = 100;
/** A lock whose owner never wrote its name was left behind by a process killed in that very moment. */
const NAMELESS_FOR_AT_MOST_MS = 5000;

/**
 * Runs `work` while no other process runs work under the same lock. A lock is a folder, which only one process can make;
 * one whose owner has died is removed.
 */
export async function withLock(folder, work) {
  mkdirSync(dirname(folder), { recursive: true });
  while (!take(folder)) {
    if (isAbandoned(folder)) rmSync(folder, { recursive: true, force: true });
    else await delay(LOOK_EVERY_MS);
  }
  try {
    return await work();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function take(folder) {
  try {
    mkdirSync(folder);
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
  writeFileSync(join(folder, "owner"), String(process.pid));
  return true;
}

function isAbandoned(folder) {
  let owner;
  try {
    owner = Number(readFileSync(join(folder, "owner"), "utf8"));
  } catch {
    return ageMs(folder) > NAMELESS_FOR_AT_MOST_MS;
  }
  if (!(owner > 0)) return ageMs(folder) > NAMELESS_FOR_AT_MOST_MS;
  try {
    process.kill(owner, 0);
    return false;
  } catch (error) {
    return error.code === "ESRCH";
  }
}

function ageMs(folder) {
  try {
    return Date.now() - statSync(folder).mtimeMs;
  } catch {
    return 0;
  }
}

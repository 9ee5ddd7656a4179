import { existsSync } from "node:fs";
import { BadUsage } from "../bad-usage";
import { adoptNextKey, dropNextKey, nextKeyFile, readKeyFile, writeKeyFile } from "../../link/node/key-file";
import { whyRefused } from "../../link/sealed-line";
import { SHORT_WAIT_S } from "../../link/open-session";
import type { SessionRefused } from "../../link/open-session";
import { pause } from "../../link/timers";
import { ServiceStatus } from "../../src/service/protocol";
import { shownPath } from "../../sim/scenario/node/text-file";
import type { ConnectedPump } from "./connected-pump";
import { holdUntil } from "./held-command";
import { ProgressLine } from "./progress-line";
import { statusText } from "./refusal-words";

/** There is no session, and why; the command ends with exit code 1. */
export class NoSession extends Error {
  override readonly name = "NoSession";
}

/**
 * Opens a session with the pump's key. A simulated pump that has no key yet gets one first, as a real one would: while its button is held. Rejects with
 * {@link NoSession}, `BadInput` for the key's file, {@link BadUsage} when there is no key here.
 */
export async function openSession(pump: ConnectedPump): Promise<void> {
  const { link, way, host } = pump;
  const { hasKey, waitMs } = await link.state();
  if (!hasKey) {
    if (way.holdButton === undefined) throw new NoSession(statusText(ServiceStatus.noKey));
    await setSimulatedKey(pump);
    return;
  }
  if (waitMs > SHORT_WAIT_S * 1000)
    throw new NoSession(whyRefused({ status: ServiceStatus.wait, waitS: Math.ceil(waitMs / 1000) }));
  if (waitMs > 0) await pause(host.timers, waitMs);
  const refused = await openWithKeys(pump);
  if (refused !== undefined) throw new NoSession(refusedText(pump, refused));
}

/** Tries the key, then the one that was to take its place when nobody heard how that ended. */
async function openWithKeys({ link, way }: ConnectedPump): Promise<SessionRefused | undefined> {
  const file = way.keyFile(link.identity.serial);
  const key = readKeyFile(file);
  const next = readKeyFile(nextKeyFile(file));
  if (key === undefined && next === undefined) throw new BadUsage(noKeyText(file, way.holdButton !== undefined));
  let refused: SessionRefused | undefined;
  if (key !== undefined) {
    refused = await link.openSession(key);
    if (refused === undefined && next !== undefined) dropNextKey(file);
  }
  if (next === undefined || (key !== undefined && refused?.status !== ServiceStatus.noSession)) return refused;
  refused = await link.openSession(next);
  if (refused === undefined) adoptNextKey(file);
  return refused;
}

function noKeyText(file: string, isSimulated: boolean): string {
  return isSimulated
    ? `there is no key for the simulated pump in ${shownPath(file)}; --fresh starts a blank one`
    : `there is no key for this pump: neither in $MINIM_KEY_FILE nor in ${file}; copy it from where it was set, or erase it with erase-key and set another`;
}

function refusedText({ way, link }: ConnectedPump, refused: SessionRefused): string {
  if (refused.status !== ServiceStatus.noSession) return whyRefused(refused);
  return `the key in ${shownPath(way.keyFile(link.identity.serial))} is not this pump's, or another client came between; after three wrong ones it waits`;
}

/** Sets a key while the simulated button is held, and opens a session with it. */
async function setSimulatedKey(pump: ConnectedPump): Promise<void> {
  const { link, way } = pump;
  const file = way.keyFile(link.identity.serial);
  const status = await setNewKey(pump);
  if (status !== ServiceStatus.done) throw new NoSession(`no key could be set: ${statusText(status)}`);
  pump.warn(
    `the simulated pump had no key: its button was held for 3 s, and one set; it is kept in ${shownPath(file)}`,
  );
  const refused = await openWithKeys(pump);
  if (refused !== undefined) throw new NoSession(whyRefused(refused));
}

/** Makes a key and sets it, while the button is held. It lies beside the key's file until the pump has it. */
export async function setNewKey(pump: ConnectedPump): Promise<ServiceStatus> {
  const { link, way, host, terminal } = pump;
  const file = way.keyFile(link.identity.serial);
  const key = host.newKey();
  // Before it is sent: a pump whose key nobody has could only be erased.
  writeKeyFile(nextKeyFile(file), key);
  pump.ifLost = `whether the pump has the new key is not known; it is kept in ${shownPath(nextKeyFile(file))}, and the next command that needs a key finds out`;
  const progress = new ProgressLine(terminal);
  try {
    const status = await holdUntil(pump, progress, () => link.setKey(key));
    if (status === ServiceStatus.done || status === ServiceStatus.notStored) adoptNextKey(file);
    else dropNextKey(file);
    pump.ifLost = undefined;
    return status;
  } finally {
    progress.end();
  }
}

/** There is a key for the pump here. */
export function hasKeyFile({ way, link }: ConnectedPump): boolean {
  return existsSync(way.keyFile(link.identity.serial));
}

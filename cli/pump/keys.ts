import { rmSync } from "node:fs";
import { LinkLost } from "../../link/link-errors";
import { adoptNextKey, dropNextKey, nextKeyFile, writeKeyFile } from "../../link/node/key-file";
import { ServiceStatus } from "../../src/service/protocol";
import { shownPath } from "../../sim/scenario/node/text-file";
import { commandLine } from "./ask-again";
import { BadUsage } from "../bad-usage";
import { ExitCode } from "../exit-code";
import { painted } from "../terminal";
import type { Terminal } from "../terminal";
import type { ConnectedPump } from "./connected-pump";
import { holdUntil } from "./held-command";
import { ProgressLine } from "./progress-line";
import { thisPumpHost } from "./this-host";
import type { PumpHost } from "./pump-host";
import type { PumpOptions } from "./pump-options";
import { hasKeyFile, openSession, setNewKey } from "./pump-session";
import { statusText } from "./refusal-words";
import { tellStartedAnew } from "./started-anew";
import { withPump } from "./with-pump";

/** `minim pump set-key`: gives a pump that has none its key, while its button is held. */
export function setKey(options: PumpOptions, terminal: Terminal, host: PumpHost = thisPumpHost()): Promise<ExitCode> {
  return withPump(options, terminal, host, async (pump) => {
    if ((await pump.link.state()).hasKey) return tell(pump, "set-key", ServiceStatus.keyIsSet, "");
    const file = shownPath(keyFile(pump));
    if (hasKeyFile(pump) && pump.way.holdButton === undefined)
      throw new BadUsage(
        `${file} holds a key already, which this pump does not have: of another pump with its serial number, or from before it was erased; move it away first`,
      );
    const status = await setNewKey(pump);
    return tell(
      pump,
      "set-key",
      status,
      `a key is set; it is in ${file}: keep a copy, without it the pump can only be erased`,
    );
  });
}

/** `minim pump rotate-key`: puts another key in the place of the pump's. */
export function rotateKey(
  options: PumpOptions,
  terminal: Terminal,
  host: PumpHost = thisPumpHost(),
): Promise<ExitCode> {
  return withPump(options, terminal, host, async (pump) => {
    await openSession(pump);
    const file = keyFile(pump);
    const key = host.newKey();
    // Beside the old one before it is sent: whatever is lost now, one of the two holds.
    writeKeyFile(nextKeyFile(file), key);
    let status: ServiceStatus;
    try {
      status = await pump.interruption.finish(
        () => "waiting for the pump's answer to the new key; both are kept",
        () => pump.link.rotateKey(key),
      );
    } catch (error) {
      if (error instanceof LinkLost)
        throw new LinkLost(
          `${error.message}; both keys are kept (${shownPath(file)} and ${shownPath(nextKeyFile(file))}), and the next command finds out which the pump has`,
        );
      throw error;
    }
    if (status === ServiceStatus.done || status === ServiceStatus.notStored) adoptNextKey(file);
    else dropNextKey(file);
    return tell(
      pump,
      "rotate-key",
      status,
      `the pump has another key now; it is in ${shownPath(file)}: replace your copies`,
    );
  });
}

/** What is erased. */
export type Erased = "key" | "memory";

/** The options of `minim pump erase-key` and `erase-memory`. */
export interface EraseOptions extends PumpOptions {
  /** Serial number of the pump, where nobody is asked. */
  readonly yesErase?: number;
}

/** `minim pump erase-key`, and `erase-memory` for a memory that the pump cannot use: while the button is held, asked twice. */
export function erase(
  what: Erased,
  options: EraseOptions,
  terminal: Terminal,
  host: PumpHost = thisPumpHost(),
): Promise<ExitCode> {
  const { yesErase } = options;
  if (yesErase === undefined && (!host.isInteractive || options.json === true))
    throw new BadUsage("nobody can be asked here: add --yes-erase with the pump's serial number");
  return eraseAt(what, options, terminal, host);
}

async function eraseAt(what: Erased, options: EraseOptions, terminal: Terminal, host: PumpHost): Promise<ExitCode> {
  const { yesErase } = options;
  const ended = await withPump(options, terminal, host, async (pump) => {
    const { serial } = pump.link.identity;
    if (yesErase !== undefined && yesErase !== serial)
      throw new BadUsage(`--yes-erase ${yesErase} is not this pump's serial number, ${serial}; nothing was erased`);
    if (yesErase === undefined && !(await isMeant(pump, what))) {
      terminal.err("nothing was erased\n");
      return ExitCode.checkFailed;
    }
    pump.ifLost = `whether the ${what} was erased, and therapy stopped, is not known; this tells: ${commandLine(["status"], options)}`;
    const progress = new ProgressLine(terminal);
    const status = await holdUntil(pump, progress, () =>
      what === "key" ? pump.link.eraseKey() : pump.link.eraseMemory(),
    ).finally(() => progress.end());
    pump.ifLost = undefined;
    if (what === "key" && status === ServiceStatus.done)
      for (const file of [keyFile(pump), nextKeyFile(keyFile(pump))]) rmSync(file, { force: true });
    return tell(pump, `erase-${what}`, status, ERASED[what]);
  });
  if (what === "memory" && ended === ExitCode.passed) await tellStartedAnew(options, terminal, host);
  return ended;
}

const WARNINGS: Readonly<Record<Erased, string>> = {
  key: "This stops therapy, takes the prescription out of force and erases the pump's key. What was delivered stays in its ledger.",
  memory: "This erases a memory that the pump cannot use, with all that stands in it, and starts the pump anew, blank.",
};

const ERASED: Readonly<Record<Erased, string>> = {
  key: "the key is erased; therapy is stopped, no prescription is in force, the ledger stays. Another key: npx minim pump set-key",
  memory: "the memory is erased, and the pump starts anew, blank",
};

async function isMeant(pump: ConnectedPump, what: Erased): Promise<boolean> {
  const { terminal, host, link } = pump;
  terminal.err(`${painted(terminal, "red", WARNINGS[what])}\n`);
  if ((await host.ask("Type erase to go on: ", terminal))?.trim() !== "erase") return false;
  const serial = await host.ask(
    `Type the pump's serial number (${link.identity.serial}) to erase its ${what}: `,
    terminal,
  );
  return serial?.trim() === String(link.identity.serial);
}

function keyFile({ way, link }: ConnectedPump): string {
  return way.keyFile(link.identity.serial);
}

function whyNot(command: string, status: ServiceStatus): string {
  if (command === "erase-memory" && status === ServiceStatus.notAllowed)
    return "the pump can use its memory, and a ledger that counts is never erased; nothing has changed";
  return statusText(status);
}

function tell(pump: ConnectedPump, command: string, status: ServiceStatus, done: string): ExitCode {
  const isDone = status === ServiceStatus.done;
  const isAlso = status === ServiceStatus.notStored && command !== "erase-memory";
  const why = isDone ? null : whyNot(command, status);
  pump.json({ kind: "key", command, done: isDone, status: ServiceStatus[status] ?? status, why });
  if (isDone) pump.say(`${painted(pump.terminal, "green", "✓")} ${done}`);
  else if (!pump.isJson)
    pump.terminal.err(
      `${painted(pump.terminal, "red", "✗")} ${command}: ${why ?? ""}${isAlso ? "; it holds now, and may be lost with the power" : ""}\n`,
    );
  return isDone ? ExitCode.passed : ExitCode.checkFailed;
}

import { execFile } from "node:child_process";

/** Espressif's tool, which writes the flash of an ESP32, as it is on this machine. */
export interface Esptool {
  /** How it is called: a program, or a program and its arguments, with spaces between. */
  readonly command: string;
  /** As `4.8.1`. */
  readonly version: string;
}

/** The oldest release that DeviceScript takes: major and minor. */
const OLDEST = [4, 5] as const;
/** What installs it. */
export const INSTALL_ESPTOOL = "pip install esptool   (or: pipx install esptool)";

/**
 * In this order. DeviceScript itself looks for `esptool.py` and for releases that call themselves so, which those from 5 on do not; so Minim
 * finds the tool and names it.
 */
const CANDIDATES = ["esptool.py", "esptool", "python3 -m esptool", "python -m esptool", "py -m esptool"];
/** Python takes its time to start; a tool that hangs is none. In ms. */
const PATIENCE_MS = 20000;

/** esptool on this machine; `undefined`: there is none. One that is too old is found too. */
export async function findEsptool(env: NodeJS.ProcessEnv = process.env): Promise<Esptool | undefined> {
  for (const command of CANDIDATES) {
    const version = await versionOf(command, env);
    if (version !== undefined) return { command, version };
  }
  return undefined;
}

/** False: DeviceScript needs a newer one. */
export function isNewEnough({ version }: Esptool): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

/** The oldest release that will do, as text. */
export const OLDEST_ESPTOOL = OLDEST.join(".");

function versionOf(command: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const [program = "", ...args] = command.split(" ");
  return new Promise((resolve) => {
    execFile(program, [...args, "version"], { env, timeout: PATIENCE_MS }, (failure, stdout) => {
      // `esptool.py v4.8.1` up to release 4, `esptool v5.0.2` from 5 on.
      const version = /\besptool(?:\.py)? v(\d+\.\d+(?:\.\w+)*)/.exec(stdout)?.[1];
      resolve(failure === null ? version : undefined);
    });
  });
}

import { access, constants } from "node:fs/promises";
import { join } from "node:path";

/** The computer that boards are attached to, as far as looking for them needs it. */
export interface Machine {
  /** As Node names it: `linux`, `darwin`, `win32`. */
  readonly platform: string;
  /** The place of an absolute path of the machine. */
  at(path: string): string;
  /** True when this account may read and write the file. */
  mayUse(path: string): Promise<boolean>;
}

/** This computer. */
export const THIS_MACHINE: Machine = {
  platform: process.platform,
  at: (path) => path,
  mayUse: mayReadAndWrite,
};

/** A machine whose folders `/sys`, `/dev` and `/proc` lie below `root`: for trying things out. */
export function machineBelow(root: string): Machine {
  return { platform: "linux", at: (path) => join(root, path), mayUse: mayReadAndWrite };
}

function mayReadAndWrite(path: string): Promise<boolean> {
  return access(path, constants.R_OK | constants.W_OK).then(
    () => true,
    () => false,
  );
}

import { execFile } from "node:child_process";
import { SYSTEM_TIMERS } from "../../link/timers";
import type { Timers } from "../../link/timers";
import type { Transport } from "../../link/transport";
import { checkoutRoot } from "../../toolchain/checkout";
import { findEsptool } from "../../toolchain/board/esptool";
import type { Esptool } from "../../toolchain/board/esptool";
import { THIS_MACHINE } from "../../toolchain/board/machine";
import type { Machine } from "../../toolchain/board/machine";
import { askOnStdin } from "../bench/calibrate-confirm";
import type { Ask } from "../bench/calibrate-confirm";

/** Where commands that look for boards run; another one is given in tests. */
export interface FlashHost {
  /** The checkout. */
  readonly root: string;
  readonly machine: Machine;
  findEsptool(): Promise<Esptool | undefined>;
  /** False on a Linux without udev's `udevadm`, by which DeviceScript finds ports. */
  canListPorts(): Promise<boolean>;
  /** Opens the way to a board's Jacdac bus; rejects with `LinkFailure`. */
  openSerial(path: string): Promise<Transport>;
  readonly timers: Timers;
  readonly ask: Ask;
}

/** This computer, and whoever sits at it. */
export function thisHost(): FlashHost {
  return {
    root: checkoutRoot(),
    machine: THIS_MACHINE,
    findEsptool: () => findEsptool(),
    canListPorts: () => (process.platform === "linux" ? runs("udevadm", ["--version"]) : Promise.resolve(true)),
    openSerial: async (path) => (await import("../../link/node/serial-transport")).SerialTransport.open(path),
    timers: SYSTEM_TIMERS,
    ask: askOnStdin,
  };
}

function runs(program: string, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    execFile(program, [...args], (failure) => resolve(failure === null));
  });
}

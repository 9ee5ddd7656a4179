import { randomBytes } from "node:crypto";
import { SYSTEM_TIMERS } from "../../link/timers";
import { KEY_BYTES } from "../../src/service/protocol";
import { MS_PER_DAY } from "../../src/units";
import { checkoutRoot } from "../../toolchain/checkout";
import { askOnStdin } from "../bench/calibrate-confirm";
import { endBySignal, listenForSignals } from "../bench/record-signals";
import { buildNumber } from "./named-pump";
import type { PumpHost } from "./pump-host";

/** 2000-01-01 00:00 as Date counts. */
const EPOCH_2000_MS = 10957 * MS_PER_DAY;
const MS_PER_MINUTE = 60000;

/** This computer, and whoever sits at it. */
export function thisPumpHost(): PumpHost {
  const root = checkoutRoot();
  return {
    root,
    timers: SYSTEM_TIMERS,
    // Behind a pipe it is not false but not there.
    isInteractive: (process.stdin.isTTY as boolean | undefined) === true,
    ask: askOnStdin,
    wallMs: () => {
      const now = new Date();
      return now.getTime() - now.getTimezoneOffset() * MS_PER_MINUTE - EPOCH_2000_MS;
    },
    buildNumber: (named) => buildNumber(root, named),
    newKey: () => new Uint8Array(randomBytes(KEY_BYTES)),
    openWay: async (address, options, terminal) =>
      (await import("./open-way")).openWay(root, address, options, terminal),
    listenForSignals,
    endBySignal,
  };
}

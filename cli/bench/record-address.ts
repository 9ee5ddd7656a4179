import { InvalidArgumentError } from "commander";
import { didYouMean } from "../../config/nearest-word";

/** Where a balance is, as `--connect` says it. `text` is the same as it was written. */
export type ConnectAddress =
  | { readonly kind: "sim"; readonly text: string }
  | { readonly kind: "serial"; readonly path: string; readonly text: string }
  | { readonly kind: "tcp"; readonly host: string; readonly port: number; readonly text: string }
  | { readonly kind: "replay"; readonly file: string; readonly text: string };

const KINDS = ["sim", "serial", "tcp", "replay"] as const;

/** Reads the address of a balance. Throws commander's `InvalidArgumentError`. */
export function readConnectAddress(text: string): ConnectAddress {
  if (text === "sim") return { kind: "sim", text };
  const [, kind = "", rest = ""] = /^([^:]*):?(.*)$/.exec(text) ?? [];
  if (rest !== "") {
    if (kind === "serial") return { kind, path: rest, text };
    if (kind === "replay") return { kind, file: rest, text };
    if (kind === "tcp") return tcpAddress(rest, text);
  }
  if (/^(?:\/dev\/|COM\d)/.test(text))
    throw new InvalidArgumentError(`A serial port has its kind before it: serial:${text}`);
  throw new InvalidArgumentError(
    `An address is sim, serial:/dev/ttyUSB0, tcp:HOST:PORT or replay:FILE${didYouMean(kind, KINDS)}`,
  );
}

function tcpAddress(rest: string, text: string): ConnectAddress {
  // An IPv6 address stands in brackets.
  const [, host, digits] = /^(\[[0-9a-fA-F:.%]+\]|[^:[\]\s]+):(\d{1,5})$/.exec(rest) ?? [];
  const port = Number(digits);
  if (host !== undefined && port >= 1 && port <= 65535)
    return { kind: "tcp", host: host.replace(/^\[|\]$/g, ""), port, text };
  throw new InvalidArgumentError("A host and a port are wanted, as tcp:192.168.1.50:4305.");
}

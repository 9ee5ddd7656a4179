import { BadUsage } from "../bad-usage";
import { didYouMean } from "../../config/nearest-word";
import { shown } from "../../config/quantity";

/** Where a pump is. */
export type PumpAddress =
  /** The simulated pump of this checkout. */
  | { readonly kind: "sim" }
  /** The one board that is attached by USB. */
  | { readonly kind: "usb" }
  | { readonly kind: "port"; readonly path: string }
  | { readonly kind: "tcp"; readonly host: string; readonly port: number }
  | { readonly kind: "webSocket"; readonly url: string };

const WAYS = "sim, usb, a serial port as /dev/ttyACM0 or COM3, tcp:HOST:PORT, ws://HOST:PORT";

/** Reads what `--connect` was given. Throws {@link BadUsage}. */
export function readPumpAddress(text: string): PumpAddress {
  if (text === "sim" || text === "usb") return { kind: text };
  if (/^wss?:\/\//.test(text)) {
    if (!URL.canParse(text))
      throw new BadUsage(`--connect ${shown(text)} is no address, for example ws://127.0.0.1:8081`);
    return { kind: "webSocket", url: text };
  }
  if (text.startsWith("tcp:")) {
    const [, host = "", digits = ""] = /^tcp:(.+):(\d+)$/.exec(text) ?? [];
    const port = Number(digits);
    if (host === "" || port < 1 || port > 65535)
      throw new BadUsage(
        `--connect ${shown(text)}: a host and a port from 1 to 65535 are wanted, as tcp:127.0.0.1:8082`,
      );
    return { kind: "tcp", host: host.replace(/^\[(.*)\]$/, "$1"), port };
  }
  const path = text.startsWith("serial:") ? text.slice("serial:".length) : text;
  if (/^(?:\/|\.{1,2}\/|\\\\|COM\d+$)/i.test(path)) return { kind: "port", path };
  throw new BadUsage(`--connect ${shown(text)}${didYouMean(text, ["sim", "usb"])}: a pump is reached by ${WAYS}`);
}

/** The address as `--connect` takes it. */
export function addressText(address: PumpAddress): string {
  switch (address.kind) {
    case "sim":
    case "usb":
      return address.kind;
    case "port":
      return address.path;
    case "tcp":
      return `tcp:${address.host.includes(":") ? `[${address.host}]` : address.host}:${address.port}`;
    case "webSocket":
      return address.url;
  }
}

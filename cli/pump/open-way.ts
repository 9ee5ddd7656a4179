import { LinkFailure } from "../../link/link-errors";
import { keyFileOf } from "../../link/node/key-file";
import type { Transport } from "../../link/transport";
import { listSerialPorts, portText } from "../../toolchain/board/serial-ports";
import { BadUsage } from "../bad-usage";
import type { Terminal } from "../terminal";
import type { PumpAddress } from "./connect-address";
import type { PumpWay } from "./pump-host";

/** Opens the way to a pump from this machine. Rejects as `PumpHost.openWay` says. */
export async function openWay(
  root: string,
  address: PumpAddress,
  options: { readonly fresh?: boolean },
  terminal: Terminal,
): Promise<PumpWay> {
  if (options.fresh === true && address.kind !== "sim")
    throw new BadUsage("--fresh is for the simulated pump; a real one keeps its ledger");
  switch (address.kind) {
    case "sim":
      return (await import("./simulated-way")).openSimulatedWay(root, options, terminal);
    case "usb":
      return openPort(await onlyPort());
    case "port":
      return openPort(address.path);
    case "tcp":
      return boardWay(
        await (await import("../../link/node/tcp-transport")).TcpTransport.open(address.host, address.port),
      );
    case "webSocket":
      return boardWay(await (await import("../../link/websocket-transport")).WebSocketTransport.open(address.url));
  }
}

async function openPort(path: string): Promise<PumpWay> {
  return boardWay(await (await import("../../link/node/serial-transport")).SerialTransport.open(path));
}

/** The port of the only board that is attached. */
async function onlyPort(): Promise<string> {
  const ports = await listSerialPorts();
  const known = ports.filter((port) => port.known !== undefined);
  const fitting = known.length > 0 ? known : ports;
  const [first, ...others] = fitting;
  if (first === undefined)
    throw new LinkFailure(
      "usb: no board is attached: plug it in with a cable that carries data; `npx minim doctor` looks for it",
    );
  if (others.length > 0)
    throw new LinkFailure(
      `usb: more than one port can be the board: ${fitting.map(portText).join(", ")}; say which: --connect ${first.path}`,
    );
  return first.path;
}

/** What the ways to a real board have in common. */
function boardWay(transport: Transport): PumpWay {
  return {
    transport,
    board: undefined,
    keyFile: (serial) => keyFileOf(serial),
    holdButton: undefined,
    endsWithCommand: false,
    stagedNumbers: undefined,
    imageSha256: undefined,
    close: () => Promise.resolve(),
  };
}

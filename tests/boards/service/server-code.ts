import type { Cipher, PacketBytes } from "../../../src/service/packet-bytes";
import type { ServiceParts } from "../../../src/service/service-parts";
import type { CoreClock, Shell } from "../board-code";
import type { FramStore } from "../i2c/i2c-code";
import "../device-buffer";

/*
 * The board's code that serves the pump's service, loaded by path as in `board-code`: its sources are written against the device's own types.
 */

export interface ServerPacket {
  readonly serviceCommand: number;
  readonly payload: PacketBytes;
}

export interface PumpServer {
  receive(packet: ServerPacket): void;
  run(): Promise<void>;
}

interface ServerCode {
  PumpServer: new (
    service: ServiceParts,
    clock: CoreClock,
    shell: Shell,
    reader: FramStore | null,
    key: { heldMs(nowMs: number): number },
  ) => PumpServer;
  RuntimeCipher: new () => Cipher;
}

async function load(): Promise<ServerCode> {
  const loaded: unknown[] = [];
  for (const name of ["pump-server", "runtime-cipher"])
    loaded.push(await import(/* @vite-ignore */ `../../../boards/service/${name}`));
  return Object.assign({}, ...loaded) as ServerCode;
}

/** The code of `boards/service/`, running on the fake board. */
export const serverCode = await load();

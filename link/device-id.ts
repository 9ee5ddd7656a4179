/** A Jacdac device id: 16 hexadecimal digits, two for each byte in the order in which they cross the wire. */
export type DeviceId = string;

/** The board that the simulator imitates. */
export const SIMULATED_BOARD: DeviceId = "1989f4eee0ebe206";

/** What a board's own id differs by from that of the device as which its program speaks: 0xdb2249a7751b53f8, lowest byte first (`devs_jd_server_device_id`). */
const SERVER_MASK = [0xf8, 0x53, 0x1b, 0x75, 0xa7, 0x49, 0x22, 0xdb];

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** The id in the eight bytes from `place` on. */
export function deviceIdAt(bytes: Uint8Array, place: number): DeviceId {
  let id = "";
  for (let i = place; i < place + 8; i++) id += HEX[bytes[i] ?? 0] ?? "";
  return id;
}

/** The eight bytes of an id. Throws a RangeError for what is none. */
export function deviceIdBytes(id: DeviceId): Uint8Array {
  if (!/^[0-9a-f]{16}$/.test(id))
    throw new RangeError(`a device id is 16 hexadecimal digits, as ${SIMULATED_BOARD}: ${id}`);
  return Uint8Array.from({ length: 8 }, (_, i) => Number.parseInt(id.slice(2 * i, 2 * i + 2), 16));
}

/** The id of the device as which a board's program serves; and of the board, given that one. */
export function serverDeviceOf(board: DeviceId): DeviceId {
  return deviceIdAt(
    deviceIdBytes(board).map((byte, i) => byte ^ (SERVER_MASK[i] ?? 0)),
    0,
  );
}

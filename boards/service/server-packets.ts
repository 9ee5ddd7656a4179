import * as ds from "@devicescript/core";

/** Index of the pump's service on the program's server device. */
export const PUMP_SERVICE_INDEX = 1;

/** Index of the simulator's own service there; no board has it. */
export const HOST_SERVICE_INDEX = 2;

/** Takes the commands that come to one service of the program's server device. */
export interface PacketReceiver {
  /** Takes one packet and returns without waiting: every packet is a fiber, and a flood of waiting ones would fill the heap. */
  receive(packet: ds.Packet): void;
}

type ServerDevice = typeof ds & { _onServerPacket(packet: ds.Packet): Promise<void> };

const RECEIVERS: PacketReceiver[] = [];

/** From now on `receiver` takes the commands to service `index`. Inside a function, because the compiler drops the assignment at top level. */
export function mountReceiver(index: number, receiver: PacketReceiver): void {
  RECEIVERS[index] = receiver;
  async function receive(packet: ds.Packet): Promise<void> {
    // None comes for a packet to service 255 (devs_jd_pkt_capture in the runtime's jdiface.c).
    if (!packet) return;
    if (packet.isReport) return;
    if (packet.serviceIndex >= RECEIVERS.length) return;
    const taker = RECEIVERS[packet.serviceIndex];
    if (taker) taker.receive(packet);
  }
  (ds as ServerDevice)._onServerPacket = receive;
}

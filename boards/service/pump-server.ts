import * as ds from "@devicescript/core";
import { GET_REGISTER, SERVED_MS, SERVICE_CLASS, DURABLE_MS, ENTRIES_IN_PAGE } from "../../src/service/protocol";
import type { OrderWatch } from "../../src/service/order-watch";
import { proceed, takePacket } from "../../src/service/pump-service";
import type { ServiceParts } from "../../src/service/service-parts";
import { isDurable } from "../../src/service/sealed-frame";
import { ServiceNeed } from "../../src/service/service-parts";
import { zeros } from "../../src/units";
import { untilTurned } from "../shell";
import type { CoreClock, Shell } from "../shell";
import { wakeUp } from "../waiter";
import type { Waiter } from "../waiter";
import type { MemoryReader } from "./log-source";
import { mountReceiver, PUMP_SERVICE_INDEX } from "./server-packets";
import type { PacketReceiver } from "./server-packets";

/** Tells for how long the board's button has been held down. */
export interface HeldButton {
  /** In ms; 0 while it is up. */
  heldMs(nowMs: number): number;
}

/** A client is there for so long after its last packet, in ms of core time. */
const CLIENT_MS = 10000;

/** The server device announces itself again after this time, in ms, and only behind a client's packet. */
const ANNOUNCE_MS = 500;

/** How long the memory may take to write all that it was given, in ms. */
const MEMORY_MS = 500;

/** How long to sleep between two looks at something that is needed, in ms. */
const LOOK_MS = 2;

// How the runtime tells packets apart in a service's description (devs_bytecode.h), and what makes an event of one.
const REPORT_CODE = 0x2000;
const CHANGE_EVENT_CODE = 0x8003;
const NEXT_EVENT = 0x100;

type ServerDevice = typeof ds & { _serverSend(serviceIndex: number, packet: ds.Packet): Promise<void> };

/**
 * The fiber that serves the pump's service: one packet after the other, and nothing at all while no client talks. It does not use the library's
 * server: that announces itself twice a second for ever, and costs more than the whole pump.
 */
export class PumpServer implements PacketReceiver, Waiter {
  private waiting: ds.Packet = null;
  waiter: ds.Fiber = null;
  /** When it announced itself last. */
  announcedMs = -ANNOUNCE_MS;
  readonly watch: OrderWatch;

  /** `reader`: reads the journal's entries; null: there is no memory to read. `key`: the board's button, for whoever sets a key. */
  constructor(
    readonly service: ServiceParts,
    readonly clock: CoreClock,
    readonly shell: Shell,
    readonly reader: MemoryReader | null,
    readonly key: HeldButton,
  ) {
    this.watch = service.watch;
    service.watch.listener = this;
    mountReceiver(PUMP_SERVICE_INDEX, this);
  }

  /** Keeps one packet while another is being served; a client repeats what is lost. */
  receive(packet: ds.Packet): void {
    if (this.waiting) return;
    this.waiting = packet;
    this.watch.clientUntilMs = this.clock.nowMs() + CLIENT_MS;
    this.changed();
  }

  changed(): void {
    wakeUp(this);
  }

  /** Serves for good; start it in a fiber of its own. */
  async run(): Promise<void> {
    const watch = this.watch;
    while (this.service) {
      const packet = this.waiting;
      // A client that has gone is told nothing.
      let hasNews = watch.changes !== 0;
      if (this.clock.nowMs() >= watch.clientUntilMs) hasNews = false;
      if (packet) {
        this.waiting = null;
        await serve(this, packet);
      } else if (hasNews) await tellChange(watch);
      else {
        this.waiter = ds.Fiber.self();
        await ds.suspend();
        this.waiter = null;
      }
    }
  }
}

async function serve(server: PumpServer, packet: ds.Packet): Promise<void> {
  const service = server.service;
  const command = packet.serviceCommand;
  await untilTurned();
  const nowMs = server.clock.nowMs();
  let need = takePacket(service, command, packet.payload, server.key.heldMs(nowMs), nowMs);
  while (need > ServiceNeed.send) need = await meet(server, need);
  // A slice of its own: packing, sealing and sending at once would hold the motor up.
  if (need === ServiceNeed.nothing) return;
  await ds.sleep(1);
  const atMs = server.clock.nowMs();
  if (atMs - server.announcedMs >= ANNOUNCE_MS) {
    server.announcedMs = atMs;
    // Restart counter at its end and the bit that says "supports acknowledgements"; no packet counts.
    const announcement = ds.Control.spec.lookup("announce").response.encode([0x10f, 0, 0, SERVICE_CLASS]);
    await (ds as ServerDevice)._serverSend(0, announcement);
  }
  // The code of a register's report in the specification is that of its command.
  let code = command;
  if (command < GET_REGISTER) code = command + REPORT_CODE;
  const bytes = Buffer.alloc(service.length);
  bytes.blitAt(0, service.reply as Buffer, 0, bytes.length);
  await (ds as ServerDevice)._serverSend(PUMP_SERVICE_INDEX, ds.Pump.spec.byCode(code).encode(bytes));
  if (service.mustRestart) ds.reboot();
}

/** Waits until what the service needs has happened, or has taken too long; then it goes on. */
async function meet(server: PumpServer, need: ServiceNeed): Promise<ServiceNeed> {
  const service = server.service;
  const watch = server.watch;
  const clock = server.clock;
  let words: number[] = [];
  let isMet = false;
  if (need === ServiceNeed.page) {
    if (server.reader) {
      words = zeros(3 * ENTRIES_IN_PAGE);
      isMet = await server.reader.read(service.pagePlace, service.pageWords, words);
    }
  } else {
    server.shell.wake();
    let untilMs = clock.nowMs() + MEMORY_MS;
    if (need === ServiceNeed.served) untilMs += SERVED_MS - MEMORY_MS;
    if (need === ServiceNeed.durable) untilMs += DURABLE_MS - MEMORY_MS;
    while (!isMet) {
      if (clock.nowMs() > untilMs) break;
      await ds.sleep(LOOK_MS);
      await untilTurned();
      if (need === ServiceNeed.memory) isMet = service.store.waiting === 0;
      else if (need === ServiceNeed.served) isMet = watch.isServed;
      else isMet = isDurable(service);
    }
  }
  await untilTurned();
  return proceed(service, isMet, clock.nowMs(), words);
}

async function tellChange(watch: OrderWatch): Promise<void> {
  const packet = ds.Pump.spec.byCode(CHANGE_EVENT_CODE).encode([watch.lastCode, Math.min(65535, watch.changes)]);
  watch.changes = 0;
  await (ds as ServerDevice)._serverSend(NEXT_EVENT, packet);
  await (ds as ServerDevice)._serverSend(PUMP_SERVICE_INDEX, packet);
}

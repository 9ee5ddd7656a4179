import { ControlLoop } from "../../src/control-loop";
import type { PumpConfig } from "../../src/config";
import { Pump } from "../../src/pump";
import { LEDGER_WORDS } from "../../src/record/memory-map";
import { recover } from "../../src/record/recover";
import { StateRecord } from "../../src/record/state-record";
import { VolatileStore } from "../../src/record/volatile-store";
import { OrderWatch } from "../../src/service/order-watch";
import type { Cipher } from "../../src/service/packet-bytes";
import { DURABLE_MS, MOST_PACKET_BYTES, SERVED_MS, SERVICE_CLASS } from "../../src/service/protocol";
import { proceed, takePacket } from "../../src/service/pump-service";
import { SecurityRecord } from "../../src/service/security-record";
import { isDurable } from "../../src/service/sealed-frame";
import { ServiceNeed, ServiceParts } from "../../src/service/service-parts";
import { IdealStepDriver, SilentAnnunciator } from "../../src/simulation/ideal-ports";
import { wholeTurn } from "../../src/simulation/whole-turn";
import { SIMULATED_BOARD, serverDeviceOf } from "../../link/device-id";
import { announcedClasses, announceFrame, packetsIn, reportFrame } from "../../link/frames";
import type { Packet } from "../../link/frames";
import { SimulatedMemory } from "../../sim/engines/simulated-memory";
import { bytesOf, NodeBytes, nodeCipher } from "./node-cipher";
import type { VirtualTime } from "./virtual-time";

/** Code of what stands for a start of the program; a: the highest command id that it found in its ledger. */
export const STARTED_ANEW = -1;

/** One entry of the pump's journal or one input, as it reached the journal. */
export interface Told {
  readonly code: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
}

const SERVER = serverDeviceOf(SIMULATED_BOARD);
const BOOT_MS = 1100;

/**
 * The pump and its service, run natively in virtual time behind a bus that behaves as a board's runtime does: it wants the device to be announced, keeps one packet
 * waiting, and takes some time for everything.
 */
export class NativePump {
  readonly memory = new SimulatedMemory();
  /** All that reached the journal, over all lives. */
  readonly told: Told[] = [];
  /** For how long the button is held down. */
  heldMs = 0;
  /** What the service writes is never told to be in the memory. */
  isMemorySilent = false;
  /** Frames that the pump has sent, for who listens. */
  onFrame: (frame: Uint8Array) => void = () => undefined;
  /** Packets that reached the service. */
  packets = 0;
  private life: Life | undefined;

  constructor(
    readonly time: VirtualTime,
    private readonly config: PumpConfig,
    private readonly reservoirNl: number,
    private readonly random: () => number = Math.random,
  ) {
    this.powerOn();
  }

  /** The pump itself. Throws while it has no power. */
  get pump(): Pump {
    if (this.life === undefined) throw new Error("the pump has no power");
    return this.life.pump;
  }

  /** It has power, and its program runs. */
  get isOn(): boolean {
    return this.life !== undefined;
  }

  /** A frame reaches the bus. */
  receive(frame: Uint8Array): void {
    this.life?.receive(frame);
  }

  /** The power fails now and is back in a second. */
  cutPower(): void {
    this.life?.end();
    this.life = undefined;
    this.time.after(BOOT_MS, () => {
      if (this.life === undefined) this.powerOn();
    });
  }

  private powerOn(): void {
    const { time, config, memory, reservoirNl, random } = this;
    const record = new StateRecord();
    record.filledNl = reservoirNl;
    record.drugs[0] = 1000;
    this.life = new Life(this, time, memory, config, record, nodeCipher(random));
    const { highestCommandId } = this.life.pump.orders;
    this.told.push({ code: STARTED_ANEW, a: highestCommandId, b: 0, c: 0, d: 0 });
    this.life.turn();
  }
}

/** From one start of the program to the next. */
class Life {
  readonly pump: Pump;
  private readonly loop: ControlLoop;
  private readonly service: ServiceParts;
  private readonly watch: OrderWatch;
  private readonly coreAheadMs: number;
  private takeWakeBack = (): void => undefined;
  private isOn = true;
  private announcedMs = -Infinity;
  private saidMs = -Infinity;
  private isBusy = false;
  private waiting: Packet | undefined;

  constructor(
    private readonly board: NativePump,
    private readonly time: VirtualTime,
    private readonly memory: SimulatedMemory,
    config: PumpConfig,
    record: StateRecord,
    cipher: Cipher,
  ) {
    const image = memory.image(LEDGER_WORDS);
    recover(image, config, record);
    this.pump = new Pump(config, record, image);
    const witness = {
      stroke: () => undefined,
      memory: (place: number, words: readonly number[], count: number) => {
        if (this.isOn) memory.write(place, words, count);
      },
      write: (code: number, _atMs: number, a: number, b: number, c: number, d: number) =>
        void board.told.push({ code, a, b, c, d }),
    };
    this.watch = new OrderWatch(cipher.zeroBytes(MOST_PACKET_BYTES), witness);
    const store = new VolatileStore(witness, memory.capacityWords);
    this.loop = new ControlLoop(
      this.pump,
      new IdealStepDriver(config.strokeMs, witness, this.pump.guard),
      store,
      new SilentAnnunciator(),
      this.watch,
    );
    const security = new SecurityRecord(image);
    this.service = new ServiceParts(this.pump, this.loop.inbox, store, this.watch, cipher, security);
    this.coreAheadMs = this.pump.nowMs - time.nowMs();
  }

  end(): void {
    this.isOn = false;
    this.takeWakeBack();
  }

  receive(frame: Uint8Array): void {
    for (const packet of packetsIn(frame)) {
      if (packet.device !== SERVER) continue;
      if (announcedClasses(packet) !== undefined) this.announcedMs = this.time.nowMs();
      if (!packet.isCommand || packet.service !== 1 || this.time.nowMs() - this.announcedMs > 2000) continue;
      this.board.packets++;
      this.waiting ??= { ...packet, payload: packet.payload.slice() };
      void this.serveAll();
    }
  }

  private coreMs(): number {
    return this.time.nowMs() + this.coreAheadMs;
  }

  /** Serves what is due, and sleeps until the next deadline. */
  turn(): void {
    if (!this.isOn) return;
    this.takeWakeBack();
    const nextMs = wholeTurn(this.loop, this.coreMs());
    if (nextMs - this.coreMs() < 1e12) this.takeWakeBack = this.time.after(nextMs - this.coreMs(), () => this.turn());
  }

  private async serveAll(): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    while (this.waiting !== undefined && this.isOn) {
      const packet = this.waiting;
      this.waiting = undefined;
      await this.serve(packet);
    }
    this.isBusy = false;
  }

  private async serve({ command, payload }: Packet): Promise<void> {
    const { service, board } = this;
    await this.time.sleep(3);
    if (!this.isOn) return;
    let need = takePacket(service, command, new NodeBytes(payload), board.heldMs, this.coreMs());
    while (need > ServiceNeed.send) {
      const isMet = await this.meet(need);
      if (!this.isOn) return;
      const { pagePlace, pageWords } = service;
      const read = need === ServiceNeed.page ? this.memory.words(pagePlace, pageWords) : [];
      need = proceed(service, isMet, this.coreMs(), read);
      // The events of access wait in the inbox.
      this.turn();
    }
    if (need === ServiceNeed.nothing) return;
    const answer = bytesOf(service.reply).slice(0, service.length);
    await this.time.sleep(3);
    if (!this.isOn) return;
    if (this.time.nowMs() - this.saidMs >= 500) {
      this.saidMs = this.time.nowMs();
      board.onFrame(announceFrame(SERVER, [SERVICE_CLASS]));
    }
    board.onFrame(reportFrame(SERVER, 1, command, answer));
  }

  private async meet(need: ServiceNeed): Promise<boolean> {
    if (need === ServiceNeed.memory || need === ServiceNeed.page) return !this.board.isMemorySilent;
    const untilMs = this.coreMs() + (need === ServiceNeed.served ? SERVED_MS : DURABLE_MS);
    while (this.coreMs() <= untilMs && this.isOn) {
      this.turn();
      if (need === ServiceNeed.served ? this.watch.isServed : isDurable(this.service)) return true;
      await this.time.sleep(2);
    }
    return false;
  }
}

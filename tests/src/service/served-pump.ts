import type { PumpConfig } from "../../../src/config";
import { ControlLoop } from "../../../src/control-loop";
import { EventKind } from "../../../src/events";
import { writePrescription } from "../../../src/prescription/prescription";
import type { Prescription } from "../../../src/prescription/prescription";
import { Pump } from "../../../src/pump";
import { LEDGER_WORDS } from "../../../src/record/memory-map";
import { recover } from "../../../src/record/recover";
import { StateRecord } from "../../../src/record/state-record";
import { VolatileStore } from "../../../src/record/volatile-store";
import { OrderWatch } from "../../../src/service/order-watch";
import { DURABLE_MS, MOST_PACKET_BYTES, SERVED_MS } from "../../../src/service/protocol";
import { proceed, takePacket } from "../../../src/service/pump-service";
import { SecurityRecord } from "../../../src/service/security-record";
import { isDurable } from "../../../src/service/sealed-frame";
import { ServiceNeed, ServiceParts } from "../../../src/service/service-parts";
import { IdealStepDriver, SilentAnnunciator } from "../../../src/simulation/ideal-ports";
import type { PortWitness } from "../../../src/simulation/ideal-ports";
import { wholeTurn } from "../../../src/simulation/whole-turn";
import { SimulatedMemory } from "../../../sim/engines/simulated-memory";
import { bytesOf } from "../../link/node-cipher";
import type { Entry } from "../powered-pump";
import { program, REFERENCE_PRESCRIPTION, REFERENCE_PUMP } from "../reference-pump";
import { StrictBytes, strictCipher } from "./strict-bytes";

/** The power has failed in a write: nothing more comes from this pump before {@link ServedPump.boot}. */
export class PowerLost extends Error {}

/** What a served pump is made of. */
export interface ServedMaking {
  readonly config?: PumpConfig;
  /** What the memory holds; left out: it is blank. */
  readonly memory?: Uint8Array;
  /** Bytes that the memory has. Left out: those of the usual FRAM. */
  readonly capacityBytes?: number;
  /** What the board takes for chance: from 0 to below 1. Left out: always the same. */
  readonly random?: () => number;
}

/**
 * A pump with its service and a memory, in time that stands while nobody lets it pass. Packets go straight to the service: there is no bus
 * here, only what is said on one.
 */
export class ServedPump {
  readonly config: PumpConfig;
  readonly memory: SimulatedMemory;
  /** Core time of each stroke since the last start. */
  strokesMs: number[] = [];
  /** What the journal was told since the last start. */
  entries: Entry[] = [];
  /** For how long the button has been held. */
  heldMs = 0;
  /** The pump takes no notice of its inputs. */
  isDeaf = false;
  declare pump: Pump;
  declare loop: ControlLoop;
  declare service: ServiceParts;
  declare watch: OrderWatch;
  declare nowMs: number;
  private nextMs = 0;
  private readonly random: () => number;

  constructor(making: ServedMaking = {}) {
    this.memory = new SimulatedMemory(making.capacityBytes);
    this.config = making.config ?? REFERENCE_PUMP;
    this.random = making.random ?? (() => 0.25);
    if (making.memory !== undefined) this.memory.load(making.memory);
    this.boot();
  }

  /** Power comes, and the program starts with what the memory holds. */
  boot(config = this.config): this {
    const { memory } = this;
    memory.tear = undefined;
    memory.powerOn();
    this.entries = [];
    this.strokesMs = [];
    const record = new StateRecord();
    record.filledNl = config.capacityNl;
    REFERENCE_PRESCRIPTION.concentrationNgPerUl.forEach((ngPerUl, place) => (record.drugs[place] = ngPerUl));
    const image = memory.image(LEDGER_WORDS);
    recover(image, config, record);
    const pump = new Pump(config, record, image);
    const witness: PortWitness = {
      stroke: (atMs, strokes) => void this.strokesMs.push(...Array<number>(strokes).fill(atMs)),
      memory: (place, words, count) => void memory.write(place, words, count),
      write: (...entry) => this.entries.push(entry),
    };
    const cipher = strictCipher(this.random);
    const store = new VolatileStore(witness, memory.capacityWords);
    this.pump = pump;
    this.watch = new OrderWatch(cipher.zeroBytes(MOST_PACKET_BYTES), witness);
    const stepper = new IdealStepDriver(config.strokeMs, witness, pump.guard);
    this.loop = new ControlLoop(pump, stepper, store, new SilentAnnunciator(), this.watch);
    this.service = new ServiceParts(pump, this.loop.inbox, store, this.watch, cipher, new SecurityRecord(image));
    this.nowMs = pump.nowMs;
    return this.turn();
  }

  /** The power fails now, and comes back. */
  cut(): this {
    return this.boot();
  }

  /** Serves all that is due now. Throws {@link PowerLost}. */
  turn(): this {
    if (!this.isDeaf) this.nextMs = wholeTurn(this.loop, this.nowMs);
    this.watchPower();
    return this;
  }

  /** Lets time pass. */
  pass(ms: number): this {
    const untilMs = this.nowMs + ms;
    while (this.nextMs <= untilMs) {
      this.nowMs = this.nextMs;
      this.turn();
    }
    this.nowMs = untilMs;
    return this;
  }

  /** Puts a prescription into force past the service, and starts; then it runs for a second. */
  begin(prescription: Prescription = REFERENCE_PRESCRIPTION): this {
    for (const input of program(prescription)) {
      if (input.prescription !== undefined) writePrescription(input.prescription, this.pump.draft);
      this.loop.inbox.add(input.kind, this.nowMs, input.id, input.count, input.detail);
      this.turn();
    }
    this.loop.inbox.add(EventKind.start, this.nowMs, 0, 0, 0);
    return this.pass(1000);
  }

  /** A packet comes; returns the report that goes out, `undefined`: none does. Throws {@link PowerLost}. */
  ask(command: number, payload: Uint8Array): Uint8Array | undefined {
    const { service } = this;
    let need = takePacket(service, command, new StrictBytes(payload.slice()), this.heldMs, this.nowMs);
    this.watchPower();
    for (let needs = 0; need > ServiceNeed.send; needs++) {
      if (needs > 100) throw new Error("the service never comes to an end");
      need = this.meet(need);
      this.watchPower();
    }
    if (need === ServiceNeed.nothing) return undefined;
    return bytesOf(service.reply).slice(0, service.length);
  }

  /** Numbers of all entries of one code since the last start. */
  told(code: number): number[][] {
    return this.entries.flatMap(([told, , ...numbers]) => (told === code ? [numbers] : []));
  }

  private meet(need: ServiceNeed): ServiceNeed {
    const { service, memory } = this;
    if (need === ServiceNeed.page)
      return proceed(service, true, this.nowMs, memory.words(service.pagePlace, service.pageWords));
    if (need === ServiceNeed.memory) {
      this.turn();
      return proceed(service, true, this.nowMs, []);
    }
    const untilMs = this.nowMs + (need === ServiceNeed.served ? SERVED_MS : DURABLE_MS);
    let isMet = false;
    while (!isMet && this.nowMs <= untilMs) {
      this.turn();
      isMet = need === ServiceNeed.served ? this.watch.isServed : isDurable(service);
      if (!isMet) this.nowMs += 2;
    }
    return proceed(service, isMet, this.nowMs, []);
  }

  private watchPower(): void {
    if (this.memory.isDead) throw new PowerLost("the power has failed in a write");
  }
}

/** All numbers and flags of what hangs on `root`, in one text, without those of `leftOut`. */
export function stateOf(root: object, ...leftOut: object[]): string {
  const seen = new Map<object, number>(leftOut.map((one) => [one, -1]));
  const parts: string[] = [];
  const tell = (value: unknown): void => {
    if (typeof value !== "object" || value === null) {
      parts.push(String(value));
      return;
    }
    const known = seen.get(value);
    if (known !== undefined) {
      parts.push(`#${known}`);
      return;
    }
    seen.set(value, seen.size);
    if (Array.isArray(value) && value.every((one) => typeof one === "number")) parts.push(value.join());
    else
      for (const [name, field] of Object.entries(value)) {
        parts.push(name);
        tell(field);
      }
  };
  tell(root);
  return parts.join(" ");
}

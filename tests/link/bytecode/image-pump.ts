import { recover } from "../../../src/record/recover";
import { LEDGER_WORDS } from "../../../src/record/memory-map";
import { JournalCode } from "../../../src/record/journal";
import { StateRecord } from "../../../src/record/state-record";
import { ServiceStatus } from "../../../src/service/protocol";
import { SIMULATED_BOARD, serverDeviceOf } from "../../../link/device-id";
import type { Packet } from "../../../link/frames";
import { packetsIn } from "../../../link/frames";
import type { OrderOutcome } from "../../../link/orders";
import { PumpLink } from "../../../link/pump-link";
import { POWER_CUT } from "../../../sim/engines/engine";
import { SimulatedMemory } from "../../../sim/engines/simulated-memory";
import { LivePump } from "../../../sim/live/live-pump";
import { Random } from "../../../sim/random/random";
import { checkout } from "../../sim/live/bench-pump";
import { FaultyTransport } from "../faulty-transport";
import type { PumpOnBus } from "../faulty-transport";
import { KEY, toolsOf } from "../linked-pump";
import { VirtualTime } from "../virtual-time";

const SERVER = serverDeviceOf(SIMULATED_BOARD);

/** One entry of the image's journal, or one input as it reached the pump. */
export interface Told {
  readonly code: number;
  readonly atMs: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
}

/** How a pump of the compiled image is started. */
export interface ImagePumpOptions {
  readonly seed?: number;
  /** What its memory holds; left out: it is blank. */
  readonly memory?: Uint8Array;
}

/** The compiled image in virtual time, with a link to it whose frames have a fate. */
export class ImagePump implements PumpOnBus {
  readonly time = new VirtualTime();
  /** All that reached its journal. */
  readonly told: Told[] = [];
  /** Time and count of each report of strokes. */
  readonly strokes: [atMs: number, strokes: number][] = [];
  /** Why its program failed. */
  readonly failures: string[] = [];
  /** Packets to and from the program's device, announcements among them. */
  readonly toPump: Packet[] = [];
  readonly fromPump: Packet[] = [];
  onFrame: (frame: Uint8Array) => void = () => undefined;
  readonly pump: LivePump;
  readonly random: Random;
  /** Highest command id that the ledger held at each loss of power, with the place in `told`. */
  private readonly recovered: { readonly place: number; readonly highestCommandId: number }[] = [];

  private constructor({ program, config }: Awaited<ReturnType<typeof checkout>>, options: ImagePumpOptions) {
    const random = new Random(options.seed ?? 1);
    this.random = random;
    const memory = new SimulatedMemory();
    if (options.memory !== undefined) memory.load(options.memory);
    const fillRandom = (bytes: Uint8Array): void => void bytes.forEach((_, i) => (bytes[i] = random.integer(0, 255)));
    const sink = {
      stroke: (atMs: number, strokes: number) => void this.strokes.push([atMs, strokes]),
      entry: (code: number, atMs: number, a: number, b: number, c: number, d: number) => {
        this.told.push({ code, atMs, a, b, c, d });
        if (code !== POWER_CUT) return;
        const record = new StateRecord();
        recover(memory.image(LEDGER_WORDS), config, record);
        this.recovered.push({ place: this.told.length, highestCommandId: record.highestCommandId });
      },
    };
    this.pump = new LivePump({
      program: { ...program, fillRandom },
      config,
      memory,
      sink,
      timers: this.time,
      failed: (why) => void this.failures.push(why),
    });
    this.pump.join(
      (frame) => {
        this.fromPump.push(...packetsIn(frame).filter(({ device }) => device === SERVER));
        this.onFrame(frame);
      },
      () => undefined,
    );
  }

  /** A pump that was just switched on. */
  static async start(options: ImagePumpOptions = {}): Promise<ImagePump> {
    return new ImagePump(await checkout(), options);
  }

  receive(frame: Uint8Array): void {
    this.toPump.push(...packetsIn(frame).filter(({ device }) => device === SERVER));
    this.pump.send(frame);
  }

  /** Another client of the pump. */
  async client(): Promise<ImageClient> {
    const transport = new FaultyTransport(this.time, this);
    const options = { board: SIMULATED_BOARD, timers: this.time, tools: toolsOf(this.random) };
    return new ImageClient(this, transport, await this.time.until(PumpLink.connect(transport, options)));
  }

  /** Another client, with a session. */
  async clinician(key = KEY): Promise<ImageClient> {
    const client = await this.client();
    const refused = await client.do(client.link.openSession(key));
    if (refused !== undefined) throw new Error(`no session: ${ServiceStatus[refused.status]}`);
    return client;
  }

  /** How often an order with this id took effect, less what a loss of power undid. */
  effects(commandId: number): number {
    let effects = 0;
    for (let place = 0; place <= this.told.length; place++) {
      const lost = this.recovered.some((one) => one.place === place && one.highestCommandId < commandId);
      if (lost) effects = 0;
      const entry = this.told[place];
      if (entry === undefined) continue;
      if (isOrder(entry.code) && entry.d === commandId) effects++;
      // Its input stands before it.
      if (entry.code === Number(JournalCode.commandRepeated) && entry.b === commandId) effects--;
    }
    return effects;
  }

  /** The orders of the link as they reached the pump: a to d are id, count, detail and command id. */
  orders(): Told[] {
    return this.told.filter(({ code, d }) => isOrder(code) && d !== 0);
  }
}

/** A client at the image's bus. */
export class ImageClient {
  constructor(
    readonly pump: ImagePump,
    readonly transport: FaultyTransport,
    readonly link: PumpLink,
  ) {}

  /** Lets time pass until it is done. */
  do<T>(promise: Promise<T>): Promise<T> {
    return this.pump.time.until(promise);
  }

  /** Gives an order whose effect is that its journal says `code`. Throws otherwise. */
  async must(promise: Promise<OrderOutcome>, code: JournalCode): Promise<void> {
    const outcome = await this.do(promise);
    if (outcome.kind === "taken" && outcome.isStored && outcome.entries.some((entry) => entry.code === Number(code)))
      return;
    throw new Error(`not ${JournalCode[code]}: ${JSON.stringify(outcome)}`);
  }
}

/** What stands in the journal as an order of somebody: an input of a kind that has a command id. */
function isOrder(code: number): boolean {
  return code >= 1 && code < Number(JournalCode.inputsLost);
}

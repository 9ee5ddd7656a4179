import { ControlLoop } from "../../../src/control-loop";
import type { EventKind } from "../../../src/events";
import { Pump } from "../../../src/pump";
import { recover } from "../../../src/record/recover";
import { StateRecord } from "../../../src/record/state-record";
import { LEDGER_WORDS } from "../../../src/record/memory-map";
import { OrderWatch } from "../../../src/service/order-watch";
import { MOST_PACKET_BYTES, SealedKind, ServiceCommand } from "../../../src/service/protocol";
import { SecurityRecord } from "../../../src/service/security-record";
import { ServiceParts } from "../../../src/service/service-parts";
import { IdealStepDriver, SilentAnnunciator } from "../../../src/simulation/ideal-ports";
import { f64, hmac, joined, KEY, openQuestion, orderBody } from "../../src/service/key-holder";
import { REFERENCE_PUMP } from "../../src/reference-pump";
import { boardCode } from "../board-code";
import type { Shell } from "../board-code";
import { sleep } from "../fake-devicescript";
import type { BoardTiming, SentPacket } from "../fake-devicescript";
import { FramBench } from "../memory/fram-bench";
import { serverCode } from "./server-code";
import type { PumpServer, ServerPacket } from "./server-code";

const NONCE = Uint8Array.from({ length: 16 }, (_, i) => 3 * i);
/** Index of the pump's service on the program's device. */
export const PUMP_SERVICE = 1;
/** What the runtime adds to a command's code for its report, in a service's description. */
const REPORT_CODE = 0x2000;

/** What the memory holds at an instant. */
export interface Held {
  readonly security: SecurityRecord;
  readonly record: StateRecord;
}

/** A report of the pump, and what its memory held when it went out. */
export interface Answer extends Held {
  readonly atMs: number;
  readonly payload: Uint8Array;
  /** How often the program had asked for a restart. */
  readonly reboots: number;
}

/** The pump with its server and an FRAM on a fake board, and a clinician who talks to it. */
export class ServerBench extends FramBench {
  readonly pump: Pump;
  readonly loop: ControlLoop;
  readonly service: ServiceParts;
  readonly server: PumpServer;
  /** For how long the button has been held. */
  heldMs = 0;
  readonly shell: Shell;
  /** Until then, in ms since the board's reset, the pump takes no notice of anything. */
  busyUntilMs = 0;
  readonly answers: Answer[] = [];
  private counter = 0;
  private sessionKey: Uint8Array = new Uint8Array(32);

  /** `found`: each byte of the memory. */
  constructor(timing: BoardTiming = {}, found = 0) {
    super(undefined, timing);
    const { board, store } = this;
    this.chip.cells.fill(found);
    const config = REFERENCE_PUMP;
    const { record } = this.held();
    record.filledNl = config.capacityNl;
    const image = this.chip.words().slice(0, LEDGER_WORDS);
    this.pump = new Pump(config, record, image);
    const clock = new boardCode.CoreClock(this.pump.nowMs);
    this.shell = new boardCode.Shell();
    store.clock = clock;
    store.shell = this.shell;
    const witness = { stroke: () => undefined, memory: () => undefined, write: () => undefined };
    const cipher = new serverCode.RuntimeCipher();
    const watch = new OrderWatch(cipher.zeroBytes(MOST_PACKET_BYTES), witness);
    const stepper = new IdealStepDriver(config.strokeMs, witness, this.pump.guard);
    this.loop = new ControlLoop(this.pump, stepper, store, new SilentAnnunciator(), watch);
    this.service = new ServiceParts(this.pump, this.loop.inbox, store, watch, cipher, new SecurityRecord(image));
    this.server = new serverCode.PumpServer(this.service, clock, this.shell, store, { heldMs: () => this.heldMs });
    board.onSend = (packet) => this.heard(packet);
    board.start(() => this.server.run());
    const turn = this.loop.turn.bind(this.loop);
    this.loop.turn = (nowMs) => (board.millis() < this.busyUntilMs ? nowMs + 1 : turn(nowMs));
    board.start(() => this.shell.run(this.loop, clock, { beforeSleep: () => undefined }));
  }

  /** Sets the key with the button held, and opens a session. */
  async open(): Promise<this> {
    this.heldMs = 3000;
    await this.ask(ServiceCommand.setKey, KEY);
    this.heldMs = 0;
    await this.challenge();
    await this.seal(SealedKind.ping);
    return this;
  }

  /** A packet comes. */
  send(serviceCommand: number, payload: Uint8Array): void {
    const packet: ServerPacket = {
      serviceCommand,
      payload: Buffer.from(payload) as unknown as ServerPacket["payload"],
    };
    this.board.start(() => this.server.receive(packet));
  }

  /** For `ms` from now on the memory's chip does not answer. */
  silence(ms: number): void {
    this.chip.isSilent = true;
    const untilUs = this.board.nowUs + 1000 * ms;
    this.board.start(async () => {
      while (this.board.nowUs < untilUs) await sleep(1);
      this.chip.isSilent = false;
    });
  }

  /** A packet comes; its answer within `ms`, `undefined`: there is none. */
  async ask(command: number, payload: Uint8Array, ms = 5000): Promise<Answer | undefined> {
    const before = this.answers.length;
    this.send(command, payload);
    for (let waited = 0; waited < ms && this.answers.length === before; waited += 10) await this.board.run(10);
    return this.answers[before];
  }

  /** Asks for a nonce, and makes the session's key of it. */
  async challenge(): Promise<Answer | undefined> {
    const answer = await this.ask(ServiceCommand.open, openQuestion(NONCE));
    const nonce = answer?.payload.slice(4) ?? new Uint8Array(0);
    const label = new TextEncoder().encode("minim session");
    this.sessionKey = hmac(KEY, label, Uint8Array.of(1), NONCE, nonce, f64(REFERENCE_PUMP.serial));
    this.counter = 0;
    return answer;
  }

  /** Sends the next frame of the session. */
  seal(kind: SealedKind, body: Uint8Array = new Uint8Array(0)): Promise<Answer | undefined> {
    const frame = joined(new Uint8Array(Uint32Array.of(++this.counter, kind).buffer), body);
    const mac = hmac(this.sessionKey, Uint8Array.of(1), frame).subarray(0, 16);
    return this.ask(ServiceCommand.sealed, joined(frame, mac));
  }

  /** Gives an order. */
  order(kind: EventKind, commandId: number, count = 0): Promise<Answer | undefined> {
    return this.seal(SealedKind.order, orderBody(kind, commandId, 0, count, 0));
  }

  /** What whoever started now would find in the memory. */
  held(): Held {
    const image = this.chip.words().slice(0, LEDGER_WORDS);
    const record = new StateRecord();
    recover(image, REFERENCE_PUMP, record);
    return { security: new SecurityRecord(image), record };
  }

  private heard({ atMs, serviceIndex, code, payload }: SentPacket): void {
    if (serviceIndex !== PUMP_SERVICE || !(payload instanceof Uint8Array)) return;
    if (code < REPORT_CODE && code >= 0x100 && code < 0x180) return;
    this.answers.push({ atMs, payload: Uint8Array.from(payload), reboots: this.board.reboots, ...this.held() });
  }
}

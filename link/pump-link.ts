import { EventKind } from "../src/events";
import { digestOf } from "../src/prescription/digest";
import { ERASE_KEY, ERASE_MEMORY, KEY_BYTES, SealedKind, ServiceCommand, ServiceStatus } from "../src/service/protocol";
import { Bus } from "./bus";
import type { DeviceId } from "./device-id";
import type { Entry } from "./entries";
import { findPump } from "./find-pump";
import type { FoundPump, PumpChoice } from "./find-pump";
import { LinkLost } from "./link-errors";
import type { LogRing } from "./log-entries";
import { readLog } from "./log-pages";
import type { LogPage } from "./log-pages";
import { sendDraft, sendOrder } from "./orders";
import type { OrderOptions, OrderOutcome, PumpOrder } from "./orders";
import { PumpLine } from "./pump-line";
import { readAlarms, readRate, readResidual, readState, readTotals } from "./registers";
import type { PumpAlarms, PumpIdentity, PumpRate, PumpResidual, PumpState, PumpTotals } from "./registers";
import { readReportRows } from "./report-rows";
import { maskedKey } from "./seal";
import { SealedLine } from "./sealed-line";
import { WEB_TOOLS } from "./open-session";
import type { SessionRefused, SessionTools } from "./open-session";
import { SYSTEM_TIMERS } from "./timers";
import type { Timers } from "./timers";
import type { Transport } from "./transport";

/** Number of the event `change`. */
const CHANGE = 0x03;

/** A hint that the pump's journal has grown; unsealed, so what it means is read in a session. */
export interface PumpChange {
  /** JournalCode of the newest entry. */
  readonly code: number;
  /** Entries since the hint before. */
  readonly entries: number;
}

/** What a link is made with besides its transport; the rest is for tests. */
export interface LinkOptions extends PumpChoice {
  readonly timers?: Timers;
  readonly tools?: SessionTools;
}

/**
 * A pump at the other end of a transport. Reading registers needs nothing; all else needs a session, which is opened with the pump's key and opened anew by
 * itself when it ends. Rejections are LinkLost, LinkFailure or BadAnswer; what the pump refuses is a value.
 */
export class PumpLink {
  /** Called with each hint that something has happened, while the pump sends them: within 10 s of the last question. */
  onChange: (change: PumpChange) => void = () => undefined;
  readonly identity: PumpIdentity;
  /** The device as which the pump's program speaks. */
  readonly server: DeviceId;
  private readonly line: PumpLine;
  private readonly sealed: SealedLine;

  private constructor(
    private readonly bus: Bus,
    { server, identity }: FoundPump,
    timers: Timers,
    private readonly tools: SessionTools,
  ) {
    this.identity = identity;
    this.server = server;
    this.line = new PumpLine(bus, timers, server, (event, payload) => this.takeEvent(event, payload));
    this.sealed = new SealedLine(this.line, identity.serial, tools);
  }

  /** Finds the pump at the end of a transport. Rejects with LinkFailure when there is none, and closes the transport then. */
  static async connect(transport: Transport, options: LinkOptions = {}): Promise<PumpLink> {
    const bus = new Bus(transport);
    const timers = options.timers ?? SYSTEM_TIMERS;
    try {
      return new PumpLink(bus, await findPump(bus, timers, options), timers, options.tools ?? WEB_TOOLS);
    } catch (error) {
      await bus.close();
      throw error;
    }
  }

  /** How the pump is. */
  state(): Promise<PumpState> {
    return readState(this.line);
  }

  /** Its alarms. */
  alarms(): Promise<PumpAlarms> {
    return readAlarms(this.line);
  }

  /** What is in its reservoir. */
  residual(): Promise<PumpResidual> {
    return readResidual(this.line);
  }

  /** What it delivers. */
  rate(): Promise<PumpRate> {
    return readRate(this.line);
  }

  /** What it has counted. */
  totals(): Promise<PumpTotals> {
    return readTotals(this.line);
  }

  /** Opens a session. `undefined`: it is open. Another one that was open is ended. */
  openSession(key: Uint8Array): Promise<SessionRefused | undefined> {
    return this.sealed.open(key);
  }

  /** Keeps the session while nothing is asked; a pump ends it after 3 min otherwise. */
  keepSession(): void {
    this.sealed.keepOpen();
  }

  /** Gives an order. */
  order(order: PumpOrder, options?: OrderOptions): Promise<OrderOutcome> {
    return sendOrder(this.sealed, (count) => this.tools.random(count), order, options);
  }

  /** Stages a prescription: PRESCRIPTION_FIELDS numbers. It is in force only when {@link confirm} has been taken. */
  stage(numbers: readonly number[], options: OrderOptions = {}): Promise<OrderOutcome> {
    const prepare = (): Promise<ServiceStatus | undefined> => sendDraft(this.sealed, numbers);
    return this.order({ kind: EventKind.stage, id: digestOf(numbers) }, { ...options, prepare });
  }

  /** Confirms what is staged by its digest. @param bits sum of Confirm */
  confirm(digest: number, bits: number, options?: OrderOptions): Promise<OrderOutcome> {
    return this.order({ kind: EventKind.confirm, id: digest, detail: bits }, options);
  }

  /** Reads all rows of an interrogation: ReportRow codes with their numbers, the last one `end`. @param onRows told how many there are so far */
  report(onRows?: (rows: number) => void): Promise<Entry[]> {
    return readReportRows(this.sealed, onRows);
  }

  /**
   * Reads a ring of the journal in the pump's memory from entry `from` on, to the last that it had when this began. Entries that were written over are skipped.
   * The status is not done when the memory does not answer or there is none.
   */
  log(ring: LogRing, from: number, onPage: (page: LogPage) => void): Promise<ServiceStatus> {
    return readLog(this.sealed, ring, from, onPage);
  }

  /**
   * Puts another key in the place of the pump's. When the answer is lost and no other comes, nobody knows which of the two holds: keep both until a
   * session opens with one of them.
   */
  async rotateKey(newKey: Uint8Array): Promise<ServiceStatus> {
    const body = (counter: number, sessionKey: Uint8Array): Promise<Uint8Array> =>
      maskedKey(this.tools.hmac, sessionKey, counter, newKey);
    const answer = await this.sealed.ask(SealedKind.rotate, body);
    if (answer === undefined) throw new LinkLost("the session ended while the key was changed: one of the two holds");
    if (answer.status === ServiceStatus.done || answer.status === ServiceStatus.notStored)
      this.sealed.changeKey(newKey);
    return answer.status;
  }

  /** Sets the key of a pump that has none, while its button is held. The key crosses the link as it is: set it where nobody listens. */
  async setKey(key: Uint8Array): Promise<ServiceStatus> {
    if (key.length !== KEY_BYTES) throw new RangeError(`a key has ${KEY_BYTES} bytes`);
    const status = await this.command(ServiceCommand.setKey, key);
    // An answer that was lost, and the question again: the key that is set may be this one.
    if (status !== ServiceStatus.keyIsSet) return status;
    return (await this.openSession(key)) === undefined ? ServiceStatus.done : status;
  }

  /** Erases the key while the button is held: therapy stops, the prescription is out of force, the ledger stays. */
  eraseKey(): Promise<ServiceStatus> {
    return this.command(ServiceCommand.reset, new TextEncoder().encode(ERASE_KEY));
  }

  /**
   * Erases a memory that the pump cannot use, while the button is held. Until then it has no serial number (0); it starts anew behind it, with its own: done
   * with this link, connect again.
   */
  eraseMemory(): Promise<ServiceStatus> {
    return this.command(ServiceCommand.reset, new TextEncoder().encode(ERASE_MEMORY));
  }

  /** Ends the session, when the pump still answers, and closes the transport. Therapy goes on. Never rejects. */
  async close(): Promise<void> {
    await this.sealed.close();
    this.line.end();
    await this.bus.close();
  }

  private command(command: ServiceCommand, payload: Uint8Array): Promise<ServiceStatus> {
    return this.line.ask(command, payload, (report) => (report.length === 1 ? report[0] : undefined));
  }

  private takeEvent(event: number, payload: Uint8Array): void {
    if (event !== CHANGE || payload.length < 4) return;
    const view = new DataView(payload.buffer, payload.byteOffset, payload.length);
    this.onChange({ code: view.getUint16(0, true), entries: view.getUint16(2, true) });
  }
}

import { expect } from "vitest";
import { EventKind } from "../../../src/events";
import { prescriptionNumbers } from "../../../src/prescription/prescription";
import { ReportRow } from "../../../src/record/report-row";
import { ServiceStatus } from "../../../src/service/protocol";
import { BadAnswer, LinkLost } from "../../../link/link-errors";
import { LogRing } from "../../../link/log-entries";
import type { LogEntry } from "../../../link/log-entries";
import type { OrderOptions, OrderOutcome, PumpOrder } from "../../../link/orders";
import { digestOfPrescription, drugs } from "../../src/reference-pump";
import { GOOD } from "../faulty-transport";
import type { Fate } from "../faulty-transport";
import { KEY } from "../linked-pump";
import { QUICK_PRESCRIPTION } from "./staged-pump";
import type { ImageClient, ImagePump } from "./image-pump";

/** Longer than the pump ever waits before it takes another attempt to open a session, in ms. */
const LONGEST_WAIT_MS = 310000;

/** Orders that change nothing of what a running pump delivers: refused, or about something else. */
const NEUTRAL: Readonly<Record<string, PumpOrder>> = {
  silence: { kind: EventKind.silence },
  acknowledge: { kind: EventKind.acknowledge },
  interrogate: { kind: EventKind.interrogate, count: 1 },
  start: { kind: EventKind.start },
  measureResidual: { kind: EventKind.measureResidual, count: 14000000 },
  refill: { kind: EventKind.refill, count: 14000000, values: drugs(1000) },
  prime: { kind: EventKind.prime, count: 3000 },
  confirmPrime: { kind: EventKind.confirmPrime, count: 3000 },
  confirm: { kind: EventKind.confirm, id: 12345, detail: 3 },
  tubeChanged: { kind: EventKind.tubeChanged },
  deadVolumeEmpty: { kind: EventKind.deadVolumeEmpty, count: 30000 },
  bolusTooLarge: { kind: EventKind.clinicianBolus, count: 1e12, detail: 60000 },
  setClock: { kind: EventKind.setClock, count: 800000000000 },
  stage: { kind: EventKind.stage, id: digestOfPrescription(QUICK_PRESCRIPTION) },
};

/** Orders that change it. */
const DECISIVE: Readonly<Record<string, PumpOrder>> = {
  stop: { kind: EventKind.stop },
  hold: { kind: EventKind.hold },
  requestBolus: { kind: EventKind.requestBolus },
  clinicianBolus: { kind: EventKind.clinicianBolus, count: 3000, detail: 60000 },
};

type Question = (course: NoisyCourse) => Promise<void>;

/** What is asked besides orders. */
const QUESTIONS: Readonly<Record<string, Question>> = {
  state: (course) => course.register(() => course.client.link.state()),
  totals: (course) => course.register(() => course.client.link.totals()),
  report: (course) => course.readReport(),
  log: (course) => course.readLog(),
  rotate: (course) => course.rotate(),
  session: (course) => course.openSession(),
};

/** A client that gives 20 commands over a line on which frames go wrong, and knows afterwards what must be true. */
export class NoisyCourse {
  /** Each order that the client gave, by its command id. */
  private readonly given = new Map<number, PumpOrder>();
  private key = KEY;
  private otherKey = KEY;
  private turns = 0;

  private readonly image: ImagePump;

  /** @param isDecisive therapy is changed, too */
  constructor(
    readonly client: ImageClient,
    private readonly fate: Fate,
    private readonly about: string,
    private readonly isDecisive: boolean,
  ) {
    this.image = client.pump;
  }

  /** Gives all commands, then looks. */
  async run(): Promise<void> {
    const { client } = this;
    const orders = { ...NEUTRAL, ...(this.isDecisive ? DECISIVE : {}) };
    const names = [...Object.keys(orders), ...Object.keys(QUESTIONS)];
    // All of them once, in an order of their own in each course.
    for (const name of shuffled(names, this.image)) {
      client.transport.fate = this.fate;
      const order = orders[name];
      if (order === undefined) await QUESTIONS[name]?.(this);
      else await this.order(order, `${this.about}, ${name}`);
    }
    await this.expectOrder();
  }

  /** Something anybody can ask: on a bad line its answer may be anything. */
  async register(ask: () => Promise<unknown>): Promise<void> {
    await this.attempt(ask, BadAnswer);
  }

  /** The rows are all there, in order, once. */
  async readReport(): Promise<void> {
    const rows = await this.attempt(() => this.client.link.report());
    if (rows === undefined) return;
    const codes = rows.map(({ code }) => code);
    expect([codes[0], codes.at(-1)], this.about).toEqual([ReportRow.identity, ReportRow.end]);
    expect(
      codes.filter((code) => code === Number(ReportRow.end)),
      this.about,
    ).toHaveLength(1);
  }

  /** The entries are all there, in order, once. */
  async readLog(): Promise<void> {
    const entries: LogEntry[] = [];
    const status = await this.attempt(() =>
      this.client.link.log(LogRing.events, 0, (page) => entries.push(...page.entries)),
    );
    if (status === undefined) return;
    expect(status, this.about).toBe(ServiceStatus.done);
    expect(
      entries.filter(({ isIntact, number }, index) => !isIntact || number !== index),
      this.about,
    ).toEqual([]);
  }

  /** Another key; when the answer is lost one of the two holds. */
  async rotate(): Promise<void> {
    this.otherKey = this.key.map((byte) => byte ^ (1 + this.turns++));
    const status = await this.attempt(() => this.client.link.rotateKey(this.otherKey));
    if (status === undefined) return;
    expect(status, this.about).toBe(ServiceStatus.done);
    [this.key, this.otherKey] = [this.otherKey, this.key];
  }

  /** A session more, which ends the one before. */
  async openSession(): Promise<void> {
    const refused = await this.attempt(() => this.client.link.openSession(this.key), BadAnswer);
    if (refused !== undefined) await this.mend();
  }

  private async order(order: PumpOrder, about: string): Promise<void> {
    const { client, image } = this;
    try {
      this.expectTruth(await client.do(this.send(order)), about);
      return;
    } catch (error) {
      if (!(error instanceof LinkLost)) throw error;
      const { unanswered } = error;
      if (unanswered === undefined) throw error;
      const { commandId } = unanswered;
      await this.mend();
      const outcome = await client.do(this.send(order, commandId));
      this.expectTruth(outcome, about);
      expect(image.effects(commandId), about).toBeGreaterThanOrEqual(1);
    }
  }

  private send(order: PumpOrder, commandId?: number): Promise<OrderOutcome> {
    const { link } = this.client;
    const options: OrderOptions = { commandId, told: (id) => void this.given.set(id, order) };
    return order.kind === EventKind.stage
      ? link.stage(prescriptionNumbers(QUICK_PRESCRIPTION), options)
      : link.order(order, options);
  }

  private expectTruth(outcome: OrderOutcome, about: string): void {
    const { image } = this;
    const effects = image.effects(outcome.commandId);
    const isStop = this.given.get(outcome.commandId)?.kind === EventKind.stop;
    if (outcome.kind === "taken" || outcome.kind === "takenBefore") {
      // A stop that comes twice is carried out twice, which is the same.
      if (isStop) expect(effects, about).toBeGreaterThanOrEqual(1);
      else expect(effects, `${about}: ${outcome.kind}`).toBe(1);
    } else if (outcome.kind === "notTaken") expect(effects, `${about}: ${JSON.stringify(outcome)}`).toBe(0);
    else expect(effects, about).toBeLessThanOrEqual(1);
    if (outcome.kind !== "taken") return;
    for (const entry of outcome.entries) expect(image.told, about).toContainEqual(expect.objectContaining(entry));
  }

  /** What is asked, when the line carries it; otherwise nothing, and the line is good until the next command. */
  private async attempt<T>(ask: () => Promise<T>, ...others: (typeof BadAnswer)[]): Promise<T | undefined> {
    try {
      return await this.client.do(ask());
    } catch (error) {
      const isExpected = error instanceof LinkLost || others.some((one) => error instanceof one);
      if (!isExpected) throw error;
      await this.mend();
      return undefined;
    }
  }

  /** The line is good again, for long enough for every wait, and there is a session. */
  private async mend(): Promise<void> {
    const { client, image } = this;
    client.transport.fate = GOOD;
    await image.time.pause(LONGEST_WAIT_MS);
    if ((await client.do(client.link.openSession(this.key))) === undefined) return;
    [this.key, this.otherKey] = [this.otherKey, this.key];
    expect(await client.do(client.link.openSession(this.key)), this.about).toBeUndefined();
  }

  /** The pump has done what it was told to and nothing else, and answers. */
  private async expectOrder(): Promise<void> {
    const { client, image, about } = this;
    await this.mend();
    expect((await client.do(client.link.state())).fault, about).toBe(0);
    await this.order({ kind: EventKind.silence }, about);
    // What reached the pump is what this client has ordered, number by number.
    for (const { code, a, b, c, d } of image.orders()) {
      const { kind = 0, id = 0, count = 0, detail = 0 } = this.given.get(d) ?? {};
      expect([code, a, b, c], `${about}: ${EventKind[code]} ${d} without authority`).toEqual([kind, id, count, detail]);
    }
    for (const [commandId, { kind }] of this.given)
      if (kind !== EventKind.stop) expect(image.effects(commandId), about).toBeLessThanOrEqual(1);
    expect(image.failures, about).toEqual([]);
  }
}

function shuffled(names: string[], image: ImagePump): string[] {
  const left = [...names];
  const result: string[] = [];
  while (left.length > 0) result.push(...left.splice(image.random.integer(0, left.length - 1), 1));
  return result;
}

import { describe, expect, test } from "vitest";
import { TherapyMode } from "../../../src/delivery/therapy";
import { EventKind } from "../../../src/events";
import { JournalCode } from "../../../src/record/journal";
import { LEDGER_WORDS } from "../../../src/record/memory-map";
import { ReportRow } from "../../../src/record/report-row";
import {
  GET_REGISTER,
  IDLE_MS,
  PROTOCOL,
  Register,
  SealedKind,
  ServiceCommand,
  ServiceStatus,
} from "../../../src/service/protocol";
import { Bus } from "../../../link/bus";
import { SIMULATED_BOARD, serverDeviceOf } from "../../../link/device-id";
import type { Packet } from "../../../link/frames";
import { LogRing } from "../../../link/log-entries";
import type { LogEntry } from "../../../link/log-entries";
import { PumpLine } from "../../../link/pump-line";
import type { PumpChange } from "../../../link/pump-link";
import { FRAM_BYTES } from "../../../sim/engines/simulated-memory";
import { FaultyTransport } from "../faulty-transport";
import { KEY } from "../linked-pump";
import { CLINIC_COURSE } from "./clinic-course";
import type { Step } from "./clinic-course";
import { ImagePump } from "./image-pump";
import { pumpAt, Stage } from "./staged-pump";
import type { ImageClient } from "./image-pump";

const OTHER_KEY = KEY.map((byte) => byte ^ 0x5a);

/** The members of an enumeration of numbers. */
function members<T extends number>(kinds: Readonly<Record<string, T | string>>): T[] {
  return Object.values(kinds).filter((one): one is T => typeof one === "number");
}

/** What passed the wire of one pump, by the words of the protocol. */
class WireWatch {
  readonly commands = new Set<number>();
  readonly sealedKinds = new Set<number>();
  readonly statuses = new Set<number>();

  constructor(image: ImagePump) {
    for (const packet of image.fromPump) if (!packet.isCommand && packet.service === 1) this.take(packet);
  }

  /** Only what was answered counts. */
  private take({ command, payload }: Packet): void {
    this.commands.add(command);
    if (command === Number(ServiceCommand.sealed)) {
      this.statuses.add(payload[5] ?? NaN);
      if (payload[4] !== 0) this.sealedKinds.add(payload[4] ?? NaN);
    } else if (command < GET_REGISTER) this.statuses.add(payload[0] ?? NaN);
  }
}

/** Gives the order of a step and looks at what came of it; an order that was carried out, once more under its command id. */
async function go(client: ImageClient, step: Step, about: string): Promise<void> {
  const { pump: image, link } = client;
  await step.before?.(image);
  const outcome = await client.do(step.give(link));
  const { commandId } = outcome;
  if (step.notTaken !== undefined) {
    expect(outcome, about).toMatchObject({ kind: "notTaken", status: step.notTaken });
    expect(image.effects(commandId), about).toBe(0);
    return;
  }
  if (outcome.kind !== "taken") throw new Error(`${about}: ${JSON.stringify(outcome)}`);
  expect(outcome.isStored, about).toBe(true);
  expect(image.effects(commandId), about).toBe(1);
  if (step.says !== undefined) {
    const [code, ...numbers] = step.says;
    const entry = outcome.entries.find((one) => one.code === Number(code));
    expect(entry === undefined ? outcome.entries : JournalCode[entry.code], about).toBe(JournalCode[code]);
    expect([entry?.a, entry?.b, entry?.c].slice(0, numbers.length), about).toEqual(numbers);
    // The answer is what stands in the journal.
    expect(image.told, about).toContainEqual(expect.objectContaining({ ...entry }));
  }
  const again = await client.do(step.give(link, { commandId }));
  // A stop is never a second one.
  if (step.kind === EventKind.stop) expect(again.kind, about).toBe("taken");
  else {
    expect(again, about).toEqual({ kind: "takenBefore", commandId });
    expect(image.effects(commandId), about).toBe(1);
  }
}

/** A packet of any kind to the service, and what comes back. */
function asker(image: ImagePump): (command: number, bytes: readonly number[]) => Promise<Uint8Array> {
  const line = new PumpLine(
    new Bus(new FaultyTransport(image.time, image)),
    image.time,
    serverDeviceOf(SIMULATED_BOARD),
  );
  return async (command, bytes) => {
    // What the pump says to another client is heard here, too.
    await image.time.pause(10);
    return image.time.until(line.ask(command, Uint8Array.from(bytes), (payload) => payload.slice()));
  };
}

describe("the compiled image", () => {
  test("serves the whole command set of the link: each order with its success and its refusals, and once under one id (LNK-020)", async () => {
    const image = await pumpAt(Stage.keyed);
    const client = await image.clinician();
    const { link } = client;
    const changes: PumpChange[] = [];
    link.onChange = (change) => changes.push(change);
    for (const [index, step] of CLINIC_COURSE.entries())
      await go(client, step, `step ${index}, ${EventKind[step.kind]} that says ${JSON.stringify(step.says)}`);

    // Every order that is taken over the link is in the course: the image itself says which there are.
    const taken: EventKind[] = [];
    for (const kind of members(EventKind)) {
      const outcome = await client.do(link.order({ kind, count: 1e15 }));
      if (outcome.kind !== "notTaken" || outcome.status !== ServiceStatus.notAllowed) taken.push(kind);
    }
    const inCourse = (isMeant: (step: Step) => boolean): EventKind[] =>
      members(EventKind).filter((kind) => CLINIC_COURSE.some((step) => step.kind === kind && isMeant(step)));
    const isRefused = ({ says, notTaken }: Step): boolean =>
      notTaken !== undefined || (says !== undefined && /(Refused|Denied)$/.test(JournalCode[says[0]]));
    expect(inCourse((step) => !isRefused(step))).toEqual(taken);
    const neverRefused = [EventKind.stop, EventKind.acknowledge, EventKind.silence, EventKind.interrogate];
    expect(inCourse(isRefused)).toEqual(taken.filter((kind) => !neverRefused.includes(kind)));
    const told = new Set(image.told.map(({ code }) => code));
    const refusals = members(JournalCode).filter((code) => /(Refused|Denied)$/.test(JournalCode[code]));
    expect([...refusals, JournalCode.problem, JournalCode.commandRepeated].filter((code) => !told.has(code))).toEqual(
      [],
    );

    expect(changes.length).toBeGreaterThan(20);
    expect(changes.filter(({ code, entries }) => !told.has(code) || entries === 0)).toEqual([]);
    expect(image.failures).toEqual([]);
  });

  test("serves registers, sessions, keys, report and log, with each status that there is to be had (LNK-020)", async () => {
    const image = await ImagePump.start();
    const client = await image.client();
    const { link } = client;
    const ask = asker(image);
    expect(await client.do(link.openSession(KEY))).toEqual({ status: ServiceStatus.noKey, waitS: 0 });
    expect(await client.do(link.setKey(KEY))).toBe(ServiceStatus.buttonNotHeld);
    expect(await client.do(link.eraseKey())).toBe(ServiceStatus.buttonNotHeld);
    image.pump.holdButton(8000);
    await image.time.pause(3500);
    expect([...(await ask(ServiceCommand.setKey, [1, 2, 3]))]).toEqual([ServiceStatus.malformed]);
    expect(await client.do(link.setKey(KEY))).toBe(ServiceStatus.done);
    expect([...(await ask(ServiceCommand.setKey, [...OTHER_KEY]))]).toEqual([ServiceStatus.keyIsSet]);
    expect(await client.do(link.eraseMemory())).toBe(ServiceStatus.notAllowed);
    await image.time.pause(10000);
    expect((await ask(ServiceCommand.open, [PROTOCOL + 1, ...KEY.slice(0, 16)]))[0]).toBe(ServiceStatus.version);
    expect((await ask(ServiceCommand.open, [PROTOCOL]))[0]).toBe(ServiceStatus.malformed);
    for (let attempt = 0; attempt < 3; attempt++)
      expect(await client.do(link.openSession(OTHER_KEY))).toEqual({ status: ServiceStatus.noSession, waitS: 0 });
    expect(await client.do(link.openSession(KEY))).toEqual({ status: ServiceStatus.wait, waitS: 1 });
    await image.time.pause(1000);
    expect(await client.do(link.openSession(KEY))).toBeUndefined();

    expect(await client.do(link.state())).toMatchObject({ mode: TherapyMode.stopped, hasKey: true, hasSession: true });
    expect((await client.do(link.alarms())).isSilenced).toBe(false);
    expect((await client.do(link.residual())).filledNl).toBe(0);
    expect((await client.do(link.rate())).basalNlPerDay).toBe(0);
    expect((await client.do(link.totals())).granted).toBe(0);
    expect(await client.do(link.rotateKey(OTHER_KEY))).toBe(ServiceStatus.done);
    expect(await client.do(link.openSession(KEY))).toMatchObject({ status: ServiceStatus.noSession });
    expect(await client.do(link.openSession(OTHER_KEY))).toBeUndefined();
    const rows = await client.do(link.report());
    expect([rows[0]?.code, rows.at(-1)?.code]).toEqual([ReportRow.identity, ReportRow.end]);
    const entries: LogEntry[] = [];
    for (const ring of [LogRing.events, LogRing.faults])
      expect(await client.do(link.log(ring, 0, (page) => entries.push(...page.entries)))).toBe(ServiceStatus.done);
    expect(entries.filter(({ isIntact }) => !isIntact)).toEqual([]);
    expect(entries.map(({ code }) => code)).toContain(JournalCode.access);
    link.keepSession();
    await image.time.pause(3 * IDLE_MS);
    expect((await client.do(link.state())).hasSession).toBe(true);
    const other = await image.clinician(OTHER_KEY);
    await other.do(other.link.close());
    image.pump.holdButton(8000);
    await image.time.pause(3500);
    expect(await client.do(link.eraseKey())).toBe(ServiceStatus.done);

    await image.time.pause(1000);
    const wire = new WireWatch(image);
    const known = [...members(ServiceCommand), ...members(Register).map((one) => GET_REGISTER + one)];
    expect(known.filter((command) => !wire.commands.has(command))).toEqual([]);
    // An order and a draft are the other test's.
    expect(members(SealedKind).filter((kind) => !wire.sealedKinds.has(kind))).toEqual([
      SealedKind.order,
      SealedKind.draft,
    ]);
    // And so is a wrong digest; no memory is the next one's. The simulator's pump is never too busy, and its memory always answers.
    expect(members(ServiceStatus).filter((status) => !wire.statuses.has(status))).toEqual([
      ServiceStatus.notServed,
      ServiceStatus.notStored,
      ServiceStatus.noMemory,
      ServiceStatus.digest,
    ]);
    expect(image.failures).toEqual([]);
  });

  test("touches a memory that holds something else only to erase it, while the button is held (LNK-020)", async () => {
    const image = await ImagePump.start({ memory: new Uint8Array(FRAM_BYTES).fill(0xa5) });
    const client = await image.client();
    image.pump.holdButton(8000);
    await image.time.pause(3500);
    const before = image.pump.memory.contents();
    expect(await client.do(client.link.setKey(KEY))).toBe(ServiceStatus.noMemory);
    expect(await client.do(client.link.eraseKey())).toBe(ServiceStatus.noMemory);
    expect(image.pump.memory.contents()).toEqual(before);
    expect(await client.do(client.link.eraseMemory())).toBe(ServiceStatus.done);
    expect(image.pump.memory.words(0, LEDGER_WORDS).filter((word) => word !== 0)).toEqual([]);
    // It starts anew by itself, and only now is the pump that it is.
    await image.time.pause(10000);
    expect(image.failures).toEqual(["the board was reset"]);
    const anew = await image.client();
    expect([client.link.identity.serial, anew.link.identity.serial]).toEqual([0, 1]);
    image.pump.holdButton(8000);
    await image.time.pause(3500);
    expect(await anew.do(anew.link.setKey(KEY))).toBe(ServiceStatus.done);
    expect(await anew.do(anew.link.openSession(KEY))).toBeUndefined();
  });
});

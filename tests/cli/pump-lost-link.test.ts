import { beforeAll, expect, test } from "vitest";
import { bolus } from "../../cli/pump/bolus";
import { confirm } from "../../cli/pump/confirm";
import { refill } from "../../cli/pump/refill";
import { erase, rotateKey } from "../../cli/pump/keys";
import { stage } from "../../cli/pump/stage";
import { plainOrder } from "../../cli/pump/therapy";
import { status } from "../../cli/pump/status";
import type { Transport } from "../../link/transport";
import { JournalCode } from "../../src/record/journal";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { digestOf } from "../../src/prescription/digest";
import { readPrescriptionFile } from "../../cli/pump/prescription-file";
import { readNamedPump } from "../../cli/pump/named-pump";
import { BenchProgrammer, EndedBySignal } from "./bench-programmer";
import type { PumpCommand } from "./bench-programmer";

const RX = join(mkdtempSync(join(tmpdir(), "minim-rx-")), "rx.yaml");
writeFileSync(RX, "drugs: [{ name: morphine, concentration: 10 mg/mL }]\nbasal: 0.5 mL/day\nminimumRate: 6 uL/day\n");

const FILL = { residual: 0, volume: 20000000, drug: ["morphine=10 mg/mL"], expiry: false } as const;

/** Carries `frames` frames, both ways together, and then none. */
function breaksAfter(frames: number): (transport: Transport) => Transport {
  return (transport) => {
    let left = frames;
    const carries = (): boolean => left-- > 0;
    return {
      name: transport.name,
      send: (frame) => {
        if (carries()) transport.send(frame);
      },
      listen: (onFrame, onClosed) => {
        const take = (frame: Uint8Array): void => {
          if (carries()) onFrame(frame);
        };
        transport.listen(take, onClosed);
      },
      close: () => transport.close(),
    };
  };
}

/** A frame that carries an order has so many bytes or more; registers, openings and pings have fewer. */
const ORDER_BYTES = 80;

const UNBROKEN = (transport: Transport): Transport => transport;

let one: BenchProgrammer;

/** A pump that is filled, with therapy running. */
beforeAll(async () => {
  one = await BenchProgrammer.make();
  expect((await one.run((o, t, h) => refill({ ...o, ...FILL }, t, h))).code).toBe(0);
  expect((await one.run((o, t, h) => stage(RX, { ...o, largeChanges: true, digest: digestOfRx() }, t, h))).code).toBe(
    0,
  );
  expect((await one.run((o, t, h) => plainOrder("start", o, t, h))).code).toBe(0);
});

function digestOfRx(): number {
  return digestOf(readPrescriptionFile(RX, readNamedPump(one.root, undefined)).numbers);
}

function count(code: JournalCode): number {
  return one.bench.told(code).length;
}

/** Runs `command` with the link lost behind ever more frames, until it gets through; each time it is asked again as it says. */
async function loseEverywhere(
  command: (commandId: number | undefined) => PumpCommand,
  each: () => Promise<void>,
): Promise<number> {
  for (let frames = 0; ; frames++) {
    one.between = breaksAfter(frames);
    let failed;
    try {
      failed = await one.run(command(undefined));
    } catch (error) {
      // No pump was found: nothing was asked of it.
      expect(String(error)).toContain("no pump answers");
      continue;
    } finally {
      one.between = UNBROKEN;
    }
    const [, id] = /--command-id (\d+)/.exec(failed.stderr) ?? [];
    if (failed.code === 0) return frames;
    expect(failed.stderr).toContain("the link is lost");
    if (id === undefined) continue;
    await one.run(command(Number(id)));
    await each();
  }
}

test("a bolus is given once, wherever the link is lost and however often it is asked again (PGM-007)", async () => {
  const stop: PumpCommand = (o, t, h) => plainOrder("stop", o, t, h);
  const start: PumpCommand = (o, t, h) => plainOrder("start", o, t, h);
  const ordered =
    (commandId: number | undefined): PumpCommand =>
    (o, t, h) =>
      bolus(30000, { ...o, over: 600000, ...(commandId === undefined ? {} : { commandId }) }, t, h);
  let given = count(JournalCode.bolusGranted);
  let times = 0;
  const frames = await loseEverywhere(ordered, async () => {
    times++;
    given++;
    expect(count(JournalCode.bolusGranted)).toBe(given);
    // Ends it, so that the next one is not refused as another that is under way.
    await one.run(stop);
    expect((await one.run(start)).code).toBe(0);
  });
  expect(times).toBeGreaterThan(1);
  expect(frames).toBeGreaterThan(8);
  expect(count(JournalCode.bolusGranted)).toBe(given + 1);
});

test("a stop that is asked again is carried out, and told by what the pump does (PGM-007)", async () => {
  const stop =
    (commandId: number | undefined): PumpCommand =>
    (o, t, h) =>
      plainOrder("stop", { ...o, ...(commandId === undefined ? {} : { commandId }) }, t, h);
  await loseEverywhere(stop, async () => {
    const [now] = await one.objects((o, t, h) => status(o, t, h));
    expect(now).toMatchObject({ state: { mode: "stopped" } });
    expect((await one.run((o, t, h) => plainOrder("start", o, t, h))).code).toBe(0);
  });
});

test("a refill whose link is lost goes on as it says, and fills once (PGM-003)", async () => {
  await one.run((o, t, h) => plainOrder("stop", o, t, h));
  const { leastNl } = await contentOf();
  let refills = count(JournalCode.refilled);
  let measured = count(JournalCode.residualMeasured);
  // From the first frame on that is part of an order, beyond which the opening of the session lies.
  for (let frames = 8; ; frames++) {
    let said = "";
    one.between = breaksAfter(frames);
    const residual = refills === 1 ? leastNl : FILL.volume;
    let go: object = { residual };
    for (let tries = 0; tries < 3; tries++) {
      const { code, stderr } = await one.run((o, t, h) => refill({ ...o, ...FILL, ...go }, t, h));
      one.between = UNBROKEN;
      said += stderr;
      if (code === 0) break;
      const [, from] = /refill --from (residual|acknowledge|fill) /.exec(stderr) ?? [];
      const [, id] = /--command-id (\d+)/.exec(stderr) ?? [];
      go = {
        residual,
        ...(from === undefined ? {} : { from }),
        ...(id === undefined ? {} : { commandId: Number(id) }),
      };
    }
    expect(count(JournalCode.refilled), said).toBe(++refills);
    expect(count(JournalCode.residualMeasured), said).toBe(++measured);
    if (said === "") break;
  }
  expect(refills).toBeGreaterThan(8);
});

async function contentOf(): Promise<{ leastNl: number }> {
  const [now] = await one.objects((o, t, h) => status(o, t, h));
  return now?.["reservoir"] as { leastNl: number };
}

test("an order that was refused before the link was lost is not told as done (PGM-007)", async () => {
  await one.run((o, t, h) => plainOrder("stop", o, t, h));
  const refused =
    (commandId: number | undefined): PumpCommand =>
    (o, t, h) =>
      bolus(30000, { ...o, over: 600000, ...(commandId === undefined ? {} : { commandId }) }, t, h);
  let asked = 0;
  for (let frames = 8; frames < 16; frames++) {
    one.between = breaksAfter(frames);
    const first = await one.run(refused(undefined));
    one.between = UNBROKEN;
    expect(first.code).toBe(1);
    const [, id] = /--command-id (\d+)/.exec(first.stderr) ?? [];
    if (id === undefined) continue;
    asked++;
    expect((await one.run(refused(Number(id)))).code).toBe(1);
  }
  expect(asked).toBeGreaterThan(1);
});

/** Carries everything until an order has gone out, and no answer to it. */
function losesAnswers(transport: Transport): Transport {
  let isOrdered = false;
  return {
    name: transport.name,
    send: (frame) => {
      if (frame.length >= ORDER_BYTES) isOrdered = true;
      transport.send(frame);
    },
    listen: (onFrame, onClosed) => transport.listen((frame) => (isOrdered ? undefined : onFrame(frame)), onClosed),
    close: () => transport.close(),
  };
}

test("an order whose answer is lost is told by what the pump did with it: carried out before, or refused (PGM-007)", async () => {
  const orders: [name: Parameters<typeof plainOrder>[0], told: JournalCode, isDone: boolean][] = [
    ["stop", JournalCode.stopped, true],
    // Of a pump whose therapy is stopped already.
    ["hold", JournalCode.orderRefused, false],
    ["start", JournalCode.started, true],
    ["start", JournalCode.startRefused, false],
    ["hold", JournalCode.held, true],
    ["stop", JournalCode.stopped, true],
  ];
  expect((await one.run((o, t, h) => plainOrder("start", o, t, h))).code).toBe(0);
  for (const [name, told, isDone] of orders) {
    const before = count(told);
    one.between = losesAnswers;
    const lost = await one.run((o, t, h) => plainOrder(name, o, t, h));
    one.between = UNBROKEN;
    const [, id] = /--command-id (\d+)/.exec(lost.stderr) ?? [];
    const again = await one.run((o, t, h) => plainOrder(name, { ...o, commandId: Number(id) }, t, h));
    expect([count(told), again.code], name).toEqual([before + 1, isDone ? 0 : 1]);
    if (isDone && name !== "stop") expect(again.stdout).toContain("carried out before");
    else if (!isDone) expect(again.stderr).toContain("was refused then");
  }
});

test("a key that is changed while the link is lost leaves both, and the next command finds the right one (PGM-006)", async () => {
  for (let frames = 0; ; frames++) {
    one.between = breaksAfter(frames);
    const rotated = await one.run(rotateKey).catch(() => undefined);
    one.between = UNBROKEN;
    // Wrong keys are counted from the last right one on: two are free.
    const next = await one.run((o, t, h) => plainOrder("acknowledge", o, t, h));
    expect(next, `behind ${frames} frames: ${next.stderr}`).toMatchObject({ code: 0 });
    if (rotated?.code === 0) break;
  }
});

test("Ctrl-C during an order waits for its answer, and names it; another question ends at once (PGM-008)", async () => {
  const start: PumpCommand = (o, t, h) => plainOrder("start", o, t, h);
  let sent = 0;
  let before = count(JournalCode.started);
  one.between = (transport) => ({
    name: "sim",
    send: (frame) => {
      transport.send(frame);
      // State, opening, ping, order: by then the order is under way.
      if (frame.length >= ORDER_BYTES && sent++ === 0) one.interrupt();
    },
    listen: (onFrame, onClosed) => transport.listen(onFrame, onClosed),
    close: () => transport.close(),
  });
  await expect(one.run(start)).rejects.toThrow(EndedBySignal);
  one.between = UNBROKEN;
  expect(one.lastErr()).toMatch(/waiting for the pump's answer to start \(command \d+\).*--command-id \d+/);
  expect(count(JournalCode.started)).toBe(++before);
  one.isInteractive = true;
  const ask = one.ask;
  const measuredBefore = count(JournalCode.residualMeasured);
  one.ask = () => {
    one.interrupt();
    return new Promise(() => undefined);
  };
  await expect(one.run((o, t, h) => refill(o, t, h))).rejects.toThrow(EndedBySignal);
  one.ask = ask;
  one.isInteractive = false;
  // It had stopped therapy; nothing was measured.
  expect(one.lastErr()).toContain("npx minim pump refill --from residual");
  expect(count(JournalCode.residualMeasured)).toBe(measuredBefore);
});

test("what is staged in a simulated pump that is switched off in between is staged again by its digest (PGM-004)", async () => {
  one.isServed = false;
  expect((await one.run((o, t, h) => stage(RX, o, t, h))).code).toBe(0);
  const before = count(JournalCode.staged);
  const digest = digestOfRx();
  expect((await one.run((o, t, h) => confirm({ ...o, digest, largeChanges: true }, t, h))).code).toBe(0);
  expect(count(JournalCode.staged)).toBe(before + 1);
  one.isServed = true;
  expect(one.bench.failures).toEqual([]);
});

test("a key whose erasing is not answered is not told as kept, nor therapy as going on (PGM-006)", async () => {
  let isGone = false;
  one.between = (transport) => ({
    name: "sim",
    send: (frame) => {
      // The command "reset".
      if (frame[14] === 0x83 && frame[15] === 0) isGone = true;
      transport.send(frame);
    },
    listen: (onFrame, onClosed) => transport.listen((frame) => (isGone ? undefined : onFrame(frame)), onClosed),
    close: () => transport.close(),
  });
  const [now] = await one.objects((o, t, h) => status(o, t, h));
  const { serial } = now?.["identity"] as { serial: number };
  const lost = await one.run((o, t, h) => erase("key", { ...o, yesErase: serial }, t, h));
  one.between = UNBROKEN;
  expect(lost.code).toBe(1);
  expect(lost.stderr).toContain("whether the key was erased, and therapy stopped, is not known");
  expect(lost.stderr).not.toContain("goes on with what it was ordered");
});

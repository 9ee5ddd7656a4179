import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { BadUsage } from "../../cli/bad-usage";
import { bolus } from "../../cli/pump/bolus";
import { confirm } from "../../cli/pump/confirm";
import { readDigest } from "../../cli/pump/digest-text";
import { interrogate } from "../../cli/pump/interrogation";
import { erase, rotateKey, setKey } from "../../cli/pump/keys";
import { log } from "../../cli/pump/log";
import { lineEmpty, prime } from "../../cli/pump/prime";
import { refill } from "../../cli/pump/refill";
import { setClock } from "../../cli/pump/set-clock";
import { stage } from "../../cli/pump/stage";
import { status } from "../../cli/pump/status";
import { calibrate } from "../../cli/pump/calibrate";
import { plainOrder } from "../../cli/pump/therapy";
import type { PlainOrderName } from "../../cli/pump/plain-orders";
import { FRAM_BYTES, SimulatedMemory } from "../../sim/engines/simulated-memory";
import { parseDay } from "../../sim/scenario/wall-clock";
import { JournalCode } from "../../src/record/journal";
import { BenchProgrammer } from "./bench-programmer";
import type { PumpCommand, Said } from "./bench-programmer";

const FOLDER = mkdtempSync(join(tmpdir(), "minim-rx-"));

function prescription(name: string, text: string): string {
  const file = join(FOLDER, name);
  writeFileSync(file, text);
  return file;
}

const USUAL = prescription(
  "usual.yaml",
  `drugs: [{ name: morphine, concentration: 10 mg/mL }]
basal: 0.5 mL/day
demandBolus: { volume: 30 uL, over: 10 min, lockout: 2 h, mostPer24h: 4 }
minimumRate: 6 uL/day
catheter: 0.18 mL
`,
);
// 16 mg a day: above the soft limit of 15 mg, below the hard one.
const STRONG = prescription(
  "strong.yaml",
  `drugs: [{ name: morphine, concentration: 10 mg/mL }]
basal: 1.6 mL/day
minimumRate: 6 uL/day
catheter: 0.18 mL
`,
);

const LOW = "drugs: [{ name: morphine, concentration: 10 mg/mL }]\nbasal: 0.5 mL/day\n";

let one: BenchProgrammer;

function order(name: PlainOrderName, more: object = {}): PumpCommand {
  return (options, terminal, host) => plainOrder(name, { ...options, ...more }, terminal, host);
}

function run(command: PumpCommand): Promise<Said> {
  return one.run(command);
}

const FILL = { residual: 0, volume: 20000000, drug: ["morphine=10 mg/mL"], expires: parseDay("2027-12-31") };

const fill =
  (more: object = {}): PumpCommand =>
  (options, terminal, host) =>
    refill({ ...options, ...FILL, ...more }, terminal, host);

// One pump for all tests here, from its first key to its erasure: the order of the tests matters, as it does at the bench.
beforeAll(async () => {
  one = await BenchProgrammer.make();
});

test("a simulated pump without a key gets one by its button, and each order is told with its command id (PGM-001)", async () => {
  const first = await run(setClock);
  expect(first).toMatchObject({ code: 0 });
  expect(first.stderr).toContain("its button was held for 3 s");
  expect(first.stdout).toMatch(/clock set to 2026-03-01 08:00:0\d \(command \d+\)/);
  expect(one.bench.told(JournalCode.clockSet)).toHaveLength(1);
});

test("a refusal says why, in words and with its numbers, and ends with 1 (PGM-002)", async () => {
  expect(await run(order("start"))).toMatchObject({ code: 1, stdout: "" });
  const refused = await run((options, terminal, host) =>
    prime(100000, { ...options, confirm: 100000 }, terminal, host),
  );
  expect(refused).toMatchObject({ code: 1 });
  expect(refused.stderr).toContain("the dead volumes of tubing and catheter are not known");
});

test("a refill with all its values asks nothing, and each step is one order (PGM-003)", async () => {
  const { code, stdout } = await run(fill());
  expect(code).toBe(0);
  expect(stdout).toContain("expected 0 µL, measured 0 µL");
  expect(one.bench.told(JournalCode.refilled).map(([, , contentNl]) => contentNl)).toEqual([20000000]);
});

test("a prescription is judged here, staged, shown beside the one in force, and confirmed by its digest alone (PGM-004)", async () => {
  const staged = await run((options, terminal, host) => stage(USUAL, options, terminal, host));
  expect(staged.code).toBe(0);
  expect(staged.stdout).toContain("basal of step 1                none       0.5 mL/day   << new");
  const [, digest = "", flags] = /confirm --digest (\w+)(.*)/.exec(staged.stdout) ?? [];
  expect(flags).toBe(" --large-changes");
  const withDigest =
    (more: object): PumpCommand =>
    (options, terminal, host) =>
      confirm({ ...options, digest: readDigest(digest), ...more }, terminal, host);
  const unmarked = await run(withDigest({}));
  expect(unmarked).toMatchObject({ code: 1 });
  expect(unmarked.stderr).toContain("--large-changes");
  expect(await run(withDigest({ digest: readDigest("00000001"), largeChanges: true }))).toMatchObject({ code: 1 });
  expect(await run(withDigest({ largeChanges: true }))).toMatchObject({ code: 0 });
  expect(one.bench.told(JournalCode.programmed)).toHaveLength(1);
});

test("on a terminal soft limits and large changes are confirmed by their own words, then the digest (PGM-004)", async () => {
  one.isInteractive = true;
  const staging: PumpCommand = (options, terminal, host) => stage(STRONG, options, terminal, host);
  one.answers = ["yes"];
  const denied = await run(staging);
  expect(denied).toMatchObject({ code: 1 });
  expect(denied.stdout).toContain("soft limit: 16 mg");
  expect(denied.stdout).toContain("1.6 mL/day   << x 3.2");
  expect(one.bench.told(JournalCode.programmed)).toHaveLength(1);
  one.answers = ["override", "looked", "yes"];
  expect(await run(staging)).toMatchObject({ code: 0 });
  expect(one.bench.told(JournalCode.programmed).at(-1)?.slice(3, 4)).toEqual([1]);
  one.isInteractive = false;
  expect(
    await run((options, terminal, host) => stage(USUAL, { ...options, digest: 1, largeChanges: true }, terminal, host)),
  ).toMatchObject({ code: 1 });
  expect(one.bench.told(JournalCode.programmed)).toHaveLength(2);
});

test("start, bolus, hold, silence, acknowledge and stop; what is refused says until when (PGM-002)", async () => {
  expect(await run(order("start"))).toMatchObject({ code: 0 });
  const again = await run(order("start"));
  expect(again.stderr).toContain("therapy is running already");
  const bolused = await run((options, terminal, host) => bolus(30000, { ...options, over: 600000 }, terminal, host));
  expect(bolused.stdout).toContain("30 µL over 10 min, request");
  const none = await run((options, terminal, host) => bolus(undefined, { ...options, demand: true }, terminal, host));
  expect(none.stderr).toContain("the prescription has no demand bolus");
  const large = await run((options, terminal, host) => bolus(5000000, { ...options, over: 600000 }, terminal, host));
  expect(large.stderr).toContain("the most is 200 µL");
  await one.timers.pause(600000);
  for (const name of ["silence", "acknowledge", "hold", "start", "stop"] as const)
    expect(await run(order(name)), name).toMatchObject({ code: 0 });
});

test("a prime is asked for and confirmed by its volume; line and tube are told (PGM-003)", async () => {
  const empty: PumpCommand = (options, terminal, host) => lineEmpty(100000, options, terminal, host);
  expect(await run(empty)).toMatchObject({ code: 0 });
  expect(await run(order("tube-changed"))).toMatchObject({ code: 0 });
  const primed =
    (more: object): PumpCommand =>
    (options, terminal, host) =>
      prime(100000, { ...options, ...more }, terminal, host);
  const asked = await run(primed({}));
  expect(asked.stdout).toContain('prime "100 µL" --from confirm --confirm "100 µL"');
  expect(one.bench.told(JournalCode.bolusGranted).filter(([, , , , , kind]) => kind === 4)).toHaveLength(0);
  expect(await run(primed({ from: "confirm", confirm: 100000 }))).toMatchObject({ code: 0 });
  expect(one.bench.told(JournalCode.bolusGranted).filter(([, , , , , kind]) => kind === 4)).toHaveLength(1);
  const counting: PumpCommand = (options, terminal, host) => calibrate({ ...options, for: 60000 }, terminal, host);
  const [stretch] = await one.objects(counting);
  // 1 mL/h in strokes of 300 nL is 55.6 a minute.
  expect(stretch).toMatchObject({ kind: "calibrationStretch", strokes: expect.closeTo(55, -1) as number });
  expect(await run(order("stop"))).toMatchObject({ code: 0 });
});

test("the refill wizard asks, shows the difference, and goes on where it broke off (PGM-003)", async () => {
  one.isInteractive = true;
  one.questions.length = 0;
  // The residual is off by far; the person does not know why.
  one.answers = ["10 gallons", "10 mL", "no"];
  const wizard: PumpCommand = (options, terminal, host) => refill(options, terminal, host);
  const broken = await run(wizard);
  expect(broken).toMatchObject({ code: 1 });
  expect(broken.stdout).toMatch(/expected 19\.\d+ mL, measured 10 mL: off by \d\.\d+ mL, more than it may/);
  expect(broken.stderr).toContain("npx minim pump refill --from acknowledge");
  one.answers = ["acknowledge", "20 mL", "morphin", "10 mg/mL", "morphine", "10 mg/mL", "", "2027-12-31", "yes"];
  const going: PumpCommand = (options, terminal, host) => refill({ ...options, from: "acknowledge" }, terminal, host);
  const done = await run(going);
  expect(done.stderr).toContain("did you mean morphine");
  expect(done).toMatchObject({ code: 0 });
  expect(one.bench.told(JournalCode.refilled)).toHaveLength(2);
  one.isInteractive = false;
});

test("the whole report is read through the service, in at most 60 packets and 2 s of device time (PGM-005)", async () => {
  const [read] = await one.objects(interrogate);
  expect(read).toMatchObject({
    kind: "interrogation",
    protocol: 1,
    report: { reservoir: { leastNl: 20000000 }, delivery: { state: "stopped" }, prescription: { isInForce: true } },
  });
  expect(read?.["packets"]).toBeLessThanOrEqual(60);
  expect(read?.["deviceMs"]).toBeLessThanOrEqual(2000);
  console.log(
    `interrogation through the service: ${String(read?.["packets"])} packets, ${String(read?.["deviceMs"])} ms`,
  );
  const people = await run(interrogate);
  expect(people.stdout).toContain("concentration 10 mg/mL");
});

test("the journal comes in order, each entry once, at 3 kB/s or more; registers need no key (PGM-005)", async () => {
  const lines = await one.objects((options, terminal, host) => log({ ...options, ring: "events" }, terminal, host));
  const numbers = lines.filter(({ kind }) => kind === "logEntry").map(({ number }) => number);
  expect(numbers.length).toBeGreaterThan(20);
  expect(numbers).toEqual(numbers.map((_, i) => i));
  expect(lines.at(-1)).toMatchObject({ kind: "logEnd" });
  expect(lines.at(-1)?.["kbPerS"]).toBeGreaterThanOrEqual(3);
  console.log(`journal through the service: ${String(lines.at(-1)?.["kbPerS"])} kB/s`);
  const [state] = await one.objects((options, terminal, host) => status(options, terminal, host));
  expect(state).toMatchObject({ kind: "status", state: { mode: "stopped", hasKey: true } });
});

test("a key is changed, erased by whoever types its serial number, and set again (PGM-006)", async () => {
  expect(await run(setKey)).toMatchObject({ code: 1 });
  expect(await run(rotateKey)).toMatchObject({ code: 0 });
  expect(await run(order("acknowledge"))).toMatchObject({ code: 0 });
  const erasing =
    (yesErase: number): PumpCommand =>
    (options, terminal, host) =>
      erase("key", { ...options, yesErase }, terminal, host);
  await expect(run(erasing(99))).rejects.toThrow("nothing was erased");
  expect(await run(erasing(1))).toMatchObject({ code: 0 });
  const [state] = await one.objects((options, terminal, host) => status(options, terminal, host));
  expect(state).toMatchObject({ state: { hasKey: false, digest: null }, reservoir: { leastNl: 20000000 } });
  expect(await run(setKey)).toMatchObject({ code: 0 });
  expect(one.bench.failures).toEqual([]);
});

test("behind wrong keys a command waits with the pump for up to 4 s, and says how long when it is more (PGM-006)", async () => {
  const key = readFileSync(one.keyPath, "utf8");
  const tryWrong = async (times: number): Promise<void> => {
    writeFileSync(one.keyPath, key.replace(/[0-9a-f]/g, "5"));
    for (let time = 1; time <= times; time++) expect((await run(order("stop"))).stderr).toContain("is not this pump's");
    writeFileSync(one.keyPath, key);
  };
  await tryWrong(3);
  expect(await run(order("stop"))).toMatchObject({ code: 0 });
  await tryWrong(6);
  const refused = await run(order("stop"));
  expect(refused).toMatchObject({ code: 1 });
  expect(refused.stderr).toContain("try again in 8 s");
  await one.timers.pause(8000);
  expect(await run(order("stop"))).toMatchObject({ code: 0 });
});

test("a command id that no order to this pump can have is bad input, and nothing has changed (PGM-012)", async () => {
  const last = await run(order("acknowledge"));
  const highest = Number(/command (\d+)/.exec(last.stdout)?.[1]);
  await expect(run(order("acknowledge", { commandId: 2 ** 40 }))).rejects.toThrow(
    new BadUsage(
      `--command-id ${2 ** 40} cannot be an order to this pump, whose highest is ${highest}; nothing has changed`,
    ),
  );
  // One that is not above the highest was carried out long ago, or was another client's.
  expect(await run(order("acknowledge", { commandId: highest }))).toMatchObject({ code: 0 });
});

test("a pump that the pump file does not describe is refused in one line where the file's numbers are meant", async () => {
  const config = join(one.root, "scenarios/pumps/reference-40ml.yaml");
  const staging: PumpCommand = (options, terminal, host) =>
    stage(prescription("low.yaml", LOW), { ...options, config }, terminal, host);
  await expect(run(staging)).rejects.toThrow(/describes: it has serial number 1, not 1002.*name its own file/);
  expect(one.lastErr()).toBe("");
});

test("a memory of something else is erased, and the pump is back with its own serial number (PGM-010)", async () => {
  const memory = new SimulatedMemory();
  memory.load(new Uint8Array(FRAM_BYTES).fill(0x5a));
  const other = await BenchProgrammer.make(memory);
  const before = await other.objects(status);
  expect(before[0]).toMatchObject({ identity: { serial: 0 }, state: { fault: "badRecord" } });
  const said = await other.run((options, terminal, host) =>
    erase("memory", { ...options, serial: 0, yesErase: 0 }, terminal, host),
  );
  expect(said).toMatchObject({ code: 0 });
  expect(said.stdout).toMatch(
    /the memory is erased.*\n {2}it is pump 1 \(model 20\) again; it has no key: npx minim pump set-key\n$/,
  );
  expect(await other.run(setKey)).toMatchObject({ code: 0 });
});

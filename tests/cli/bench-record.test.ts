import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { appendFileSync, existsSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { readManifest } from "../../bench/record/manifest";
import { jsonLines, minim } from "./captured-terminal";
import { fileOf, newFolder } from "./scenario-texts";

const textOf = (folder: string, name = "balance.csv"): string => readFileSync(join(folder, name), "utf8");
const samplesOf = (folder: string): string[] =>
  textOf(folder)
    .split("\n")
    .filter((row) => /^[0-9.]+,[-0-9.]+,/.test(row));
const record = (folder: string, ...more: string[]): ReturnType<typeof minim> =>
  minim("bench", "record", "--out", folder, ...more);
const SHORT = ["--duration", "2 h", "--rate", "1 mL/h"];

describe("a simulated recording", () => {
  const folder = join(newFolder(), "run");
  let ended: Awaited<ReturnType<typeof minim>>;
  beforeAll(async () => {
    ended = await record(folder, ...SHORT, "--operator", "A. Technician", "--temperature", "21 C", "--json");
  });

  it("is a raw file, a manifest with its hash, and the pump's log on the same axis (BAL-010)", () => {
    expect({ ...ended, stdout: "" }).toEqual({ exitCode: 0, stdout: "", stderr: "" });
    const [result] = jsonLines(ended.stdout);
    expect(result).toMatchObject({ kind: "recording", complete: true, clock: "virtual", samples: 241, gaps: 0 });
    expect(readdirSync(folder).sort()).toEqual(["balance.csv", "manifest.json", "pump.ndjson"]);
    const manifest = readManifest(textOf(folder, "manifest.json"));
    expect(manifest).toMatchObject({
      started: null,
      clock: "virtual",
      rateMlPerH: 1,
      intervalMs: 30000,
      operator: "A. Technician",
      temperatureC: 21,
      pumpLog: { file: "pump.ndjson", offsetMs: 0 },
      complete: true,
    });
    expect(manifest.raw.sha256).toBe(
      createHash("sha256")
        .update(readFileSync(join(folder, "balance.csv")))
        .digest("hex"),
    );
    expect(manifest.pumpLog?.sha256).toBe(
      createHash("sha256")
        .update(readFileSync(join(folder, "pump.ndjson")))
        .digest("hex"),
    );
    // Of devs.config.json: what a calibration counts revolutions by.
    expect(manifest.pump.strokesPerRevolution).toBe(200);
    const strokes = jsonLines(textOf(folder, "pump.ndjson")).filter(({ event }) => event === "strokes");
    expect(strokes.length).toBeGreaterThan(1);
    expect(Math.max(...strokes.map(({ lastAtMs }) => Number(lastAtMs)))).toBeLessThanOrEqual(2 * 3600000);
  });

  it("is the same when it is made again, and another with another seed", async () => {
    const [again, other] = [join(newFolder(), "run"), join(newFolder(), "run")];
    await record(again, ...SHORT);
    await record(other, ...SHORT, "--seed", "2");
    expect(textOf(again)).toBe(textOf(folder));
    expect(textOf(other)).not.toBe(textOf(folder));
  });

  it("comes back whole when its raw file is replayed", async () => {
    const replayed = join(newFolder(), "run");
    const { exitCode } = await record(replayed, "--connect", `replay:${join(folder, "balance.csv")}`);
    expect(exitCode).toBe(0);
    expect(textOf(replayed)).toBe(textOf(folder));
  });

  it("is not overwritten, not gone on with under other settings, and not when it was changed (BAL-011)", async () => {
    const before = textOf(folder);
    expect(await record(folder, ...SHORT)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("holds a recording already") as string,
    });
    for (const [option, value] of [
      ["--rate", "2 mL/h"],
      ["--seed", "2"],
      ["--operator", "B. Technician"],
      ["--connect", "tcp:127.0.0.1:1"],
    ] as const) {
      const { exitCode, stderr } = await record(folder, "--resume", option, value);
      expect(exitCode).toBe(2);
      expect(stderr).toMatch(new RegExp(`^minim: ${option}: the recording .* was begun with`));
    }
    expect(await record(folder, "--resume", ...SHORT)).toMatchObject({ exitCode: 0 });
    appendFileSync(join(folder, "balance.csv"), "7200.001,99,yes,,\n");
    const { exitCode, stderr } = await record(folder, "--resume");
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining("it is not what was recorded")]);
    writeFileSync(join(folder, "balance.csv"), before);
  });

  it("is not analysed, reported or gone on with when the pump's log was changed (BAL-013)", async () => {
    const log = join(folder, "pump.ndjson");
    const before = readFileSync(log);
    // One stroke fewer, on the same line.
    writeFileSync(log, before.toString().replace(/"count":2/, '"count":1'));
    expect(readFileSync(log).equals(before)).toBe(false);
    const out = join(newFolder(), "report.html");
    for (const command of [
      ["analyse", folder],
      ["report", folder, "--out", out],
      ["record", "--out", folder, "--resume"],
    ]) {
      const { exitCode, stderr } = await minim("bench", ...command);
      expect([exitCode, stderr]).toEqual([
        2,
        expect.stringMatching(/^\S*pump\.ndjson: it is not the log that was recorded: its SHA-256/),
      ]);
    }
    expect(existsSync(out)).toBe(false);
    writeFileSync(log, before);
    expect((await minim("bench", "analyse", folder)).exitCode).toBe(0);
    // A recording of before has no hash of the log, and is read as it is.
    const manifest = textOf(folder, "manifest.json");
    writeFileSync(
      join(folder, "manifest.json"),
      manifest.replace(/,\s*"sha256": "[0-9a-f]{64}"(?=\s*\},\s*"resumed")/, ""),
    );
    expect(readManifest(textOf(folder, "manifest.json")).pumpLog).toEqual({ file: "pump.ndjson", offsetMs: 0 });
    expect((await minim("bench", "analyse", folder)).exitCode).toBe(0);
    writeFileSync(join(folder, "manifest.json"), manifest);
  });

  it("leaves nothing behind when something is wrong before it begins", async () => {
    const notThere = join(newFolder(), "run");
    for (const [args, words] of [
      [["--connect", "serial:/dev/ttyNOWHERE"], "is the adapter plugged in"],
      [["--rate", "5 L/h", "--duration", "1 min"], "is more than this pump gives"],
      [["--rate", "1 mL/h", "--duration", "30 days"], "the simulated bottle is empty after"],
      [["--baud", "1200"], "--baud is for --connect serial"],
      [["--connect", "tcp:host"], "A host and a port are wanted"],
      [["--connect", "tcp:127.0.0.1:1", "--protocol", "kcp", "--interval", "100 ms"], "more than 100 ms"],
      [["--connect", `replay:${fileOf("0 S S 1 g\n-3 S S 2 g\n", "x.log")}`], "x.log:2: a time and"],
      [["--resume"], "there is no such folder"],
    ] as const) {
      const { exitCode, stdout, stderr } = await record(notThere, ...args);
      expect([exitCode, stdout]).toEqual([2, ""]);
      expect(stderr).toContain(words);
      expect(stderr.trimEnd().split("\n")).toHaveLength(1);
      expect(existsSync(notThere)).toBe(false);
    }
  });
});

/** Runs it as a process; `atBytes` of raw file it gets the signal. */
function recordInProcess(folder: string, args: string[], atBytes: number, signal: NodeJS.Signals): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ["bin/minim.mjs", "bench", "record", "--out", folder, ...args], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    const raw = join(folder, "balance.csv");
    const look = setInterval(() => {
      if (existsSync(raw) && statSync(raw).size >= atBytes) child.kill(signal);
    }, 2);
    let told = "";
    child.stdout.on("data", (text: Buffer) => (told += text.toString()));
    child.stderr.on("data", (text: Buffer) => (told += text.toString()));
    child.on("close", (code, by) => {
      clearInterval(look);
      resolve(`${code ?? by ?? ""} ${told}`);
    });
  });
}

/** What a loss of power does to the last row; where the manifest has just been written, to one that had only begun. */
function cutLastRow(folder: string): void {
  const raw = join(folder, "balance.csv");
  const leftBytes = statSync(raw).size - 25;
  if (leftBytes > readManifest(textOf(folder, "manifest.json")).raw.bytes) truncateSync(raw, leftBytes);
  else appendFileSync(raw, "12");
}

describe("a recording that is broken off", () => {
  it("by kill -9 twice, by a cut row and by Ctrl-C, goes on and is the same as an unbroken one (BAL-012)", async () => {
    const [whole, broken] = [join(newFolder(), "run"), join(newFolder(), "run")];
    const settings = [
      "--rate",
      "0.5 mL/h",
      "--duration",
      "20 h",
      "--interval",
      "5 s",
      "--bolus",
      "30 uL at 2 h over 10 min",
    ];
    expect((await record(whole, ...settings)).exitCode).toBe(0);
    expect(await recordInProcess(broken, settings, 1, "SIGKILL")).toMatch(/^SIGKILL/);
    expect(await recordInProcess(broken, ["--resume"], 60000, "SIGKILL")).toMatch(/^SIGKILL/);
    cutLastRow(broken);
    const interrupted = await recordInProcess(broken, ["--resume"], 120000, "SIGINT");
    // A shell reports an end by this signal as 130.
    expect(interrupted).toMatch(/^SIGINT/);
    expect(interrupted).toContain("--resume");
    expect(readManifest(textOf(broken, "manifest.json"))).toMatchObject({ complete: false, raw: { sha256: null } });
    expect((await record(broken, "--resume")).exitCode).toBe(0);

    expect(readManifest(textOf(broken, "manifest.json"))).toMatchObject({ complete: true, resumed: 3 });
    expect(textOf(broken).match(/,resumed,/g)).toHaveLength(3);
    const numbers = (row: string): string => row.split(",").slice(0, 3).join();
    expect(samplesOf(broken).map(numbers)).toEqual(samplesOf(whole).map(numbers));
    expect(textOf(broken, "pump.ndjson")).toBe(textOf(whole, "pump.ndjson"));
    const logHash = (of: string): unknown => readManifest(textOf(of, "manifest.json")).pumpLog?.sha256;
    expect(logHash(broken)).toMatch(/^[0-9a-f]{64}$/);
    expect(logHash(broken)).toBe(logHash(whole));
  });
});

describe("a real balance", () => {
  const serve = async (model: string): Promise<{ port: number; close(): void }> => {
    const answers: Readonly<Record<string, string>> = { "I2\r\n": `I2 A "${model}"`, "SI\r\n": "S D  12.3456 g" };
    const server = createServer((socket) => {
      socket.on("data", (bytes) => socket.write(`${answers[bytes.toString()] ?? "ES"}\r\n`));
    });
    await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
    return { port: (server.address() as AddressInfo).port, close: () => server.close() };
  };

  it("is recorded on the monotonic clock from the day's time on, and its pump is run by hand", async () => {
    const { port, close } = await serve("XS204");
    const folder = join(newFolder(), "run");
    const args = ["--connect", `tcp:127.0.0.1:${port}`, "--interval", "100 ms", "--duration", "300 ms"];
    const { exitCode, stdout } = await record(folder, ...args, "--rate", "1 mL/h");
    close();
    expect(exitCode).toBe(0);
    expect(stdout).toContain("start the pump by hand at 1 mL/h");
    const manifest = readManifest(textOf(folder, "manifest.json"));
    expect(manifest).toMatchObject({ clock: "monotonic", simulated: null, pumpLog: null, complete: true });
    expect(manifest.balance.identity).toBe("XS204");
    // How the pump's head is made nobody has said.
    expect(manifest.pump.strokesPerRevolution).toBeNull();
    expect(manifest.started).toMatch(/^\d{4}-/);
    const samples = samplesOf(folder);
    // A slow machine leaves out what has gone by, and never asks more.
    expect(samples.length).toBeGreaterThanOrEqual(1);
    expect(samples.length).toBeLessThanOrEqual(4);
    expect(samples[0]).toMatch(/^\d\.\d{3},12\.3456,no,,S D {2}12\.3456 g$/);
  });

  it("is gone on with after an hour at the time of day, if it is the same balance (BAL-011)", async () => {
    const [one, other] = [await serve("XS204"), await serve("AB220")];
    const folder = join(newFolder(), "run");
    const timing = ["--interval", "100 ms", "--duration", "100 ms"];
    await record(folder, "--connect", `tcp:127.0.0.1:${one.port}`, ...timing);
    // As if it had been begun an hour ago, for an hour, and broken off by a loss of power.
    const manifest = readManifest(textOf(folder, "manifest.json"));
    const began = {
      ...manifest,
      started: new Date(Date.now() - 3600000).toISOString(),
      durationMs: 3600000,
      raw: { ...manifest.raw, sha256: null },
      complete: false,
    };
    const anotherAddress = { ...began, balance: { ...began.balance, address: `tcp:127.0.0.1:${other.port}` } };
    writeFileSync(join(folder, "manifest.json"), JSON.stringify(anotherAddress));
    const before = textOf(folder);
    const refused = await record(folder, "--resume");
    expect([refused.exitCode, refused.stderr]).toEqual([
      2,
      expect.stringContaining("AB220 answers; the recording was begun with XS204"),
    ]);
    expect(textOf(folder)).toBe(before);
    writeFileSync(join(folder, "manifest.json"), JSON.stringify(began));
    expect((await record(folder, "--resume")).exitCode).toBe(0);
    const rows = textOf(folder).slice(before.length).trimEnd().split("\n");
    expect(rows[0]).toMatch(/^36\d\d\.\d{3},,,resumed,.*wall clock/);
    expect(readManifest(textOf(folder, "manifest.json"))).toMatchObject({ complete: true, resumed: 1 });
    one.close();
    other.close();
  });

  it("whose words cannot be read is said to have another baud rate or protocol, and nothing is recorded", async () => {
    const server = createServer((socket) => socket.end(Buffer.from([0x80, 0xfe, 0x0d, 0xff, 0x0d])));
    await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const folder = join(newFolder(), "run");
    const { exitCode, stderr } = await record(folder, "--connect", `tcp:127.0.0.1:${port}`);
    server.close();
    expect(exitCode).toBe(2);
    expect(stderr).toContain("what comes from there cannot be read, as \\x80\\xfe; it was asked in mt-sics");
    expect(existsSync(folder)).toBe(false);
  });
});

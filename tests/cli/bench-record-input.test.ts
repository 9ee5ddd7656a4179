import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readManifest } from "../../bench/record/manifest";
import { jsonLines, minim } from "./captured-terminal";
import { fileOf, newFolder } from "./scenario-texts";

const record = (folder: string, ...more: string[]): ReturnType<typeof minim> =>
  minim("bench", "record", "--out", folder, ...more);
const weightsOf = (folder: string): string[] =>
  readFileSync(join(folder, "balance.csv"), "utf8")
    .split("\n")
    .filter((row) => /^[0-9.]+,[-0-9.]+,/.test(row));

describe("a file that is replayed", () => {
  it("is recorded to its last line, shorter than an interval too", async () => {
    const lines = Array.from({ length: 15 }, (_, n) => `${7 * n} S S ${1 + n} g`);
    for (const count of [15, 1]) {
      const folder = join(newFolder(), "run");
      const file = fileOf(`${lines.slice(0, count).join("\n")}\n`, "lines.log");
      expect(await record(folder, "--connect", `replay:${file}`)).toMatchObject({ exitCode: 0, stderr: "" });
      expect(weightsOf(folder)).toEqual(
        Array.from({ length: count }, (_, n) => `${7 * n}.000,${1 + n},yes,,S S ${1 + n} g`),
      );
    }
  });

  it("that holds no weight is kept, told, and a check that failed", async () => {
    const folder = join(newFolder(), "run");
    const file = fileOf("0 1.2345\n30 1.2346\n", "masses.log");
    const { exitCode, stdout, stderr } = await record(folder, "--connect", `replay:${file}`, "--json");
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining("the recording holds no weight")]);
    expect(stderr).toContain("minim bench analyse");
    expect(jsonLines(stdout)).toMatchObject([{ kind: "recording", complete: true, samples: 0, rows: 2 }]);
  });
});

describe("what cannot be recorded", () => {
  it.each([
    [["--temperature", "500C"], "A temperature from 0 to 100 °C is wanted, as 21 C; water: to 40 °C."],
    [["--temperature", "40.1 C"], "--temperature 40.1 °C: water is recorded at 0 to 40 °C"],
    [["--connect", "tcp:127.0.0.1:1", "--temperature", "41 C"], "--temperature 41 °C: water"],
    [["--connect", "tcp:127.0.0.1:1", "--temperature", "41 C", "--liquid", "saline"], "nothing listens there"],
    [["--pressure", "299 hPa"], "from 300 to 1100 hPa, is wanted"],
    [["--pressure", "1101 hPa"], "from 300 to 1100 hPa, is wanted"],
    [["--rate", "5 L/h"], "120000 mL/day is more than this pump gives; its hard limit is 24 mL/day"],
    [["--bolus", "30 uL at 2 h over 10 min"], "a rate of at most 19.68 mL/day leaves room for it"],
    [["--rate", "1 mL/day", "--bolus", "30 uL at 26 h over 10 min"], "the recording ends before it, at 26 h"],
    [
      ["--rate", "1 mL/day", "--bolus", "5 uL at 65 min over 10 min", "--bolus", "5 uL at 1 h over 10 min"],
      "--bolus at 1 h 5 min over 10 min: the bolus before it lasts until 1 h 10 min",
    ],
    [["--connect", "serial:/dev/null"], "serial:/dev/null: this is no serial port"],
    [["--connect", "serial:/dev"], "serial:/dev: this is no serial port"],
    [["--connect", "/dev/ttyUSB0"], "serial:/dev/ttyUSB0"],
    [["--connect", "replay:tests"], "tests: it is a folder"],
    [["--unit", "g"], "--unit is for --protocol sbi"],
  ])("is said in one line, and leaves nothing: %j", async (args, words) => {
    const folder = join(newFolder(), "run");
    const { exitCode, stdout, stderr } = await record(folder, ...args);
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(words);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    expect(existsSync(folder)).toBe(false);
  });

  it("not so at the limits: the largest rate that leaves room for the bolus, which ends with the recording", async () => {
    const bolus = ["--bolus", "30 uL at 5 min over 10 min"];
    const ended = await record(join(newFolder(), "run"), "--rate", "19.68 mL/day", "--duration", "15 min", ...bolus);
    expect(ended).toMatchObject({ exitCode: 0, stderr: "" });
  });
});

describe("a balance that does not take the question", () => {
  it("is told before a day is recorded of its refusals", async () => {
    const server = createServer((socket) => socket.on("data", () => socket.write("ES\r\n")));
    await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const folder = join(newFolder(), "run");
    const { exitCode, stderr } = await record(folder, "--connect", `tcp:127.0.0.1:${port}`, "--protocol", "ohaus");
    server.close();
    expect([exitCode, existsSync(folder)]).toEqual([2, false]);
    expect(stderr).toContain("the balance refuses: it does not know the command; it was asked in ohaus");
  });
});

describe("a balance that says its unit only at rest", () => {
  it("is gone on with in the unit that it said before the break", async () => {
    const answers: Record<string, string> = {
      "\u001bx1_\r\n": "Model     MSE1203S",
      "\u001bx2_\r\n": "SerNo.    1234567890",
    };
    const server = createServer((socket) => {
      socket.on("data", (bytes) => socket.write(`${answers[bytes.toString()] ?? "Stat Cal.Int."}\r\n`));
    });
    await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const folder = join(newFolder(), "run");
    const begin = [
      "--connect",
      `tcp:127.0.0.1:${port}`,
      "--protocol",
      "sbi",
      "--interval",
      "100 ms",
      "--duration",
      "200 ms",
    ];
    answers["\u001bP\r\n"] = "N     +   12.345 g  ";
    await record(folder, ...begin);
    // As if it had been begun for a minute, nearly a minute ago, and broken off; from here on the balance moves.
    answers["\u001bP\r\n"] = "N     +   12.346    ";
    const file = join(folder, "manifest.json");
    const manifest = readManifest(readFileSync(file, "utf8"));
    const started = new Date(Date.now() - 59500).toISOString();
    const raw = { ...manifest.raw, sha256: null };
    writeFileSync(file, JSON.stringify({ ...manifest, started, durationMs: 60000, raw, complete: false }));
    const { exitCode, stderr } = await record(folder, "--resume");
    server.close();
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(weightsOf(folder).at(-1)).toMatch(/^\d+\.\d{3},12\.346,no,,/);
  });
});

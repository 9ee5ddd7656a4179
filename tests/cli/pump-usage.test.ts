import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { minim } from "./captured-terminal";

const FOLDER = mkdtempSync(join(tmpdir(), "minim-rx-"));

function file(name: string, text: string): string {
  const path = join(FOLDER, name);
  writeFileSync(path, text);
  return path;
}

const NO_UNIT = file("no-unit.yaml", "drugs: [{ name: morphine, concentration: 10 mg/mL }]\nbasal: 0.5\n");
const TOO_MUCH = file("hard.yaml", "drugs: [{ name: morphine, concentration: 10 mg/mL }]\nbasal: 4 mL/day\n");
const NO_DRUG = file("drug.yaml", "drugs: [{ name: morphin, concentration: 10 mg/mL }]\nbasal: 0.5 mL/day\n");

const DRUG = ["--drug", "morphine=10 mg/mL"];
const REST = ["--residual", "0 uL", "--volume", "20 mL", "--no-expiry"];

const WRONG: readonly (readonly [args: readonly string[], message: RegExp])[] = [
  [["sttaus"], /unknown command 'sttaus'; did you mean status/],
  [["start", "now"], /too many arguments/],
  [["start", "--comand-id", "3"], /did you mean --command-id/],
  [["start", "--command-id", "-3"], /whole number from 1/],
  [["start", "--command-id", "0"], /whole number from 1/],
  [["bolus"], /a volume and its duration are wanted/],
  [["bolus", "30 uL"], /a volume and its duration are wanted/],
  [["bolus", "30", "--over", "10 min"], /a volume needs a unit/],
  [["bolus", "0 uL", "--over", "10 min"], /it must be more than 0/],
  [["bolus", "30 uL", "--over", "10 mL"], /is a volume; a duration is wanted/],
  [["bolus", "30 uL", "--over", "10 min", "--demand"], /--demand is the patient's bolus/],
  [["prime", "0.1 mL", "--confirm", "0.2 mL"], /is not the volume that is asked for/],
  [["prime", "0.1 mL", "--from", "confirm"], /wants the volume once more/],
  [["refill"], /add --residual VOLUME, --volume VOLUME, --drug "NAME=CONCENTRATION", --expires DATE or --no-expiry/],
  [["refill", ...REST, "--drug", "morphin=10 mg/mL"], /did you mean morphine/],
  [["refill", ...REST, "--drug", "morphine"], /with its concentration/],
  [["refill", ...REST, "--drug", "morphine=10 mcg/mL"], /the library gives morphine in mg/],
  [["refill", ...REST, "--drug", "morphine=100 mg/mL"], /outside the library's 0.5 mg\/mL to 25 mg\/mL/],
  [["refill", ...REST, ...DRUG, ...DRUG], /morphine is given twice/],
  [
    ["refill", "--residual", "21 mL", "--volume", "20 mL", "--no-expiry", ...DRUG],
    /more than the reservoir holds, 20 mL/,
  ],
  [["refill", ...REST, ...DRUG, "--expires", "2027-02-30"], /there is no day 2027-02-30/],
  [["refill", ...REST, ...DRUG, "--from", "half"], /Allowed choices are stop, residual, acknowledge, fill/],
  [["stage", "no-such-file.yaml"], /no-such-file.yaml: cannot be read: there is no such file/],
  [["stage", NO_UNIT], /no-unit.yaml:2: basal: .*needs a unit/],
  [["stage", TOO_MUCH], /hard.yaml:2: basal: 40\.\d+ mg.*hard limit of 30 mg/],
  [["stage", NO_DRUG], /drug.yaml:1: .*did you mean morphine/],
  [["stage", NO_UNIT, "--config", "no-such.json"], /no-such.json: cannot be read/],
  [["confirm"], /--digest is missing/],
  [["confirm", "--digest", "12"], /has 8 hexadecimal digits/],
  [["set-clock", "--to", "8 o'clock"], /is not a date and a time of day/],
  [["erase-key"], /add --yes-erase with the pump's serial number/],
  [["log", "--from", "3"], /--from is the number of an entry in one ring/],
  [["log", "--ring", "events", "--from", "4294967296"], /from 0 to 4294967295/],
  [["log", "--ring", "all"], /Allowed choices are events, faults/],
  [["calibrate"], /say how long is counted/],
  [["serve", "--port", "70000"], /port from 1 to 65535/],
  [["status", "--connect", "ws//x"], /a pump is reached by/],
];

test("each line that cannot be meant is refused in one line before anything is opened: exit 2 (PGM-009, PGM-012)", async () => {
  for (const [args, message] of WRONG) {
    const { exitCode, stdout, stderr } = await minim("pump", ...args);
    expect(exitCode, args.join(" ")).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split("\n"), stderr).toHaveLength(1);
    const json = await minim("pump", ...args, "--json");
    expect(JSON.parse(json.stdout.split("\n")[0] ?? "")).toMatchObject({ kind: "error" });
  }
});

test.runIf(process.platform === "linux")(
  "a folder that the system refuses is bad input for the simulated pump and for recordings (PGM-011)",
  async () => {
    vi.stubEnv("MINIM_PUMP_FOLDER", "/proc/minim/pump");
    for (const args of [
      ["pump", "status"],
      ["pump", "serve"],
      ["bench", "record", "--out", "/proc/minim/run"],
    ]) {
      const { exitCode, stdout, stderr } = await minim(...args);
      expect([exitCode, stdout], args.join(" ")).toEqual([2, ""]);
      expect(stderr).toMatch(/^\/proc\/minim\/[^\n]*the system lets no folder be made there\n$/);
    }
    vi.unstubAllEnvs();
  },
);

test("every command has its help, and no key is ever an argument (PGM-009)", async () => {
  const { exitCode, stdout } = await minim("pump", "--help");
  expect(exitCode).toBe(0);
  const names = [...stdout.matchAll(/^ {2}([a-z-]+)(?: \[options\])/gm)].map(([, name = ""]) => name);
  expect(names).toEqual(expect.arrayContaining(["serve", "status", "interrogate", "stage", "confirm", "refill"]));
  expect(names.length).toBeGreaterThan(20);
  for (const name of names) {
    const help = await minim("pump", name, "--help");
    expect(help, name).toMatchObject({ exitCode: 0, stderr: "" });
    expect(help.stdout).not.toMatch(/--key/);
  }
});

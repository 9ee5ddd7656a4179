import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { jsonLines, minim } from "./captured-terminal";
import { fileOf, newFolder, PASSING } from "./scenario-texts";

/** What is typed, and a part of the one line that comes back. */
const REFUSED: readonly (readonly [name: string, args: () => string[], part: string | RegExp])[] = [
  ["an unknown command", () => ["rnu"], "unknown command 'rnu'; did you mean run?"],
  ["an unknown option", () => ["run", "x.yaml", "--jsn"], "unknown option '--jsn'; did you mean --json?"],
  ["no scenario", () => ["run"], "missing required argument 'scenario'"],
  ["an unknown engine", () => ["run", "x.yaml", "--engine", "natve"], "did you mean native?"],
  ["a grid without unit", () => ["run", "x.yaml", "--engine", "both", "--grid", "10"], "10ms"],
  ["a grid for native", () => ["run", fileOf(PASSING), "--grid", "10ms"], "add --engine bytecode"],
  ["one word too many", () => ["build", "pump_pico"], "too many arguments"],
  ["an unknown board", () => ["build", "--board", "pump_pic"], "did you mean pump_pico?"],
  ["a missing file", () => ["run", join(newFolder(), "nope.yaml")], "there is no such file"],
  ["a pattern that the shell left alone", () => ["run", "scenarios/**/*.nope"], "no file matches this pattern"],
  ["a folder without scenarios", () => ["run", newFolder()], "there is no scenario"],
  ["an empty file", () => ["run", fileOf("")], "the file is empty"],
  ["10 MB of noise", () => ["run", fileOf(randomBytes(10000000))], "too long: 10000000 bytes"],
  ["a binary", () => ["run", fileOf(Buffer.from([0x89, 0x50, 0, 0xff]))], "not a text file"],
  ["a device", () => ["run", "/dev/zero"], "not a regular file"],
  [
    "a pump for a scenario",
    () => ["run", "scenarios/pumps/reference-20ml.yaml"],
    "this is a pump; a scenario is wanted",
  ],
  ["a log in no folder", () => ["run", fileOf(PASSING), "--log", "/nowhere/log"], "--log: its folder does not exist"],
  ["a folder for a log", () => ["run", fileOf(PASSING), "--log", newFolder()], "a file is wanted"],
  [
    "a report in no folder",
    () => ["run", fileOf(PASSING), "--junit", "/nowhere/x"],
    "--junit: its folder does not exist",
  ],
  [
    "a log of two",
    () => ["run", fileOf(PASSING), fileOf(PASSING), "--log", "x"],
    "--log takes one scenario; 2 were given",
  ],
  [
    "a wrong pump file",
    () => ["check", fileOf("board: pump_esp32c3\n", "devs.config.json")],
    /devs\.config\.json:1: .*missing/,
  ],
];

describe("bad input", () => {
  it.each(REFUSED)("%s: one clear line, exit 2, nothing on stdout", async (_name, args, part) => {
    const { exitCode, stdout, stderr } = await minim(...args());
    expect(exitCode).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/^[^\n]+\n$/);
    if (typeof part === "string") expect(stderr).toContain(part);
    else expect(stderr).toMatch(part);
    expect(stderr).not.toMatch(/\n\s+at |Error:/);
  });

  it("is an object of the kind error with --json", async () => {
    const { exitCode, stdout } = await minim("run", "x.yaml", "--engine", "natve", "--json");
    const [error, ...others] = jsonLines(stdout);
    expect(exitCode).toBe(2);
    expect(others).toEqual([]);
    expect(error).toMatchObject({ kind: "error", file: "", line: 0 });
  });

  it("shows the help when there is no command", async () => {
    const { exitCode, stderr } = await minim();
    expect(exitCode).toBe(2);
    expect(stderr).toContain("Usage: minim");
  });
});

describe("help and version", () => {
  it.each([["--help"], ["help"], ["run", "--help"], ["check", "--help"], ["build", "--help"]])(
    "%s %s ends well",
    async (...args) => {
      const { exitCode, stdout, stderr } = await minim(...args);
      expect(exitCode).toBe(0);
      expect(stdout).toContain("Usage: minim");
      expect(stdout).toContain("Exit code: 0 all passed, 1 a check failed, 2 bad input");
      expect(stderr).toBe("");
    },
  );

  it("--version prints the version", async () => {
    expect((await minim("--version")).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

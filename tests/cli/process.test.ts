import { spawn, spawnSync } from "node:child_process";
import { closeSync, existsSync, openSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fileOf, PASSING } from "./scenario-texts";

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command as people do; `firstWords` is called when the first result has been printed. */
function minim(
  args: string[],
  firstWords: (child: ReturnType<typeof spawn>) => void = () => undefined,
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ["bin/minim.mjs", ...args], { stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (text: Buffer) => {
      if (stdout === "") firstWords(child);
      stdout += text.toString();
    });
    child.stderr.on("data", (text: Buffer) => (stderr += text.toString()));
    child.on("close", (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}

// On bytecode this takes some ten seconds.
const LONG = `title: Many small strokes
pump: small-stroke
duration: 19 days
prescription:
  drugs: [{ name: morphine, concentration: 10 mg/mL }]
  basal: 0.9 mL/day
expect:
  - { never: fault }
`;

describe("the command as a process", () => {
  it("prints the same results when run again", async () => {
    const runs = [
      await minim(["run", "scenarios/first-day.yaml", "--json"]),
      await minim(["run", "scenarios/first-day.yaml", "--json"]),
    ];
    const results = runs.map(({ stdout }) => ({ ...(JSON.parse(stdout) as object), wallMs: 0 }));
    expect(runs.map(({ code }) => code)).toEqual([0, 0]);
    expect(results[1]).toEqual(results[0]);
    expect(results[0]).toMatchObject({ passed: true });
  });

  it("ends at once by Ctrl-C in the middle of a run, without a word", async () => {
    const args = ["run", fileOf(PASSING), fileOf(LONG), "--engine", "bytecode", "--json"];
    const ended = await minim(args, (child) => child.kill("SIGINT"));
    // A shell reports an end by this signal as 130.
    expect(ended.signal).toBe("SIGINT");
    expect(ended.stderr).toBe("");
    expect(ended.stdout.trimEnd().split("\n")).toHaveLength(1);
  });

  it("comes to its verdict quietly when its reader goes away", async () => {
    const args = ["run", fileOf(PASSING), "scenarios", "--plot"];
    const ended = await minim(args, (child) => child.stdout?.destroy());
    expect(ended).toMatchObject({ code: 0, signal: null, stderr: "" });
  });

  it.skipIf(!existsSync("/dev/full"))("says in one line that stdout takes no more: exit 3", () => {
    const full = openSync("/dev/full", "w");
    for (const more of [[], ["--json"]]) {
      const args = ["bin/minim.mjs", "run", fileOf(PASSING), ...more];
      const ended = spawnSync(process.execPath, args, { stdio: ["ignore", full, "pipe"], encoding: "utf8" });
      expect(ended).toMatchObject({ status: 3, stderr: "minim: cannot write to stdout: no space left\n" });
    }
    closeSync(full);
  });

  it("uses no colours in a pipe", async () => {
    const { stdout } = await minim(["run", "scenarios/first-day.yaml", "--plot"]);
    expect(stdout).not.toContain("\u001b");
  });

  it("shows the first day", async () => {
    const { code, stdout, stderr } = await minim(["first-day"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("must never be connected to a person");
    expect(stdout).toContain("wrote the same log");
    expect(stdout).toMatch(/bytecode .* x real time/);
  });
});

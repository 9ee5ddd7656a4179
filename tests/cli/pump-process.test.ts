import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { jsonLines } from "./captured-terminal";

const FOLDER = join(mkdtempSync(join(tmpdir(), "minim-pump-")), "pump");
const children = new Set<ChildProcess>();

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts `minim pump` as people do, with a simulated pump of its own. */
function start(...args: string[]): {
  child: ChildProcess;
  ended: Promise<Ended>;
  says: (text: string) => Promise<void>;
} {
  const child = spawn(process.execPath, ["bin/minim.mjs", "pump", ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, MINIM_PUMP_FOLDER: FOLDER },
  });
  children.add(child);
  let stdout = "";
  let stderr = "";
  const waiting: (() => void)[] = [];
  child.stdout.on("data", (bytes: Buffer) => {
    stdout += bytes.toString();
    waiting.forEach((look) => look());
  });
  child.stderr.on("data", (bytes: Buffer) => (stderr += bytes.toString()));
  const ended = new Promise<Ended>((resolve) => {
    child.on("close", (code, signal) => {
      children.delete(child);
      resolve({ code, signal, stdout, stderr });
    });
  });
  const says = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (stdout.includes(text)) resolve();
      };
      waiting.push(look);
      look();
      void ended.then(() => reject(new Error(`it ended without saying ${text}: ${stderr}`)));
    });
  return { child, ended, says };
}

function minim(...args: string[]): Promise<Ended> {
  return start(...args).ended;
}

afterAll(() => {
  for (const child of children) child.kill("SIGKILL");
});

test("the pump of a checkout is read at the first try, and the key stays with its owner (PGM-001)", async () => {
  const { code, stdout, stderr } = await minim("interrogate", "--connect", "sim", "--json");
  expect(stderr).toContain("its button was held for 3 s");
  expect(code).toBe(0);
  const [read, ...more] = jsonLines(stdout);
  expect(more).toEqual([]);
  expect(read).toMatchObject({
    kind: "interrogation",
    connect: "sim",
    protocol: 1,
    report: { identity: { serial: 1 } },
  });
  expect(read?.["imageSha256"]).toMatch(/^[0-9a-f]{64}$/);
  expect(read?.["packets"]).toBeLessThanOrEqual(60);
  expect(statSync(join(FOLDER, "key")).mode & 0o777).toBe(0o600);
  // It lives on: the next process finds the same pump, with its key.
  const next = await minim("set-clock", "--to", "2026-03-01 08:00", "--json");
  expect(next).toMatchObject({ code: 0, stderr: "" });
});

test("a served pump is one pump for all: two at once, a watcher, the button; Ctrl-C switches it off (PGM-008)", async () => {
  const served = start("serve", "--json");
  await served.says("serving");
  const watcher = start("status", "--watch", "--json");
  await watcher.says('"status"');
  const both = await Promise.all([minim("set-clock", "--json"), minim("log", "--json")]);
  expect(
    both.map(({ code }) => code),
    both.map(({ stderr, stdout }) => stderr + stdout).join(),
  ).toEqual([0, 0]);
  await watcher.says("clockSet");
  expect(await minim("button")).toMatchObject({ code: 0, stdout: "pressed\n" });
  await watcher.says("bolusDenied");
  expect(await minim("serve")).toMatchObject({ code: 2, stdout: "" });
  watcher.child.kill("SIGINT");
  expect(await watcher.ended).toMatchObject({ signal: "SIGINT" });
  const wallMs = clockAhead();
  served.child.kill("SIGINT");
  expect(await served.ended).toMatchObject({ signal: "SIGINT", stderr: "" });
  const [now] = jsonLines((await minim("status", "--json")).stdout);
  // A planned end: no restart counts, and the clock has gone on.
  expect(now).toMatchObject({ state: { mode: "stopped", hasKey: true }, alarms: { active: [] } });
  expect(Math.abs(clockAhead() - wallMs)).toBeLessThan(1000);
});

test("a served pump that is killed is a lost link: the command says so, and the pump comes back as after a cut (PGM-007)", async () => {
  const served = start("serve", "--json");
  await served.says("serving");
  const watcher = start("status", "--watch");
  await watcher.says("watching");
  served.child.kill("SIGKILL");
  await served.ended;
  const { code, stderr } = await watcher.ended;
  expect(code).toBe(1);
  expect(stderr).toContain("the link is lost");
  expect(stderr).toContain("goes on with what it was ordered");
  expect(await minim("acknowledge")).toMatchObject({ code: 0 });
});

test("what cannot be meant is refused before anything is opened or sent: exit 2, one line (PGM-009)", async () => {
  const other = join(FOLDER, "other-key");
  writeFileSync(other, "00", { mode: 0o644 });
  const wrong: readonly (readonly [string[], RegExp])[] = [
    [["status", "--connect", "bluetooth"], /--connect bluetooth: a pump is reached by sim, usb, a serial port/],
    [["status", "--connect", "tcp:localhost"], /a host and a port/],
    [["status", "--connect", "/dev/no-such-port"], /\/dev\/no-such-port: there is no such port/],
    [["status", "--connect", "tcp:127.0.0.1:1"], /nothing listens there/],
    [["start", "--connect", "usb", "--fresh"], /--fresh is for the simulated pump/],
  ];
  for (const [args, message] of wrong) {
    const { code, stdout, stderr } = await minim(...args);
    expect(code, args.join(" ")).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  }
});

/** By how much the simulated clock is ahead of this machine's. */
function clockAhead(): number {
  const { aheadMs } = JSON.parse(readFileSync(join(FOLDER, "clock-chip.json"), "utf8")) as { aheadMs: number };
  return aheadMs;
}

import { execFile } from "node:child_process";
import { connect } from "node:net";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { readBenchPump } from "../../../bench/simulated/node/bench-pump";
import { NoPty, serveBalanceOnPty } from "../../../bench/simulated/node/pty-balance";
import { createSimulatedBalance } from "../../../bench/simulated/node/simulated-bench-server";
import { SimulatedBench } from "../../../bench/simulated/simulated-bench";
import type { SimulatedBenchSetup } from "../../../bench/simulated/simulated-bench";

const HOUR = 3600000;
const ASK_OVER_SERIAL_PORT = "tests/bench/simulated/serial-questions.mjs";
const run = promisify(execFile);
const SETUP: SimulatedBenchSetup = {
  config: readBenchPump("reference-20ml").config,
  rateMlPerH: 1,
  profile: "analytical",
  seed: 3,
};

/** Asks one line after the other: `write` sends, `hear` is told where what comes is to go. */
function lineTalk(write: (text: string) => void, hear: (take: (text: string) => void) => void) {
  let heard = "";
  let answered: (line: string) => void = () => undefined;
  hear((text) => {
    heard += text;
    if (!heard.endsWith("\r\n")) return;
    const line = heard.trimEnd();
    heard = "";
    answered(line);
  });
  return (command: string): Promise<string> =>
    new Promise((resolve) => {
      answered = resolve;
      write(`${command}\r\n`);
    });
}

describe("the simulated balance, served", () => {
  it("answers on TCP with the weight of the virtual time, which passes only while somebody waits (SBE-009)", async () => {
    const served = await createSimulatedBalance(SETUP);
    const alone = new SimulatedBench(SETUP);
    const socket = connect(served.port, served.host);
    const ask = lineTalk(
      (text) => socket.write(text),
      (take) => socket.on("data", (bytes: Buffer) => take(bytes.toString("latin1"))),
    );
    expect(await ask("@")).toBe('I4 A "SIM0000003"');
    for (const atMs of [0, 30000, HOUR, 26 * HOUR]) {
      await served.clock.waitUntil(atMs);
      alone.advanceTo(atMs);
      expect(await ask("SI")).toBe(`S S ${alone.display().text.padStart(10)} g`);
      expect(served.clock.nowMs()).toBe(atMs);
    }
    alone.close();
    socket.destroy();
    await served.close();
  });

  it("pulls its plug and comes back when it is time", async () => {
    const served = await createSimulatedBalance({
      ...SETUP,
      faults: [{ kind: "unplugged", fromMs: 1000, untilMs: 2000 }],
    });
    const closed = (): Promise<string> =>
      new Promise((resolve) => {
        const socket = connect(served.port, served.host);
        socket.on("error", () => undefined);
        socket.on("close", () => resolve("closed"));
        socket.on("connect", () => socket.write("SI\r\n"));
        socket.on("data", (bytes: Buffer) => {
          resolve(bytes.toString("latin1"));
          socket.destroy();
        });
      });
    expect(await closed()).toMatch(/^S [SD] /);
    await served.clock.waitUntil(1500);
    expect(await closed()).toBe("closed");
    await served.clock.waitUntil(2000);
    expect(await closed()).toMatch(/^S [SD] /);
    await served.close();
  });

  it("weighs over a serial port, which is opened twice (SBE-010)", async (context) => {
    const bench = new SimulatedBench(SETUP);
    bench.advanceTo(HOUR);
    const pty = await serveBalanceOnPty({ display: bench, nowMs: () => bench.elapsedMs, faults: [] }).catch(
      (error: unknown) => {
        if (!(error instanceof NoPty)) throw error;
        return error.message;
      },
    );
    if (typeof pty === "string") {
      console.log(`SKIPPED: the balance on a serial port: ${pty}`);
      context.skip();
      return;
    }
    const weight = `S S ${bench.display().text.padStart(10)} g`;
    for (let time = 0; time < 2; time++) {
      const { stdout } = await run(process.execPath, [ASK_OVER_SERIAL_PORT, pty.path, "I4", "SI", "what"]);
      expect(stdout.trimEnd().split("\r\n")).toEqual(['I4 A "SIM0000003"', weight, "ES"]);
    }
    await pty.close();
    bench.close();
  });
});
